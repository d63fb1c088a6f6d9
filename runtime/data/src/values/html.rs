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
    if !has_special(text.as_bytes()) {
        return out.push_str(text);
    }
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

/// Sixteen letters, which are looked at as one.
type Block = [u8; 16];

/// Whether a text has a letter that means something in HTML: few texts have any, and most are short.
fn has_special(text: &[u8]) -> bool {
    let (blocks, _) = text.as_chunks();
    match text.last_chunk() {
        // The last letters, together with some that are looked at twice.
        Some(last) => any_special(last) || blocks.iter().any(any_special),
        None => any_special(&block(text)),
    }
}

/// A text that is shorter than a block: its first letters and its last, some of them twice.
fn block(text: &[u8]) -> Block {
    let mut block = [0; 16];
    if let (Some(first), Some(last)) = (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        block[..8].copy_from_slice(first);
        block[8..].copy_from_slice(last);
    } else if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        block[..4].copy_from_slice(first);
        block[4..8].copy_from_slice(last);
    } else {
        for (place, letter) in block.iter_mut().zip(text) {
            *place = *letter;
        }
    }
    block
}

/// Where the first letter is that means something in HTML.
fn special(text: &[u8]) -> Option<usize> {
    let (blocks, _) = text.as_chunks();
    let plain = blocks.iter().take_while(|block| !any_special(block));
    let start = plain.count() * size_of::<Block>();
    let is_special = |letter: &u8| matches!(letter, b'"' | b'&' | b'\'' | b'<' | b'>');
    let place = text[start..].iter().position(is_special)?;
    Some(start + place)
}

/// Whether one of the letters means something in HTML: without a branch, all are compared at once.
fn any_special(letters: &Block) -> bool {
    // `&` and `'` differ in their last bit, `<` and `>` in the one before.
    let is_special = |letter: u8| (letter == b'"') | (letter | 1 == b'\'') | (letter | 2 == b'>');
    let found = |found, letter: &u8| found | u8::from(is_special(*letter));
    letters.iter().fold(0, found) != 0
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
