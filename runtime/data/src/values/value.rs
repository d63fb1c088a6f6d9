//! A value on its way to or from any database, owned or borrowed.

use std::borrow::Cow;
use std::fmt;

use super::{
    Date, DateTime, Decimal, Inet, Interval, Kind, Range, Shape, Time, Timestamp, Uuid, array_text,
};

/// A value on its way to or from any database: it owns its text and its bytes.
pub type Value = Datum<'static>;

/// A value that may borrow its text and its bytes, of the driver or of another value. Every cell of every page passes
/// here, so nothing is copied before its Rust type is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum<'a> {
    /// No value.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number of any width.
    Int(i64),
    /// A floating-point number of any width.
    Float(f64),
    /// Text, the label of an enum, a JSON document, or the text of a raw value.
    Text(Cow<'a, str>),
    /// Bytes.
    Bytes(Cow<'a, [u8]>),
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
    Numeric(Cow<'a, str>),
    /// A span of time.
    Interval(Interval),
    /// The address of a computer or of a network.
    Inet(Inet),
    /// A range.
    Range(Box<Range<Self>>),
    /// An array: its elements, row by row, and its shape.
    Array(Vec<Self>, Shape),
}

impl Datum<'_> {
    /// The value with text and bytes of its own.
    pub fn into_owned(self) -> Value {
        match self {
            Self::Text(text) => Datum::Text(text.into_owned().into()),
            Self::Bytes(bytes) => Datum::Bytes(bytes.into_owned().into()),
            Self::Numeric(digits) => Datum::Numeric(digits.into_owned().into()),
            Self::Range(range) => Datum::Range(Box::new(range.map(Self::into_owned))),
            Self::Array(items, shape) => {
                Datum::Array(items.into_iter().map(Self::into_owned).collect(), shape)
            }
            Self::Null => Datum::Null,
            Self::Bool(value) => Datum::Bool(value),
            Self::Int(value) => Datum::Int(value),
            Self::Float(value) => Datum::Float(value),
            Self::Uuid(value) => Datum::Uuid(value),
            Self::Date(value) => Datum::Date(value),
            Self::Time(value) => Datum::Time(value),
            Self::DateTime(value) => Datum::DateTime(value),
            Self::Timestamp(value) => Datum::Timestamp(value),
            Self::Decimal(value) => Datum::Decimal(value),
            Self::Interval(value) => Datum::Interval(value),
            Self::Inet(value) => Datum::Inet(value),
        }
    }

    /// The value, with the text and the bytes of this one.
    pub fn borrowed(&self) -> Datum<'_> {
        match self {
            Self::Text(text) => Datum::Text(Cow::Borrowed(text)),
            Self::Bytes(bytes) => Datum::Bytes(Cow::Borrowed(bytes)),
            Self::Numeric(digits) => Datum::Numeric(Cow::Borrowed(digits)),
            Self::Range(range) => {
                let range = range.as_ref().as_ref();
                Datum::Range(Box::new(range.map(Datum::borrowed)))
            }
            Self::Array(items, shape) => {
                Datum::Array(items.iter().map(Datum::borrowed).collect(), shape.clone())
            }
            // Nothing is copied: all others are held in the value itself.
            plain => plain.clone(),
        }
    }

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
            | (Self::Numeric(right), Self::Decimal(left)) => left.to_string() == **right,
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

impl fmt::Display for Datum<'_> {
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
