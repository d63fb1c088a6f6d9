//! How texts and numbers are written as HTML.

use std::fmt::{Display, Write};

use askama::{FastWritable, NO_VALUES};

/// Writes a text as HTML.
pub(super) fn escape(out: &mut String, text: &str) {
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
pub(crate) fn write_int(out: &mut String, number: impl FastWritable) {
    // A text takes whatever is written to it.
    let _ = number.write_into(out, NO_VALUES);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_mean_something() {
        for special in *b"\"&'<>" {
            for length in [1, 7, 8, 15, 16, 17, 40] {
                for place in 0..length {
                    let mut text = vec![b'a'; length];
                    text[place] = special;
                    let text = String::from_utf8(text).unwrap();
                    let mut out = String::new();
                    escape(&mut out, &text);
                    let escaped = format!("&#{special};");
                    assert_eq!(out, text.replace(char::from(special), &escaped));
                }
            }
        }
        let mut out = String::new();
        escape(&mut out, "für 5 = 5 %; \u{a6}\u{bc}\u{be}\0");
        assert_eq!(out, "für 5 = 5 %; \u{a6}\u{bc}\u{be}\0");
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
