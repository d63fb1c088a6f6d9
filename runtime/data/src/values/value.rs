//! A value on its way to or from any database.

use std::fmt;

use super::{
    Date, DateTime, Decimal, Inet, Interval, Kind, Numeric, Range, Shape, Time, Timestamp, Uuid,
    array_text,
};

/// A value on its way to or from any database.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number of any width.
    Int(i64),
    /// A floating-point number of any width.
    Float(f64),
    /// Text, the label of an enum, a JSON document, or the text of a raw value.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
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
    /// Any other exact number.
    Numeric(Numeric),
    /// A span of time.
    Interval(Interval),
    /// The address of a computer or of a network.
    Inet(Inet),
    /// A range.
    Range(Box<Range<Value>>),
    /// An array: its elements, row by row, and its shape.
    Array(Vec<Value>, Shape),
}

impl Value {
    /// The text of the value as URLs and keys have it, which [`Kind::parse`] reads back.
    pub fn to_text(&self, kind: &Kind) -> String {
        match (self, kind) {
            (Self::Float(number), Kind::Float32) => (*number as f32).to_string(),
            (value, _) => value.to_string(),
        }
    }

    /// Whether two values of a column are the same, whichever way the number is held.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Decimal(left), Self::Numeric(right))
            | (Self::Numeric(right), Self::Decimal(left)) => left.to_string() == right.as_str(),
            (Self::Decimal(left), Self::Decimal(right)) => left.is_like(*right),
            (Self::Float(left), Self::Float(right)) => left.to_bits() == right.to_bits(),
            (Self::Array(left, shape), Self::Array(right, other)) => {
                shape == other
                    && left.len() == right.len()
                    && left.iter().zip(right).all(|(left, right)| left.same(right))
            }
            (left, right) => left == right,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Bytes(value) => value.iter().try_for_each(|byte| write!(f, "{byte:02x}")),
            Self::Uuid(value) => value.fmt(f),
            Self::Date(value) => value.fmt(f),
            Self::Time(value) => value.fmt(f),
            Self::DateTime(value) => value.fmt(f),
            Self::Timestamp(value) => value.fmt(f),
            Self::Decimal(value) => value.fmt(f),
            Self::Numeric(value) => value.fmt(f),
            Self::Interval(value) => value.fmt(f),
            Self::Inet(value) => value.fmt(f),
            Self::Range(range) => range.fmt(f),
            Self::Array(items, shape) => {
                let text = |item: &Self| (*item != Self::Null).then(|| item.to_string());
                let items: Vec<_> = items.iter().map(text).collect();
                f.write_str(&array_text::write(&items, shape))
            }
        }
    }
}
