//! The JSON of each type of a column that has none by itself.

use std::fmt::Display;

use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};
use serde_json::value::RawValue;

use crate::catalog::KeyText;
use crate::model::Label;
use crate::values::{
    Array, Date, DateTime, Decimal, Dimension, Inet, Interval, Json, Numeric, Range, Shape,
    SqlText, Stored, Time, Timestamp, Unchecked,
};

/// Types whose JSON is their text.
macro_rules! as_text {
    ($($type:ty),+ $(,)?) => {$(
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}

as_text!(
    Date, DateTime, Decimal, Inet, Interval, KeyText, Numeric, SqlText, Stored, Time, Timestamp,
);

/// `"[1,5)"`, as the database writes it.
impl<T: Display> Serialize for Range<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The document itself, to the letter. A text that is none, such as one that a list has cut, is a text.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serde_json::from_str::<&RawValue>(self.as_str()) {
            Ok(document) => document.serialize(serializer),
            Err(_) => serializer.serialize_str(self.as_str()),
        }
    }
}

/// What the column is meant to hold, as that; anything else as text.
impl<T: Serialize> Serialize for Unchecked<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(value) => value.serialize(serializer),
            Self::Other(text) => text.serialize(serializer),
        }
    }
}

/// A list, with nulls for its gaps; where there are several dimensions, a list of lists.
impl<T: Serialize> Serialize for Array<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        nested(self.items(), self.shape(), serializer)
    }
}

/// The elements of an array of a shape.
pub(super) fn nested<T: Serialize, S: Serializer>(
    items: &[Option<T>],
    shape: &Shape,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match shape.is_plain() || items.is_empty() {
        true => items.serialize(serializer),
        false => Nested {
            items,
            dimensions: &shape.dimensions(items.len()),
        }
        .serialize(serializer),
    }
}

/// Elements, row by row, and the dimensions in which they lie.
struct Nested<'a, T> {
    items: &'a [Option<T>],
    dimensions: &'a [Dimension],
}

impl<T: Serialize> Serialize for Nested<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (dimension, inner) = match self.dimensions {
            [] | [_] => return self.items.serialize(serializer),
            [dimension, inner @ ..] => (dimension, inner),
        };
        let mut list = serializer.serialize_seq(Some(dimension.length))?;
        for items in self.items.chunks(self.items.len() / dimension.length) {
            list.serialize_element(&Nested {
                items,
                dimensions: inner,
            })?;
        }
        list.end()
    }
}

/// `{"text": "English", "key": "1"}`: what a person reads, and the key of the row as a path has it.
impl<M> Serialize for Label<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut label = serializer.serialize_struct("Label", 2)?;
        label.serialize_field("text", &self.text)?;
        label.serialize_field("key", &self.key)?;
        label.end()
    }
}
