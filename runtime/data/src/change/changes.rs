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
    /// Sets a column that is known without its type.
    pub fn set_value(mut self, column: &ColumnDef, value: Value) -> Self {
        self.entries.push((*column, value));
        self
    }

    /// Leaves out the columns of these names.
    pub fn without(mut self, names: &[&str]) -> Self {
        self.entries
            .retain(|(column, _)| !names.contains(&column.name));
        self
    }

    /// These changes and others.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.entries.extend(others.entries);
        self
    }

    /// The row of a table as it will be: its values, with these changes.
    pub(crate) fn over(mut self, table: &Table, values: &[Value]) -> Self {
        let held = table.columns.iter().zip(values);
        for (column, value) in held {
            if !self
                .entries
                .iter()
                .any(|(known, _)| known.name == column.name)
            {
                self.entries.push((*column, meant_as(value, &column.kind)));
            }
        }
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
