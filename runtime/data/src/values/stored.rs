//! A cell of SQLite in a column that nobody has said a type of: what it holds, to the letter.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::html::code;
use super::{Comparable, Datum, FieldType, FormValue, Kind, RawCell, Value, WriteHtml};

/// A cell of SQLite in a column that nobody has said a type of. The number 1, the text `1` and the byte `x'31'` are
/// three keys there, of three rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Stored {
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// What stands before a text in an address that would be read as something else without.
const MARK: char = '~';

impl Stored {
    /// The cell as an address has it: `1`, `1.5`, `x'31'`, `abc`, and `~1` for the text `1`.
    pub(crate) fn to_address(&self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::Real(number) => format!("{number:?}"),
            Self::Bytes(bytes) => format!("x'{}'", Datum::Bytes(bytes.into())),
            Self::Text(text) => match Self::of_address(text) {
                Self::Text(read) if read == *text => read,
                _ => format!("{MARK}{text}"),
            },
        }
    }

    /// The cell that an address means.
    fn of_address(text: &str) -> Self {
        if let Some(text) = text.strip_prefix(MARK) {
            return Self::Text(text.to_owned());
        }
        let bytes = || {
            let digits = text.strip_prefix("x'")?.strip_suffix('\'')?;
            match Kind::Bytes.parse(digits).ok()? {
                Value::Bytes(bytes) => Some(Self::Bytes(bytes.into_owned())),
                _ => None,
            }
        };
        let int = text.parse().map(Self::Int).ok();
        let real = || text.parse().map(Self::Real).ok();
        let read = int.or_else(real).or_else(bytes);
        // What would be written otherwise, `01` or `1e2`, is a text.
        read.filter(|read| read.to_address() == text)
            .unwrap_or_else(|| Self::Text(text.to_owned()))
    }
}

impl From<RawCell<'_>> for Stored {
    fn from(cell: RawCell<'_>) -> Self {
        match cell {
            RawCell::Null => Self::Text(String::new()),
            RawCell::Int(number) => Self::Int(number),
            RawCell::Float(number) => Self::Real(number),
            RawCell::Text(text) => Self::Text(text.to_owned()),
            RawCell::Garbled(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
            RawCell::Bytes(bytes) => Self::Bytes(bytes.to_owned()),
        }
    }
}

impl FieldType for Stored {
    const KIND: Kind = Kind::Raw;

    /// A text is an address: in a row, a cell is read as it is.
    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(Self::of_address(&text)),
            _ => None,
        }
    }

    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Null => None,
            cell => Some(cell.into()),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Self::Int(number) => Value::Int(number),
            Self::Real(number) => Value::Float(number),
            Self::Text(text) => Value::Text(text.into()),
            Self::Bytes(bytes) => Value::Bytes(bytes.into()),
        }
    }

    fn into_address(self) -> Value {
        Value::Text(self.to_address().into())
    }
}

impl Comparable for Stored {}

/// The cell as a person reads it.
impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Real(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => text.fmt(f),
                Err(_) => write!(f, "x'{}'", Datum::Bytes(bytes.into())),
            },
        }
    }
}

impl FromStr for Stored {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::Text(text.to_owned()))
    }
}

/// What is typed is a text, which is written as the column's others are.
impl FormValue for Stored {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self::Text(text.to_owned()))
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::Text(String::new())
    }
}

impl WriteHtml for Stored {
    fn write_html(&self, out: &mut String) {
        code(out, &self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: Stored, address: &str) {
        assert_eq!(cell.to_address(), address);
        assert_eq!(Stored::of_address(address), cell);
    }

    #[test]
    fn every_cell_has_an_address_of_its_own() {
        let text = |text: &str| Stored::Text(text.to_owned());
        check(Stored::Int(1), "1");
        check(text("1"), "~1");
        check(Stored::Bytes(b"1".to_vec()), "x'31'");
        check(text("x'31'"), "~x'31'");
        check(Stored::Real(1.0), "1.0");
        check(text("1.0"), "~1.0");
        check(Stored::Real(f64::INFINITY), "inf");
        check(text("inf"), "~inf");
        check(text("abc"), "abc");
        check(text("~1"), "~~1");
        check(text("01"), "01");
        check(text("+1"), "+1");
        check(text(""), "");
    }
}
