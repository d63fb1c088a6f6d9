//! What statements say of the session that they run in: where transactions begin and end, whether a failure ends it.

use super::Step;
use crate::sql::psql::Command;
use crate::sql::split::Kind;

/// What a statement does to the transaction.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Control {
    Begin,
    Commit,
    Rollback,
    Savepoint(String),
    RollbackTo(String),
    Other,
}

impl Control {
    pub(super) fn of(step: &Step<'_>) -> Self {
        let text = step.text.as_ref();
        // A long statement is none of these.
        if step.statement.kind != Kind::Sql || text.len() > 200 {
            return Self::Other;
        }
        let text = text.trim_end_matches(';').to_ascii_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let last = || words.last().copied().unwrap_or_default().to_owned();
        match words.as_slice() {
            ["begin", ..] | ["start", "transaction", ..] => Self::Begin,
            ["commit" | "end", ..] => Self::Commit,
            ["rollback", .., "to", _] | ["rollback", .., "to", "savepoint", _] => {
                Self::RollbackTo(last())
            }
            ["rollback" | "abort", ..] => Self::Rollback,
            ["savepoint", _] => Self::Savepoint(last()),
            _ => Self::Other,
        }
    }
}

/// What a line for psql says of `ON_ERROR_STOP`: whether the session ends with a statement that fails.
pub(super) fn stops_on_error(step: &Step<'_>) -> Option<bool> {
    if step.statement.kind != Kind::Meta {
        return None;
    }
    let command = Command::of(&step.text);
    let (name, values) = command.arguments.split_first()?;
    if name != "ON_ERROR_STOP" {
        return None;
    }
    let is_off = |value: &String| {
        let value = value.to_ascii_lowercase();
        ["0", "off", "false", "no"].contains(&value.as_str())
    };
    match command.name.as_str() {
        "set" => Some(!values.first().is_some_and(is_off)),
        "unset" => Some(false),
        _ => None,
    }
}
