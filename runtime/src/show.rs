//! The HTML of one value: escaped always, the same on every page.

use std::fmt::{self, Display, Write};

use askama::filters::{Escaper, Html, HtmlSafe};
use askama::{FastWritable, NO_VALUES, Values};

use crate::model::{KeyText, Label, Model};
use crate::types::{
    Array, Date, DateTime, Decimal, Dimension, Enum, Inet, Interval, Json, Numeric, Range, Raw,
    Time, Timestamp, Uuid,
};

/// How many characters of a text are shown before the rest is folded away.
const CLAMP: usize = 120;

/// A value that has an HTML of its own: `{{ film.length.show() }}`.
pub trait Show {
    /// Writes the HTML.
    ///
    /// # Errors
    /// If the page cannot be written to.
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result;

    /// The HTML, for a template.
    fn show(&self) -> Shown<'_>
    where
        Self: Sized,
    {
        Shown(self)
    }
}

/// A value on its way into a page.
#[derive(Clone, Copy)]
pub struct Shown<'a>(&'a dyn Show);

impl Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_html(out)
    }
}

impl FastWritable for Shown<'_> {
    fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(self.0.write_html(out)?)
    }
}

impl HtmlSafe for Shown<'_> {}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, out)
    }
}

/// Writes a text as HTML.
pub(crate) fn escape(out: &mut dyn Write, text: &str) -> fmt::Result {
    // Few texts have such letters. That there is none is found out many bytes at a time, what they become is not.
    let special = |byte: u8| matches!(byte, b'"' | b'&' | b'\'' | b'<' | b'>');
    match text
        .bytes()
        .fold(false, |found, byte| found | special(byte))
    {
        true => Html.write_escaped_str(out, text),
        false => out.write_str(text),
    }
}

/// A number of bytes, for people: `2.1 kB`.
pub fn size(bytes: usize) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if bytes < 1000 {
        return if bytes == 1 {
            "1 byte".to_owned()
        } else {
            format!("{bytes} bytes")
        };
    }
    let mut size = bytes as f64 / 1000.0;
    let mut unit = 0;
    while size >= 999.95 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let text = format!("{size:.1}");
    format!(
        "{} {}",
        text.strip_suffix(".0").unwrap_or(&text),
        UNITS[unit]
    )
}

impl<T: Show> Show for Option<T> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Some(value) => value.write_html(out),
            None => out.write_str("<span class=\"null\">null</span>"),
        }
    }
}

impl<T: Show> Show for Vec<T> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        if self.is_empty() {
            return out.write_str("<span class=\"null\">none</span>");
        }
        out.write_str("<ul class=\"values\">")?;
        for value in self {
            out.write_str("<li>")?;
            value.write_html(out)?;
            out.write_str("</li>")?;
        }
        out.write_str("</ul>")
    }
}

/// A list; where there are several dimensions, a list of lists.
impl<T: Show> Show for Array<T> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        if self.is_empty() {
            return out.write_str("<span class=\"null\">none</span>");
        }
        let dimensions = self.shape().dimensions(self.len());
        write_dimension(out, &dimensions, &mut self.items().iter())
    }
}

fn write_dimension<'a, T: Show + 'a>(
    out: &mut dyn Write,
    dimensions: &[Dimension],
    items: &mut std::slice::Iter<'a, Option<T>>,
) -> fmt::Result {
    let Some((dimension, inner)) = dimensions.split_first() else {
        return items.next().map_or(Ok(()), |item| item.write_html(out));
    };
    out.write_str("<ul class=\"values\">")?;
    for _ in 0..dimension.length {
        out.write_str("<li>")?;
        write_dimension(out, inner, items)?;
        out.write_str("</li>")?;
    }
    out.write_str("</ul>")
}

impl Show for str {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        if self.is_empty() {
            return out.write_str("<span class=\"null\">empty</span>");
        }
        // A text has at least as many bytes as characters.
        let end = match self.len() {
            0..=CLAMP => None,
            _ => self.char_indices().nth(CLAMP),
        };
        match end {
            None => escape(out, self),
            Some((end, _)) => {
                out.write_str("<details class=\"long\"><summary>")?;
                escape(out, self[..end].trim_end())?;
                out.write_str("…</summary><div class=\"text\">")?;
                escape(out, self)?;
                out.write_str("</div></details>")
            }
        }
    }
}

impl Show for String {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        self.as_str().write_html(out)
    }
}

impl Show for bool {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(if *self { "Yes" } else { "No" })
    }
}

impl Show for Uuid {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        write!(out, "<code>{self}</code>")
    }
}

impl Show for Date {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        moment(out, &self.to_string(), self.is_finite(), "")
    }
}

impl Show for Time {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        moment(out, &self.to_string(), true, "")
    }
}

impl Show for DateTime {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        moment(out, &self.to_string(), self.is_finite(), "")
    }
}

impl Show for Timestamp {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        moment(out, &self.to_string(), self.is_finite(), "UTC")
    }
}

/// Writes a date or a time to the second: `2006-02-15T09:57:20.5Z` is read as `2006-02-15 09:57:20 UTC`.
fn moment(out: &mut dyn Write, text: &str, finite: bool, zone: &str) -> fmt::Result {
    if !finite {
        return out.write_str(text);
    }
    let seconds = text.split(['.', 'Z']).next().unwrap_or(text);
    let words = seconds.replacen('T', " ", 1);
    write!(out, "<time datetime=\"{text}\">{words}")?;
    if !zone.is_empty() {
        write!(out, "<span class=\"zone\"> {zone}</span>")?;
    }
    out.write_str("</time>")
}

