//! A cell of a column that does not check what it is given.

use std::fmt;

use super::{Cell, Datum, FieldType, FormValue, RawCell, Value, WriteHtml};

/// A cell of a column that is meant to hold a `T` and that does not check it: outside of its STRICT tables, SQLite
/// takes any value anywhere.
///
/// What is written is of the type; what is read, and shown, and put right in a form, may be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unchecked<T> {
    /// What the column is meant to hold.
    Known(T),
    /// Anything else, as text.
    Other(String),
}

impl<T> Unchecked<T> {
    /// The value, if it is what the column is meant to hold.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other(_) => None,
        }
    }
}

impl<T: FieldType> Unchecked<T> {
    fn read(datum: Datum<'_>) -> Self {
        match T::from_datum(datum.borrowed()) {
            Some(value) => Self::Known(value),
            None => Self::Other(datum.to_string()),
        }
    }

    fn write(self) -> Value {
        match self {
            Self::Known(value) => value.into_value(),
            Self::Other(text) => Value::Text(text.into()),
        }
    }
}

impl<T: FieldType> Cell for Unchecked<T> {
    type Base = T;

    fn from_cell(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Null => None,
            datum => Some(Self::read(datum)),
        }
    }

    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        <T as FieldType>::from_plain(cell).map(Self::Known)
    }

    fn into_cell(self) -> Value {
        self.write()
    }
}

impl<T: FieldType> Cell for Option<Unchecked<T>> {
    type Base = T;

    fn from_cell(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Null => Some(None),
            datum => Some(Some(Unchecked::read(datum))),
        }
    }

    #[inline(always)]
    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Null => Some(None),
            cell => Unchecked::from_plain(cell).map(Some),
        }
    }

    fn into_cell(self) -> Value {
        self.map_or(Value::Null, Unchecked::write)
    }
}

impl<T: fmt::Display> fmt::Display for Unchecked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(value) => value.fmt(f),
            Self::Other(text) => text.fmt(f),
        }
    }
}

/// What is typed is of the type; what is shown may be anything, to be put right.
impl<T: FormValue> FormValue for Unchecked<T> {
    fn parse(text: &str) -> Result<Self, String> {
        T::parse(text).map(Self::Known)
    }

    fn to_input(&self) -> String {
        match self {
            Self::Known(value) => value.to_input(),
            Self::Other(text) => text.clone(),
        }
    }

    fn placeholder() -> Self {
        Self::Known(T::placeholder())
    }
}

impl<T: WriteHtml> WriteHtml for Unchecked<T> {
    fn write_html(&self, out: &mut String) {
        match self {
            Self::Known(value) => value.write_html(out),
            Self::Other(text) => text.write_html(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anything_is_read() {
        let read = |datum| Unchecked::<i64>::from_cell(datum);
        assert_eq!(read(Datum::Int(7)), Some(Unchecked::Known(7)));
        let soon = Unchecked::Other("soon".to_owned());
        assert_eq!(read(Datum::Text("soon".into())), Some(soon.clone()));
        assert_eq!(read(Datum::Null), None);
        assert_eq!(soon.to_string(), "soon");
        assert_eq!(soon.into_cell(), Value::Text("soon".into()));
    }
}
