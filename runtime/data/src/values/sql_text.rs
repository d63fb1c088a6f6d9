//! A value of a type that has no Rust type: its text.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use super::html::code;
use super::{
    ColumnType, Comparable, Datum, FieldType, FormValue, Kind, ParseError, Ranking, RawCell, Value,
    WriteHtml,
};

/// A value of a type that has no Rust type here, as the database writes and reads it in text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SqlText(pub String);

impl SqlText {
    /// The value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SqlText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for SqlText {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl FieldType for SqlText {
    const KIND: Kind = Kind::Raw;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(Self(text.into_owned())),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.0.into())
    }
}

impl Comparable for SqlText {}

impl ColumnType for SqlText {
    const WORDS: &'static str = String::WORDS;
    const RANKING: Ranking = Ranking::None;
    const POSTGRES: &'static [&'static str] = &[];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        String::of_text(text)
    }

    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        String::of_cell(cell)
    }
}

/// What the database alone can read is left to it.
impl FormValue for SqlText {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned()))
    }

    fn to_input(&self) -> String {
        self.0.clone()
    }

    fn placeholder() -> Self {
        Self(String::new())
    }
}

impl WriteHtml for SqlText {
    fn write_html(&self, out: &mut String) {
        code(out, self.as_str())
    }
}
