//! What is to be written into a row of a model.

use super::{Column, Model};
use crate::change::{self, Changes};
use crate::database::{Executor, MapRows};
use crate::error::Result;
use crate::values::{Cell, FieldType};

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
}

/// A row to be inserted.
pub trait Insert: Send + Sized {
    /// The model of the row.
    type Model: Model;

    /// The columns that are not left to their defaults.
    fn changes(self) -> Changes;

    /// Inserts the row; returns it as the database has it.
    fn insert(self, db: &dyn Executor) -> impl Future<Output = Result<Self::Model>> + Send {
        let rows = change::insert(db, Self::Model::TABLE, self.changes());
        MapRows::new(Box::pin(rows), |rows| rows.found(Self::Model::from_row))
    }
}

/// Changes to a row.
pub trait Patch: Send + Sized {
    /// The model of the row.
    type Model: Model;

    /// The columns that change.
    fn changes(self) -> Changes;
}
