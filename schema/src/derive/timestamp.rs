//! Times that the database keeps by itself.

use super::words::words;
use crate::model::{Column, DataType, Relation};

/// What the database writes down by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// When the row was made, by the column's default.
    Created,
    /// When the row was last changed.
    Updated {
        /// Whether a trigger keeps it; else the default knows of the INSERT only.
        by_trigger: bool,
    },
}

/// What the database keeps in a column of the relation, to judge by name, default and triggers.
pub fn automatic(relation: &Relation, column: &Column) -> Option<Automatic> {
    let is_time = matches!(
        column.data_type,
        DataType::Timestamp | DataType::TimestampTz | DataType::Date
    );
    if !is_time {
        return None;
    }
    let by_default = column.default.as_deref().is_some_and(is_now);
    let words = words(&column.name);
    let says = |known: &[&str]| {
        words.iter().any(|word| known.contains(&word.as_str()))
            || known.contains(&words.concat().as_str())
    };
    if says(&[
        "updated",
        "update",
        "modified",
        "changed",
        "lastupdate",
        "modifieddate",
        "updatedat",
    ]) {
        let by_trigger = relation.triggers.iter().any(|trigger| {
            trigger.enabled
                && trigger.before
                && trigger.on_update
                && touches(&trigger.definition, column)
        });
        return (by_default || by_trigger).then_some(Automatic::Updated { by_trigger });
    }
    let created = says(&[
        "create",
        "created",
        "creation",
        "inserted",
        "registered",
        "added",
        "createdat",
        "createddate",
        "rowcreated",
    ]);
    (created && by_default).then_some(Automatic::Created)
}

/// Whether an expression is the time of the statement or transaction:
/// `now()`, `CURRENT_TIMESTAMP(6)`, `timezone('utc'::text, now())`, `('now'::text)::date`; in SQLite
/// `datetime('now')`, `strftime('%Y', 'now')`, `unixepoch()`.
pub fn is_now(expression: &str) -> bool {
    let text = expression.to_lowercase();
    let calls = [
        "now()",
        "current_timestamp",
        "current_date",
        "localtimestamp",
        "transaction_timestamp()",
        "statement_timestamp()",
        "clock_timestamp()",
        "'now'::text",
        "'now')",
        "unixepoch()",
    ];
    calls.iter().any(|call| text.contains(call))
        // `now() + '30 days'::interval` is another time.
        && !text.contains(" + ")
        && !text.contains(" - ")
        && !text.contains("date_trunc")
}

/// Whether a trigger's text speaks of the column (`moddatetime('changed')`), or of such columns
/// (`last_updated()`, `set_updated_at()`, `touch_row()`).
fn touches(definition: &str, column: &Column) -> bool {
    let Some((_, function)) = definition.rsplit_once(" EXECUTE ") else {
        return false;
    };
    let function = function.to_lowercase();
    let known = [
        "moddatetime",
        "touch",
        "updated",
        "last_update",
        "modified",
        "set_timestamp",
        "update_timestamp",
    ];
    function.contains(&format!("'{}'", column.name.to_lowercase()))
        || !function.contains('\'') && known.iter().any(|name| function.contains(name))
}