impl Show for Json {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        code(out, self.as_str())
    }
}

impl Show for Raw {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        code(out, self.as_str())
    }
}

/// From the lower end to the upper one, in the brackets that say whether they belong to the range.
impl<T: Show> Show for Range<T> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        let brackets = match self {
            Self::Empty => return out.write_str("<span class=\"null\">empty</span>"),
            Self::Between(..) => self.brackets(),
        };
        out.write_str(&brackets[..1])?;
        self.lower().map_or(Ok(()), |lower| lower.write_html(out))?;
        out.write_str(" – ")?;
        self.upper().map_or(Ok(()), |upper| upper.write_html(out))?;
        out.write_str(&brackets[1..])
    }
}

/// Writes a text in a fixed width, folded where it is long.
fn code(out: &mut dyn Write, text: &str) -> fmt::Result {
    out.write_str("<div class=\"code\">")?;
    text.write_html(out)?;
    out.write_str("</div>")
}

/// Bytes are not shown, only how many there are.
impl Show for Vec<u8> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        out.write_str(&size(self.len()))
    }
}

impl<E: Enum> Show for E {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        escape(out, self.label())
    }
}

/// The row that a foreign key refers to: a link to its page.
impl<M: Model> Show for Label<M> {
    fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
        link(out, M::TABLE.path, &self.key, &self.text)
    }
}

fn link(out: &mut dyn Write, path: &str, key: &KeyText, text: &str) -> fmt::Result {
    let text = if text.is_empty() { "(no name)" } else { text };
    if path.is_empty() || key.is_empty() {
        return escape(out, text);
    }
    out.write_str("<a href=\"")?;
    escape(out, path)?;
    out.write_str("/")?;
    match key {
        KeyText::Number(number) => write_int(out, *number)?,
        KeyText::Text(text) => escape(out, text)?,
    }
    out.write_str("\">")?;
    escape(out, text)?;
    out.write_str("</a>")
}

/// Writes a whole number, without the detours of a format that may have a width and a sign.
pub(crate) fn write_int(out: &mut dyn Write, number: impl FastWritable) -> fmt::Result {
    let written = number.write_into(out, NO_VALUES);
    written.map_err(|_| fmt::Error)
}

macro_rules! show_int {
    ($($type:ty),*) => {$(
        impl Show for $type {
            fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
                write_int(out, *self)
            }
        }
    )*};
}

show_int!(i16, i32, i64, u32);

/// Values whose text needs no escape: digits, signs and letters.
macro_rules! show_as_it_is {
    ($($type:ty),*) => {$(
        impl Show for $type {
            fn write_html(&self, out: &mut dyn Write) -> fmt::Result {
                write!(out, "{self}")
            }
        }
    )*};
}

show_as_it_is!(f32, f64, Decimal, Numeric, Interval, Inet);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: impl Show, expect: &str) {
        assert_eq!(value.show().to_string(), expect);
    }

    #[test]
    fn text_is_escaped() {
        check("<b>&\"'".to_owned(), "&#60;b&#62;&#38;&#34;&#39;");
        check(
            vec!["<i>".to_owned()],
            "<ul class=\"values\"><li>&#60;i&#62;</li></ul>",
        );
    }

    #[test]
    fn nothing_and_emptiness_differ() {
        check(None::<String>, "<span class=\"null\">null</span>");
        check(String::new(), "<span class=\"null\">empty</span>");
        let lines = Array::from_text("{{1,2},{3,NULL}}").unwrap();
        check(
            lines,
            "<ul class=\"values\"><li><ul class=\"values\"><li>1</li><li>2</li></ul></li>\
             <li><ul class=\"values\"><li>3</li><li><span class=\"null\">null</span></li></ul></li></ul>",
        );
        check(Vec::<i32>::new(), "<span class=\"null\">none</span>");
    }

    #[test]
    fn long_text_is_folded() {
        let long = format!("{}<", "ä".repeat(CLAMP));
        let html = long.show().to_string();
        assert!(html.starts_with("<details"));
        assert!(html.contains("ä&#60;</div>"));
        check("ä".repeat(CLAMP), &"ä".repeat(CLAMP));
    }

    #[test]
    fn values() {
        check(true, "Yes");
        check(Some(7), "7");
        let date: Date = "2006-02-15".parse().unwrap();
        check(date, "<time datetime=\"2006-02-15\">2006-02-15</time>");
        check(Date::INFINITY, "infinity");
        check(
            Raw("'a' < 'b'".to_owned()),
            "<div class=\"code\">&#39;a&#39; &#60; &#39;b&#39;</div>",
        );
        check(vec![0_u8; 2_000], "2 kB");
        let moment: Timestamp = "2006-02-15T09:57:20.123456Z".parse().unwrap();
        check(
            moment,
            "<time datetime=\"2006-02-15T09:57:20.123456Z\">2006-02-15 09:57:20<span class=\"zone\"> UTC</span></time>",
        );
    }

    #[test]
    fn sizes() {
        let check = |bytes, expect: &str| assert_eq!(size(bytes), expect);
        check(0, "0 bytes");
        check(1, "1 byte");
        check(2_000, "2 kB");
        check(2_149, "2.1 kB");
        check(999_999, "1 MB");
        check(16 * 1024 * 1024, "16.8 MB");
    }
}
