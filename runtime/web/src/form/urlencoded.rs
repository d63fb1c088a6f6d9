//! `application/x-www-form-urlencoded`, read and written.

use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};

/// Reads the pairs of a body; `None` if a name or a value is not UTF-8.
pub(super) fn read(body: &[u8]) -> Option<Vec<(String, String)>> {
    pairs(body)
        .map(|(name, value)| Some((decode(name)?, decode(value)?)))
        .collect()
}

/// The pairs of a body, as they are encoded.
pub(super) fn pairs(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let pairs = body.split(|byte| *byte == b'&');
    pairs.filter(|pair| !pair.is_empty()).map(|pair| {
        let end = memchr::memchr(b'=', pair).unwrap_or(pair.len());
        (&pair[..end], pair.get(end + 1..).unwrap_or_default())
    })
}

/// Writes pairs as a body.
pub(super) fn write<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut body = String::new();
    for (name, value) in pairs {
        if !body.is_empty() {
            body.push('&');
        }
        // Writing to a string does not fail.
        let _ = write!(body, "{}={}", encode(name), encode(value));
    }
    body
}

fn encode(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, NON_ALPHANUMERIC)
}

/// A name or a value; `None` if it is not UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(bytes.len());
    for (index, word) in bytes.split(|byte| *byte == b'+').enumerate() {
        if index > 0 {
            decoded.push(b' ');
        }
        decoded.extend(percent_decode(word));
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &str, expect: &[(&str, &str)]) {
        let read = read(body.as_bytes()).unwrap();
        let read: Vec<_> = read.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(read, expect, "{body}");
    }

    #[test]
    fn pairs_are_decoded() {
        check("a=1&b=x+y%26z", &[("a", "1"), ("b", "x y&z")]);
        check("a&b=&=c&&", &[("a", ""), ("b", ""), ("", "c")]);
        check("a=b=c", &[("a", "b=c")]);
        check("a=%zz%4", &[("a", "%zz%4")]);
    }

    #[test]
    fn invalid_utf8_is_refused() {
        assert_eq!(read(b"a=%ff"), None);
        assert_eq!(read(b"\xff=a"), None);
    }

    #[test]
    fn what_is_written_reads_back() {
        let pairs = [("a b", "x&y=z+%"), ("", "ä\n")];
        check(&write(pairs.into_iter()), &pairs);
    }
}
