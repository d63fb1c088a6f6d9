//! A cell as the driver holds it: a value that borrows what it can, on its way into a Rust type.

use std::borrow::Cow;

use super::{
    Date, DateTime, Decimal, Inet, Interval, Numeric, Range, Shape, Time, Timestamp, Uuid, Value,
};

/// A cell as the driver holds it. Every cell of every page passes here, so nothing is copied before its
/// Rust type is known.
#[derive(Debug, Clone)]
pub enum Datum<'r> {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number of any width.
    Int(i64),
    /// A floating-point number of any width.
    Float(f64),
    /// Text, the label of an enum, a JSON document, or the text of a raw value.
    Text(&'r str),
    /// Text that was made of another value, because the column is meant to hold text.
    Made(String),
    /// Bytes.
    Bytes(&'r [u8]),
    /// A UUID.
    Uuid(Uuid),
    /// A day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// A day and a time of day.
    DateTime(DateTime),
    /// An instant.
    Timestamp(Timestamp),
    /// An exact number of at most 28 digits.
    Decimal(Decimal),
    /// Any other exact number, in digits.
    Numeric(Cow<'r, str>),
    /// A span of time.
    Interval(Interval),
    /// The address of a computer or of a network.
    Inet(Inet),
    /// A range.
    Range(Box<Range<Datum<'r>>>),
    /// An array: its elements, row by row, and its shape.
    Array(Vec<Datum<'r>>, Shape),
}

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

impl From<Datum<'_>> for Value {
    fn from(datum: Datum<'_>) -> Self {
        match datum {
            Datum::Null => Self::Null,
            Datum::Bool(value) => Self::Bool(value),
            Datum::Int(value) => Self::Int(value),
            Datum::Float(value) => Self::Float(value),
            Datum::Text(text) => Self::Text(text.to_owned()),
            Datum::Made(text) => Self::Text(text),
            Datum::Bytes(bytes) => Self::Bytes(bytes.to_owned()),
            Datum::Uuid(value) => Self::Uuid(value),
            Datum::Date(value) => Self::Date(value),
            Datum::Time(value) => Self::Time(value),
            Datum::DateTime(value) => Self::DateTime(value),
            Datum::Timestamp(value) => Self::Timestamp(value),
            Datum::Decimal(value) => Self::Decimal(value),
            Datum::Numeric(digits) => Self::Numeric(Numeric::known(digits.into_owned())),
            Datum::Interval(value) => Self::Interval(value),
            Datum::Inet(value) => Self::Inet(value),
            Datum::Range(range) => Self::Range(Box::new(range.map(Self::from))),
            Datum::Array(items, shape) => {
                Self::Array(items.into_iter().map(Self::from).collect(), shape)
            }
        }
    }
}

impl<'v> From<&'v Value> for Datum<'v> {
    fn from(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(value) => Self::Int(*value),
            Value::Float(value) => Self::Float(*value),
            Value::Text(text) => Self::Text(text),
            Value::Bytes(bytes) => Self::Bytes(bytes),
            Value::Uuid(value) => Self::Uuid(*value),
            Value::Date(value) => Self::Date(*value),
            Value::Time(value) => Self::Time(*value),
            Value::DateTime(value) => Self::DateTime(*value),
            Value::Timestamp(value) => Self::Timestamp(*value),
            Value::Decimal(value) => Self::Decimal(*value),
            Value::Numeric(number) => Self::Numeric(Cow::Borrowed(number.as_str())),
            Value::Interval(value) => Self::Interval(*value),
            Value::Inet(value) => Self::Inet(*value),
            Value::Range(range) => Self::Range(Box::new(range.as_ref().as_ref().map(Self::from))),
            Value::Array(items, shape) => {
                Self::Array(items.iter().map(Self::from).collect(), shape.clone())
            }
        }
    }
}
