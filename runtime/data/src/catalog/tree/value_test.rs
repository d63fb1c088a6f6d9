//! What a value is tested for.

use crate::values::Value;

/// What a value is tested for.
#[derive(Debug, Clone)]
pub enum Test {
    /// Compares with a value; neither holds for null.
    Compare(Comparison, Value),
    /// Compares a column of a key with a value, in the column's own type, as its index has it.
    Key(Comparison, Value),
    /// Compares with a text that is no UTF-8.
    Garbled(Comparison, Vec<u8>),
    /// Is the value; null is a value like any other.
    Same(Value),
    /// Is one of the values.
    In(Vec<Value>),
    /// Has no value.
    Null,
    /// Matches a LIKE pattern.
    Like { pattern: String, ignore_case: bool },
    /// An array holds the value.
    Has(Value),
}

/// Words that are looked for, and where.
#[derive(Debug, Clone)]
pub struct Words {
    /// What they are read from.
    pub expression: String,
    /// The configuration by which they are read; that of the session, if it is not known.
    pub language: Option<String>,
    /// What was typed.
    pub text: String,
}

/// How two values compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// Whether it asks for more or less.
    pub fn is_ordering(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// A text as it stands in a LIKE pattern: `50%` → `50\%`.
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
