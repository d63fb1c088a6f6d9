//! The key of a row as text, in a URL and in a form: `7`, `1,23`.

use std::borrow::Cow;
use std::fmt;

use super::{ColumnDef, Table};
use crate::text::url;
use crate::values::{Cell, Datum, Kind, Value};

/// The values that a key in a path has for the columns of a table; `None` if it cannot be read, or one is null.
pub fn path_key(table: &Table, text: &str) -> Option<Vec<Value>> {
    let columns = table.key.iter().filter_map(|name| table.column(name));
    let kinds: Vec<Kind> = columns.map(|column| column.kind).collect();
    key_values(&kinds, text)?.into_iter().collect()
}

/// The values of a key as text, for a path: joined by commas, percent-encoded.
pub fn key_text(values: &[Value]) -> String {
    KeyText::of_values(values).to_string()
}

/// The key of a row as a path has it: its values joined by commas, percent-encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyText {
    /// A number, as most keys are: it needs no memory of its own.
    Number(i64),
    /// Any other.
    Text(String),
}

impl KeyText {
    /// The key of these values.
    pub fn of(values: &[Datum<'_>]) -> Self {
        if let [Datum::Int(number)] = values {
            return Self::Number(*number);
        }
        let mut text = String::new();
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            encode_part(value, &mut text);
        }
        // `/film/new` is the form of a new film, so that a film with this key is written otherwise.
        if text == "new" {
            text = "%6Eew".to_owned();
        }
        Self::Text(text)
    }

    pub fn of_values(values: &[Value]) -> Self {
        match values {
            [Value::Int(number)] => Self::Number(*number),
            [value] => Self::of(&[value.into()]),
            values => Self::of(&values.iter().map(Datum::from).collect::<Vec<_>>()),
        }
    }

    /// Whether the row has no key.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    /// The page of the row with this key, in the table whose list is at `path`; empty if one of them is.
    pub fn url(&self, path: &str) -> String {
        if path.is_empty() || self.is_empty() {
            return String::new();
        }
        let mut url = String::with_capacity(path.len() + LONGEST);
        url.push_str(path);
        url.push('/');
        self.write(&mut url);
        url
    }

    /// Writes the key.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Number(number) => out.push_str(itoa::Buffer::new().format(*number)),
            Self::Text(text) => out.push_str(text),
        }
    }
}

/// How long a slash and a number can be.
const LONGEST: usize = 21;

impl Default for KeyText {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// Of a text that is a number, the number: a key is the same wherever it comes from.
impl From<String> for KeyText {
    fn from(text: String) -> Self {
        match text.parse() {
            Ok(number) if Self::Number(number).to_string() == text => Self::Number(number),
            _ => Self::Text(text),
        }
    }
}

impl fmt::Display for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// Null is nothing; an empty text, and one that a path would swallow, carries a NUL, which no text of a database has.
fn encode_part(value: &Datum<'_>, out: &mut String) {
    match value {
        Datum::Null => {}
        Datum::Text(text) => encode_text(text, out),
        Datum::Made(text) => encode_text(text, out),
        value => encode_text(&Value::from(value.clone()).to_string(), out),
    }
}

fn encode_text(text: &str, out: &mut String) {
    match text {
        "" | "." | ".." => {
            out.push_str(text);
            out.push_str("%00");
        }
        text => url::encode(text, out),
    }
}

/// The values that a text has for columns of these kinds; `None` if it is malformed, or not so many.
pub fn key_values(kinds: &[Kind], text: &str) -> Option<Vec<Option<Value>>> {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() != kinds.len() {
        return None;
    }
    kinds
        .iter()
        .zip(parts)
        .map(|(kind, part)| match part {
            "" => Some(None),
            part => {
                let decoded = url::decode(part)?;
                let text = decoded.strip_suffix('\0').unwrap_or(&decoded);
                Some(Some(kind.parse(text).ok()?))
            }
        })
        .collect()
}

/// The key of a row as a form has it: the value itself, or, of several columns, as a path has it.
pub fn form_key(values: &[Value]) -> String {
    match values {
        [Value::Null] => String::new(),
        [value] => option_of(value.to_string()),
        values => key_text(values),
    }
}

/// The values that a key in a form has for these columns; `None` if it cannot be read.
pub fn parse_form_key(columns: &[ColumnDef], text: &str) -> Option<Vec<Value>> {
    if text.is_empty() {
        return None;
    }
    match columns {
        [column] => Some(vec![column.kind.parse(&text_of_option(text)).ok()?]),
        columns => {
            let kinds: Vec<Kind> = columns.iter().map(|column| column.kind).collect();
            key_values(&kinds, text)?.into_iter().collect()
        }
    }
}

/// What an option has for a value whose text is empty, since an option without a text is no choice.
const EMPTY: &str = "%00";
/// What begins the option of a text that begins with `%`.
const PERCENT: &str = "%25";

/// The text of a value as an option has it.
fn option_of(text: String) -> String {
    match text.strip_prefix('%') {
        Some(rest) => format!("{PERCENT}{rest}"),
        None if text.is_empty() => EMPTY.to_owned(),
        None => text,
    }
}

/// The text of the value that an option has.
pub fn text_of_option(option: &str) -> Cow<'_, str> {
    match option.strip_prefix(PERCENT) {
        Some(rest) => Cow::Owned(format!("%{rest}")),
        None if option == EMPTY => Cow::Borrowed(""),
        None => Cow::Borrowed(option),
    }
}

/// A value that is the key of a row, as the options have it among which a form lets choose.
pub trait FormKey {
    /// The value as the option of its row has it.
    fn to_key(&self) -> String;
}

/// Nothing is chosen where there is no value.
impl<C: Cell + Clone> FormKey for C {
    fn to_key(&self) -> String {
        form_key(&[self.clone().into_cell()])
    }
}
