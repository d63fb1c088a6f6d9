//! Bytes.

use super::{Datum, FieldType, FormValue, Kind, Value, WriteHtml};
use crate::text::size;

impl FieldType for Vec<u8> {
    const KIND: Kind = Kind::Bytes;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Bytes(bytes) => Some(bytes.into_owned()),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Bytes(self.into())
    }
}

/// Bytes within an array: `\x00ff`; the key of a row has the digits alone.
impl FormValue for Vec<u8> {
    fn parse(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix("\\x").unwrap_or(text).as_bytes();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let byte = |pair: &[u8]| match pair {
            [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
            _ => None,
        };
        let bytes: Option<Self> = digits.chunks(2).map(byte).collect();
        bytes.ok_or_else(|| "must be bytes in hexadecimal, such as \\x00ff".to_owned())
    }

    fn to_input(&self) -> String {
        let digits = self.iter().map(|byte| format!("{byte:02x}"));
        std::iter::once("\\x".to_owned()).chain(digits).collect()
    }

    fn placeholder() -> Self {
        Self::new()
    }
}

/// Bytes are not shown, only how many there are.
impl WriteHtml for Vec<u8> {
    fn write_html(&self, out: &mut String) {
        out.push_str(&size(self.len()))
    }
}
