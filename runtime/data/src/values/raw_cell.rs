//! A cell of a database that knows few kinds of values, as it is there.

use super::Datum;

/// A cell of a database that knows few kinds of values, as it is there: most are just what their column is meant to
/// hold, and need not become a [`Datum`] first.
#[derive(Debug, Clone, Copy)]
pub enum RawCell<'r> {
    /// No value.
    Null,
    /// A whole number.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// Text.
    Text(&'r str),
    /// What is meant to be text, but is no UTF-8.
    Garbled(&'r [u8]),
    /// Bytes.
    Bytes(&'r [u8]),
}

/// The cell as it is; of a garbled text, as much as can be read.
impl<'r> From<RawCell<'r>> for Datum<'r> {
    fn from(cell: RawCell<'r>) -> Self {
        match cell {
            RawCell::Null => Self::Null,
            RawCell::Int(number) => Self::Int(number),
            RawCell::Float(number) => Self::Float(number),
            RawCell::Text(text) => Self::Text(text.into()),
            RawCell::Garbled(bytes) => Self::Text(String::from_utf8_lossy(bytes)),
            RawCell::Bytes(bytes) => Self::Bytes(bytes.into()),
        }
    }
}
