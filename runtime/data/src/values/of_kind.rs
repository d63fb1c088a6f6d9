//! Values whose Rust type is known only while the application runs: each is shown as its type shows it.

use super::kind::ask;
use super::{
    Array, Date, DateTime, Decimal, FieldType, Inet, Interval, Json, Kind, Numeric, SqlText, Time,
    Timestamp, Uuid, Value, WriteHtml, escape,
};

/// A value of a column of a kind, to be shown as the Rust type of that kind is; what is no value of the kind is shown as
/// text.
#[derive(Debug, Clone, Copy)]
pub struct OfKind<'a> {
    /// What the column is meant to hold.
    pub kind: &'a Kind,
    /// What it holds.
    pub value: &'a Value,
}

impl WriteHtml for OfKind<'_> {
    fn write_html(&self, out: &mut String) {
        if matches!(self.value, Value::Null) {
            return None::<bool>.write_html(out);
        }
        ask!(self.kind, T => write::<T>(self.value, out), {
            Kind::Enum(_) => write_enum(self.value, out),
            Kind::Range(of) => write_range(of, self.value, out),
            Kind::Array(of) => write_array(of, self.value, out),
        });
    }
}

/// Writes a value as `T`, or as the text that it is otherwise.
fn write<T: FieldType + WriteHtml>(value: &Value, out: &mut String) {
    match T::from_datum(value.borrowed()) {
        Some(value) => value.write_html(out),
        None => value.to_string().write_html(out),
    }
}

/// The label of an enum is short, and says what it is even if it is empty.
fn write_enum(value: &Value, out: &mut String) {
    escape(out, &value.to_string());
}

fn write_range(of: &Kind, value: &Value, out: &mut String) {
    let Value::Range(range) = value else {
        return value.to_string().write_html(out);
    };
    let shown = |value| OfKind { kind: of, value };
    range.as_ref().as_ref().map(shown).write_html(out);
}

fn write_array(of: &Kind, value: &Value, out: &mut String) {
    let array = match value {
        Value::Array(items, shape) => {
            let items = items.iter().map(|item| element(of, item));
            Array::with_shape(items.collect(), shape.clone())
        }
        _ => None,
    };
    match array {
        Some(array) => array.write_html(out),
        None => value.to_string().write_html(out),
    }
}

fn element<'a>(kind: &'a Kind, value: &'a Value) -> Option<OfKind<'a>> {
    match value {
        Value::Null => None,
        value => Some(OfKind { kind, value }),
    }
}
