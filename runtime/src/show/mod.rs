//! The HTML of one value: escaped always, the same on every page.

mod frame;
#[cfg(test)]
mod tests;
mod text;

use std::fmt::{self, Display, Write};

use askama::filters::HtmlSafe;
use askama::{FastWritable, Values};

pub use frame::{Frame, Framed, Hole};
pub use text::size;
pub(crate) use text::write_int;
use text::{escape, write, write_digits};

use crate::model::{KeyText, Label, Model, RelatedRow};
use crate::types::{
    Array, Date, DateTime, Decimal, Dimension, Enum, Inet, Interval, Json, Numeric, Range, Raw,
    Stored, Time, Timestamp, Uuid,
};

/// How many characters of a text are shown before the rest is folded away.
const CLAMP: usize = 120;

/// The space that the HTML of a value is given before it asks for more.
const VALUE: usize = 128;

/// A value that has an HTML of its own: `{{ film.length.show() }}`.
pub trait Show {
    /// Writes the HTML.
    fn write_html(&self, out: &mut String);

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

impl Shown<'_> {
    /// A template writes where only one piece of text can be written after the other, which takes longer for each than
    /// to put them together.
    fn html(&self) -> String {
        let mut html = String::with_capacity(VALUE);
        self.0.write_html(&mut html);
        html
    }
}

impl Display for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.html())
    }
}

impl FastWritable for Shown<'_> {
    fn write_into(&self, out: &mut dyn Write, _: &dyn Values) -> askama::Result<()> {
        Ok(out.write_str(&self.html())?)
    }
}

impl HtmlSafe for Shown<'_> {}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Display::fmt(self, out)
    }
}

impl<T: Show> Show for Option<T> {
    fn write_html(&self, out: &mut String) {
        match self {
            Some(value) => value.write_html(out),
            None => out.push_str("<span class=\"null\">null</span>"),
        }
    }
}

impl<T: Show> Show for Vec<T> {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">none</span>");
        }
        out.push_str("<ul class=\"values\">");
        for value in self {
            out.push_str("<li>");
            value.write_html(out);
            out.push_str("</li>");
        }
        out.push_str("</ul>")
    }
}

/// A list; where there are several dimensions, a list of lists.
impl<T: Show> Show for Array<T> {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">none</span>");
        }
        let dimensions = self.shape().dimensions(self.len());
        write_dimension(out, &dimensions, &mut self.items().iter())
    }
}

fn write_dimension<'a, T: Show + 'a>(
    out: &mut String,
    dimensions: &[Dimension],
    items: &mut std::slice::Iter<'a, Option<T>>,
) {
    let Some((dimension, inner)) = dimensions.split_first() else {
        if let Some(item) = items.next() {
            item.write_html(out);
        }
        return;
    };
    out.push_str("<ul class=\"values\">");
    for _ in 0..dimension.length {
        out.push_str("<li>");
        write_dimension(out, inner, items);
        out.push_str("</li>");
    }
    out.push_str("</ul>")
}

impl Show for str {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">empty</span>");
        }
        // A text has at least as many bytes as characters.
        let end = match self.len() {
            0..=CLAMP => None,
            _ => self.char_indices().nth(CLAMP),
        };
        match end {
            None => escape(out, self),
            Some((end, _)) => {
                out.push_str("<details class=\"long\"><summary>");
                escape(out, self[..end].trim_end());
                out.push_str("…</summary><div class=\"text\">");
                escape(out, self);
                out.push_str("</div></details>")
            }
        }
    }
}

impl Show for String {
    fn write_html(&self, out: &mut String) {
        self.as_str().write_html(out)
    }
}

impl Show for bool {
    fn write_html(&self, out: &mut String) {
        out.push_str(if *self { "Yes" } else { "No" })
    }
}

impl Show for Uuid {
    fn write_html(&self, out: &mut String) {
        out.push_str("<code>");
        write(out, self);
        out.push_str("</code>");
    }
}

impl Show for Date {
    fn write_html(&self, out: &mut String) {
        moment(out, &self.to_string(), self.is_finite(), "")
    }
}

impl Show for Time {
    fn write_html(&self, out: &mut String) {
        moment(out, &self.to_string(), true, "")
    }
}

