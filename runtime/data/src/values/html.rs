//! Values as HTML: escaped always, the same on every page.

#[cfg(test)]
mod tests;

use std::fmt::{Display, Write};

/// A value that has an HTML of its own.
pub trait WriteHtml {
    /// Writes the HTML.
    fn write_html(&self, out: &mut String);
}

impl<T: WriteHtml> WriteHtml for Option<T> {
    fn write_html(&self, out: &mut String) {
        match self {
            Some(value) => value.write_html(out),
            None => out.push_str("<span class=\"null\">null</span>"),
        }
    }
}

/// Writes a text as HTML.
pub fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(place) = special(rest.as_bytes()) {
        out.push_str(&rest[..place]);
        out.push_str(match rest.as_bytes()[place] {
            b'"' => "&#34;",
            b'&' => "&#38;",
            b'\'' => "&#39;",
            b'<' => "&#60;",
            _ => "&#62;",
        });
        rest = &rest[place + 1..];
    }
    out.push_str(rest);
}

/// Where the first letter is that means something in HTML. Few texts have any, and most are short: where there is none is
/// found out eight letters at a time, the last of them once more together with those before.
fn special(text: &[u8]) -> Option<usize> {
    let (words, _) = text.as_chunks::<8>();
    let start = 8 * match words.iter().position(any_special) {
        Some(word) => word,
        None if text.last_chunk().is_some_and(|last| !any_special(last)) => return None,
        None => words.len(),
    };
    let is_special = |letter: &u8| matches!(letter, b'"' | b'&' | b'\'' | b'<' | b'>');
    let place = text[start..].iter().position(is_special)?;
    Some(start + place)
}

/// Whether one of eight letters means something in HTML.
fn any_special(letters: &[u8; 8]) -> bool {
    const EACH: u64 = u64::MAX / 255;
    let letters = u64::from_ne_bytes(*letters);
    let has = |letter: u8, letters: u64| {
        let difference = letters ^ (EACH * u64::from(letter));
        difference.wrapping_sub(EACH) & !difference & (EACH << 7)
    };
    // `&` and `'` differ in their last bit, `<` and `>` in the one before.
    let found = has(b'"', letters) | has(b'\'', letters | EACH) | has(b'>', letters | (EACH * 2));
    found != 0
}

/// Writes a whole number, without the detours of a format that may have a width and a sign.
pub(super) fn write_int(out: &mut String, number: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Writes a value as it is.
pub(super) fn write(out: &mut String, value: &impl Display) {
    // A text takes whatever is written to it.
    let _ = write!(out, "{value}");
}

/// Writes a number with so many decimals: 1250 with 2 of them is `12.50`.
pub(super) fn write_digits(out: &mut String, digits: u64, decimals: u32) {
    let mut unit = 10_u64.pow(decimals);
    write_int(out, digits / unit);
    if decimals > 0 {
        out.push('.');
    }
    for _ in 0..decimals {
        let beyond = digits % unit;
        unit /= 10;
        out.push(char::from(b'0' + (beyond / unit) as u8));
    }
}

/// Writes a text in a fixed width, folded where it is long.
pub(super) fn code(out: &mut String, text: &str) {
    out.push_str("<div class=\"code\">");
    text.write_html(out);
    out.push_str("</div>")
}

/// Values whose text needs no escape: digits, signs and letters.
macro_rules! as_it_is {
    ($($type:ty),*) => {$(
        impl $crate::values::WriteHtml for $type {
            fn write_html(&self, out: &mut String) {
                $crate::values::html::write(out, self);
            }
        }
    )*};
}

pub(super) use as_it_is;
