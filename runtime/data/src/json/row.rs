//! Rows of any table as JSON: byte for byte as their models are, where `umbel.toml` says no types of a person's own.

use serde::ser::{Serialize, Serializer};

use super::Hex;
use super::values::nested;
use crate::any::AnyRow;
use crate::values::{
    Date, DateTime, Decimal, FieldType, Inet, Interval, Json, Kind, Numeric, OfKind, SqlText, Time,
    Timestamp, Uuid, Value, ask,
};

/// An object of the columns, in their order and under their names, without those that nobody may ask about.
impl Serialize for AnyRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = self.table().columns.iter().zip(self.values());
        let told = columns.filter(|(column, _)| column.is_told());
        serializer.collect_map(told.map(|(column, value)| {
            let kind = &column.kind;
            (column.name, OfKind { kind, value })
        }))
    }
}

/// The value as the Rust type of its kind is; what is no value of the kind is a text.
impl Serialize for OfKind<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Null => return serializer.serialize_none(),
            Value::Bytes(bytes) if matches!(self.kind, Kind::Bytes) => {
                return bytes.as_ref().serialize_hex(serializer);
            }
            _ => {}
        }
        ask!(self.kind, T => typed::<T, S>(self.value, serializer), {
            Kind::Enum(_) | Kind::Range(_) => serializer.collect_str(self.value),
            Kind::Array(of) => array(of, self.value, serializer),
        })
    }
}

/// A value as `T`, or as the text that it is otherwise.
fn typed<T: FieldType + Serialize, S: Serializer>(
    value: &Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match T::from_datum(value.borrowed()) {
        Some(value) => value.serialize(serializer),
        None => serializer.collect_str(value),
    }
}

fn array<S: Serializer>(of: &Kind, value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    let Value::Array(items, shape) = value else {
        return serializer.collect_str(value);
    };
    let items = items.iter().map(|value| Some(OfKind { kind: of, value }));
    nested(&items.collect::<Vec<_>>(), shape, serializer)
}
