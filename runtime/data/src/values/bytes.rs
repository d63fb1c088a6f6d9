//! Bytes.

use super::comparable::ordered;
use super::{
    Binary, ColumnType, Datum, Fallible, FieldType, FormValue, Kind, ParseError, Ranking, RawCell,
    Value, WriteHtml,
};
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

ordered!(Vec<u8>);

impl ColumnType for Vec<u8> {
    const WORDS: &'static str = "bytes";
    const RANKING: Ranking = Ranking::None;
    const POSTGRES: &'static [&'static str] = &["bytea"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        match hex(text.trim()) {
            Some(bytes) => Ok(Value::Bytes(bytes.into())),
            None => Err(ParseError("bytes as hexadecimal digits")),
        }
    }

    /// Of what is no bytes, those of its text.
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        Some(match cell {
            RawCell::Text(text) => Datum::Bytes(text.as_bytes().into()),
            RawCell::Bytes(bytes) => Datum::Bytes(bytes.into()),
            other => match String::of_cell(other)? {
                Datum::Text(text) => Datum::Bytes(text.into_owned().into_bytes().into()),
                other => other,
            },
        })
    }
}

impl Binary for Vec<u8> {
    #[inline]
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        Ok(Datum::Bytes(raw.into()))
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Bytes(bytes) = value else {
            return Ok(false);
        };
        out.extend_from_slice(bytes);
        Ok(true)
    }
}

/// `00ff` → the bytes 0 and 255.
fn hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |pair: &[u8]| match pair {
        [high, low] => Some((digit(*high)? * 16 + digit(*low)?) as u8),
        _ => None,
    };
    digits.as_bytes().chunks(2).map(byte).collect()
}

/// Bytes within an array: `\x00ff`; the key of a row has the digits alone.
impl FormValue for Vec<u8> {
    fn parse(text: &str) -> Result<Self, String> {
        hex(text.strip_prefix("\\x").unwrap_or(text))
            .ok_or_else(|| "must be bytes in hexadecimal, such as \\x00ff".to_owned())
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
