//! What is to be written into a row: columns and their values.

use super::{Column, ColumnDef, Model, Table};
use crate::db::{Executor, Then};
use crate::error::Result;
use crate::query::write;
use crate::types::{Cell, FieldType};
use crate::value::Value;

/// What is to be written into a row: columns and their values.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub(crate) entries: Vec<(ColumnDef, Value)>,
}

impl Changes {
    /// Sets a column.
    pub fn set<M, T: FieldType>(
        mut self,
        column: Column<M, T>,
        value: impl Cell<Base = T>,
    ) -> Self {
        self.entries.push((column.column, value.into_cell()));
        self
    }

    /// Sets a column, if there is something to set.
    pub fn set_some<M, T: FieldType>(
        self,
        column: Column<M, T>,
        value: Option<impl Cell<Base = T>>,
    ) -> Self {
        match value {
            Some(value) => self.set(column, value),
            None => self,
        }
    }

    /// Leaves out the columns of these names that, if anything was typed, have the value that was typed.
    pub(crate) fn without(mut self, names: &[&str], typed: Option<&Self>) -> Self {
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
        || cell.meant_as(&column.kind).same(value)
        || matches!(value, Value::Text(text) if *cell != Value::Null && cell.to_string() == *text)
}

/// A row to be inserted.
pub trait Insert: Send + Sized {
    /// The model of the row.
    type Model: Model;

    /// The columns that are not left to their defaults.
    fn changes(self) -> Changes;

    /// Inserts the row; returns it as the database has it.
    fn insert(self, db: &dyn Executor) -> impl Future<Output = Result<Self::Model>> + Send {
        let rows = write::insert(db, Self::Model::TABLE, self.changes());
        Then::new(Box::pin(rows), |rows| rows.found(Self::Model::from_row))
    }
}

/// Changes to a row.
pub trait Patch: Send + Sized {
    /// The model of the row.
    type Model: Model;

    /// The columns that change.
    fn changes(self) -> Changes;
}