impl Show for DateTime {
    fn write_html(&self, out: &mut String) {
        moment(out, &self.to_string(), self.is_finite(), "")
    }
}

impl Show for Timestamp {
    fn write_html(&self, out: &mut String) {
        moment(out, &self.to_string(), self.is_finite(), "UTC")
    }
}

/// Writes a date or a time to the second: `2006-02-15T09:57:20.5Z` is read as `2006-02-15 09:57:20 UTC`.
fn moment(out: &mut String, text: &str, finite: bool, zone: &str) {
    if !finite {
        return out.push_str(text);
    }
    let seconds = text.split(['.', 'Z']).next().unwrap_or(text);
    out.push_str("<time datetime=\"");
    out.push_str(text);
    out.push_str("\">");
    match seconds.split_once('T') {
        Some((day, time)) => out.extend([day, " ", time]),
        None => out.push_str(seconds),
    }
    if !zone.is_empty() {
        out.push_str("<span class=\"zone\"> ");
        out.push_str(zone);
        out.push_str("</span>");
    }
    out.push_str("</time>")
}

impl Show for Json {
    fn write_html(&self, out: &mut String) {
        code(out, self.as_str())
    }
}

impl Show for Raw {
    fn write_html(&self, out: &mut String) {
        code(out, self.as_str())
    }
}

impl Show for Stored {
    fn write_html(&self, out: &mut String) {
        code(out, &self.to_string())
    }
}

/// From the lower end to the upper one, in the brackets that say whether they belong to the range.
impl<T: Show> Show for Range<T> {
    fn write_html(&self, out: &mut String) {
        let brackets = match self {
            Self::Empty => return out.push_str("<span class=\"null\">empty</span>"),
            Self::Between(..) => self.brackets(),
        };
        out.push_str(&brackets[..1]);
        if let Some(lower) = self.lower() {
            lower.write_html(out);
        }
        out.push_str(" – ");
        if let Some(upper) = self.upper() {
            upper.write_html(out);
        }
        out.push_str(&brackets[1..])
    }
}

/// Writes a text in a fixed width, folded where it is long.
fn code(out: &mut String, text: &str) {
    out.push_str("<div class=\"code\">");
    text.write_html(out);
    out.push_str("</div>")
}

/// Bytes are not shown, only how many there are.
impl Show for Vec<u8> {
    fn write_html(&self, out: &mut String) {
        out.push_str(&size(self.len()))
    }
}

impl<E: Enum> Show for E {
    fn write_html(&self, out: &mut String) {
        escape(out, self.label())
    }
}

/// The row that a foreign key refers to: a link to its page.
impl<M: Model> Show for Label<M> {
    fn write_html(&self, out: &mut String) {
        link(out, M::TABLE.path, &self.key, &self.text)
    }
}

impl Show for RelatedRow {
    fn write_html(&self, out: &mut String) {
        link(out, self.path, &self.key, &self.text)
    }
}

/// The label of a row, or what stands for one without a letter.
pub(crate) fn named(text: &str) -> &str {
    if text.is_empty() { "(no name)" } else { text }
}

fn link(out: &mut String, path: &str, key: &KeyText, text: &str) {
    let text = named(text);
    if path.is_empty() || key.is_empty() {
        return escape(out, text);
    }
    out.push_str("<a href=\"");
    escape(out, path);
    out.push('/');
    match key {
        KeyText::Number(number) => write_int(out, *number),
        KeyText::Text(text) => escape(out, text),
    }
    out.push_str("\">");
    escape(out, text);
    out.push_str("</a>")
}

macro_rules! show_int {
    ($($type:ty),*) => {$(
        impl Show for $type {
            fn write_html(&self, out: &mut String) {
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
            fn write_html(&self, out: &mut String) {
                write(out, self);
            }
        }
    )*};
}

show_as_it_is!(f32, f64, Numeric, Interval, Inet);

impl Show for Decimal {
    fn write_html(&self, out: &mut String) {
        match self.to_digits() {
            Some((digits, decimals)) => write_digits(out, digits, decimals),
            None => write(out, self),
        }
    }
}
