//! Values that the conditions of a block compare.

use crate::sql::builtin::Oid;
use crate::sql::syntax::Node;

#[derive(Debug, Clone, PartialEq)]
pub(in crate::sql::apply) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    /// A relation as `regclass`; its number is what catalogs compare it with.
    Relation(Oid),
    List(Vec<Value>),
    /// What a cursor runs over.
    Query(Node),
}

impl Value {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn oid(oid: Oid) -> Self {
        Self::Int(i64::from(oid))
    }

    /// Whether a condition holds; NULL does not.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            Value::Null => Some(false),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            Value::Relation(oid) => Some(i64::from(*oid)),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// How two values compare; none where that cannot be told.
    pub(super) fn compared(&self, other: &Value) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
            (Value::Bool(one), Value::Bool(other)) => Some(one.cmp(other)),
            (one, other) => Some(one.number()?.cmp(&other.number()?)),
        }
    }

    /// The value as text, as `||` and `format` write it.
    pub(super) fn shown(&self) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Int(number) => Some(number.to_string()),
            Value::Bool(value) => Some(if *value { "t" } else { "f" }.to_owned()),
            Value::Null | Value::Relation(_) | Value::List(_) | Value::Query(_) => None,
        }
    }
}

/// Whether a text is like a pattern of LIKE.
pub(super) fn like(text: &str, pattern: &str) -> bool {
    let (text, pattern): (Vec<char>, Vec<char>) =
        (text.chars().collect(), pattern.chars().collect());
    matches(&text, &pattern)
}

fn matches(text: &[char], pattern: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|from| matches(&text[from..], rest)),
        ['_', rest @ ..] => !text.is_empty() && matches(&text[1..], rest),
        ['\\', c, rest @ ..] | [c, rest @ ..] => {
            text.first() == Some(c) && matches(&text[1..], rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn patterns() {
        assert!(like("film_id", "film%"));
        assert!(like("film_id", "____\\_id"));
        assert!(!like("film", "fil"));
        assert!(!like("filmxid", "film\\_id"));
    }
}
