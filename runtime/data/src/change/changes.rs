//! What is to be written into a row: columns and their values.

use crate::catalog::{ColumnDef, Table};
use crate::database::meant_as;
use crate::values::Value;

/// What is to be written into a row: columns and their values.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub(crate) entries: Vec<(ColumnDef, Value)>,
}

impl Changes {
    /// Leaves out the columns of these names that, if anything was typed, have the value that was typed.
    pub fn without(mut self, names: &[&str], typed: Option<&Self>) -> Self {
        let was_typed = |column: &ColumnDef, value: &Value| {
            typed.is_none_or(|typed| {
                let mut typed = typed.entries.iter();
                typed.any(|(known, old)| known.name == column.name && old.same(value))
            })
        };
        self.entries
            .retain(|(column, value)| !names.contains(&column.name) || !was_typed(column, value));
        self
    }

    /// Leaves out what the row of a table already holds.
    pub(crate) fn differing(mut self, table: &Table, values: &[Value]) -> Self {
        self.entries.retain(|(column, value)| {
            let position = table.position(column.name);
            let old = position.and_then(|position| values.get(position));
            !old.is_some_and(|old| holds(column, old, value))
        });
        self
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Whether a cell holds a value already: as it is, by what it means, or as the text that is shown of what means nothing.
fn holds(column: &ColumnDef, cell: &Value, value: &Value) -> bool {
    cell.same(value)
        || meant_as(cell, &column.kind).same(value)
        || matches!(value, Value::Text(text) if *cell != Value::Null && cell.to_string() == *text)
}
