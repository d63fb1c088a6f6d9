//! A JSON document, kept as the text that the database has.

use std::fmt;
use std::str::FromStr;

use super::Unreadable;

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
    type Err = Unreadable;

    fn from_str(text: &str) -> Result<Self, Unreadable> {
        match serde_json::from_str::<&serde_json::value::RawValue>(text) {
            Ok(_) => Ok(Self(text.to_owned())),
            Err(_) => Err(Unreadable("JSON")),
        }
    }
}
