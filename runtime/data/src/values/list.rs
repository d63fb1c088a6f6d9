//! Lists: arrays of one dimension.

use super::{Cell, Comparable, Datum, FieldType, Kind, Shape, Value, WriteHtml};

impl<T: FieldType> Comparable for Vec<T> where Vec<T>: FieldType {}

/// A plain list: arrays with gaps or of several dimensions cannot be read as such.
impl<T: FieldType> FieldType for Vec<T> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Array(items, shape) if shape.is_plain() => {
                items.into_iter().map(T::from_datum).collect()
            }
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        let items = self.into_iter().map(T::into_value);
        Value::Array(items.collect(), Shape::default())
    }
}

/// A list with gaps: arrays of several dimensions cannot be read as such.
impl<T: FieldType> FieldType for Vec<Option<T>> {
    const KIND: Kind = Kind::Array(&T::KIND);

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Array(items, shape) if shape.is_plain() => {
                items.into_iter().map(Option::from_cell).collect()
            }
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        let items = self.into_iter().map(Option::into_cell);
        Value::Array(items.collect(), Shape::default())
    }
}

impl<T: WriteHtml> WriteHtml for Vec<T> {
    fn write_html(&self, out: &mut String) {
        if self.is_empty() {
            return out.push_str("<span class=\"null\">none</span>");
        }
        out.push_str("<ul class=\"values\">");
        for value in self {
            out.push_str("<li>");
            value.write_html(out);
            out.push_str("</li>");
        }
        out.push_str("</ul>")
    }
}
