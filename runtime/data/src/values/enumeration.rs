//! The enums of a database.

use super::{
    Comparable, Datum, FieldType, FormValue, Kind, Ordered, ParseError, RawCell, Value, WriteHtml,
    escape,
};

/// An enum of the database: its name, its values and their labels, in the database's order.
pub trait Enum: Copy + PartialEq + Send + Sync + 'static {
    /// The name of the type, with its schema: `public.mpaa_rating`.
    const NAME: &'static str;
    /// Every value and its label, in the database's order.
    const VALUES: &'static [(Self, &'static str)];

    /// The label by which the database knows the value.
    fn label(self) -> &'static str {
        let found = Self::VALUES.iter().find(|(value, _)| *value == self);
        found.map_or("", |(_, label)| label)
    }

    /// The value of a label.
    fn from_label(label: &str) -> Option<Self> {
        let found = Self::VALUES.iter().find(|(_, known)| *known == label);
        found.map(|(value, _)| *value)
    }

    /// Every label, in the database's order.
    fn labels() -> Vec<&'static str> {
        Self::VALUES.iter().map(|(_, label)| *label).collect()
    }
}

/// What the runtime knows of an enum, apart from its Rust type.
#[derive(Debug, Clone, Copy)]
pub struct EnumDef {
    /// The name of the type, with its schema.
    pub name: &'static str,
    /// Every label, in the database's order.
    pub labels: fn() -> Vec<&'static str>,
}

/// What a value is called in a message.
pub(super) const WORDS: &str = "known value of the enum";

impl EnumDef {
    /// Reads a label, as URLs and inputs have it.
    pub(super) fn of_text(&self, text: &str) -> Result<Value, ParseError> {
        match (self.labels)().contains(&text) {
            true => Ok(Value::Text(text.to_owned().into())),
            false => Err(ParseError("one of the values of the list")),
        }
    }
}

impl<E: Enum> Comparable for E {}
impl<E: Enum> Ordered for E {}

impl<E: Enum> FieldType for E {
    const KIND: Kind = Kind::Enum(EnumDef {
        name: E::NAME,
        labels: E::labels,
    });

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(label) => E::from_label(&label),
            _ => None,
        }
    }

    fn from_plain(cell: RawCell<'_>) -> Option<Self> {
        match cell {
            RawCell::Text(label) => E::from_label(label),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.label().into())
    }
}

impl<E: Enum> FormValue for E {
    fn parse(text: &str) -> Result<Self, String> {
        E::from_label(text).ok_or_else(|| "must be one of the options".to_owned())
    }

    fn to_input(&self) -> String {
        self.label().to_owned()
    }

    fn placeholder() -> Self {
        const { assert!(!E::VALUES.is_empty(), "an enum has a value") }
        E::VALUES[0].0
    }
}

impl<E: Enum> WriteHtml for E {
    fn write_html(&self, out: &mut String) {
        escape(out, self.label())
    }
}
