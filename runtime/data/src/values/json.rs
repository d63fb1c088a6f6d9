//! A JSON document, kept as the text that the database has.

use std::fmt;
use std::str::FromStr;

use super::html::code;
use super::{
    Binary, ColumnType, Comparable, Datum, Fallible, FieldType, FormValue, Kind, ParseError,
    Ranking, RawCell, Value, WriteHtml,
};

/// A JSON document, kept as its text, so that big numbers, key order and doubled keys survive: `json`, `jsonb`.
///
/// In lists the text may be cut; a whole row has the whole document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Json(String);

impl Json {
    /// The document as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document as a tree of values.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// From a text that the database gave.
    pub(crate) fn known(text: String) -> Self {
        Self(text)
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Json {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match serde_json::from_str::<&serde_json::value::RawValue>(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(_) => Err(ParseError("JSON")),
        }
    }
}

impl FieldType for Json {
    const KIND: Kind = Kind::Json;

    fn from_datum(datum: Datum<'_>) -> Option<Self> {
        match datum {
            Datum::Text(text) => Some(Self::known(text.into_owned())),
            _ => None,
        }
    }

    fn into_value(self) -> Value {
        Value::Text(self.0.into())
    }
}

impl Comparable for Json {}

impl ColumnType for Json {
    const WORDS: &'static str = "JSON";
    const RANKING: Ranking = Ranking::None;
    const POSTGRES: &'static [&'static str] = &["json", "jsonb"];

    fn of_text(text: &str) -> Result<Value, ParseError> {
        text.parse().map(Self::into_value)
    }

    #[inline(always)]
    fn of_cell(cell: RawCell<'_>) -> Option<Datum<'_>> {
        String::of_cell(cell)
    }
}

/// That of `jsonb`: the number of its form, then the text.
impl Binary for Json {
    fn decode(raw: &[u8]) -> Fallible<Datum<'_>> {
        String::decode(raw.get(1..).unwrap_or_default())
    }

    fn encode(value: &Datum<'_>, out: &mut Vec<u8>) -> Fallible<bool> {
        let Datum::Text(text) = value else {
            return Ok(false);
        };
        out.push(1);
        out.extend(text.as_bytes());
        Ok(true)
    }
}

impl FormValue for Json {
    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "must be JSON, such as {\"a\": [1, 2]}".to_owned())
    }

    fn to_input(&self) -> String {
        self.to_string()
    }

    fn placeholder() -> Self {
        Self::from(serde_json::Value::Null)
    }
}

impl WriteHtml for Json {
    fn write_html(&self, out: &mut String) {
        code(out, self.as_str())
    }
}
