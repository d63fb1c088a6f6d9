//! What is to be written into a row of a model.

use super::{Column, Model};
use crate::change::{Changes, LinkChange};
use crate::database::{Executor, MapRows};
use crate::error::{FieldErrors, Result};
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

impl Changes {
    /// Takes what is to be written into a column, if anything is.
    ///
    /// # Errors
    /// If it is no value of the column.
    pub fn take<M: Model, T: FieldType, C: Cell<Base = T>>(
        &mut self,
        column: Column<M, T>,
    ) -> Result<Option<C>> {
        let name = column.column.name;
        let Some(at) = self
            .entries
            .iter()
            .position(|(known, _)| known.name == name)
        else {
            return Ok(None);
        };
        let (_, value) = self.entries.remove(at);
        match C::from_cell(value.borrowed()) {
            Some(value) => Ok(Some(value)),
            None => {
                Err(FieldErrors::at(name, format!("`{value}` is no {}", T::KIND.words())).into())
            }
        }
    }

    /// Takes what is to be written into a column that has no default.
    ///
    /// # Errors
    /// If nothing is, or no value of the column.
    pub fn require<M: Model, T: FieldType, C: Cell<Base = T>>(
        &mut self,
        column: Column<M, T>,
    ) -> Result<C> {
        let name = column.column.name;
        match self.take(column)? {
            Some(value) => Ok(value),
            None => Err(FieldErrors::at(name, "is missing").into()),
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
        self.insert_with(db, Vec::new())
    }

    /// Inserts the row and links it; returns it as the database has it.
    fn insert_with(
        self,
        db: &dyn Executor,
        links: Vec<LinkChange>,
    ) -> impl Future<Output = Result<Self::Model>> + Send {
        let rows = Self::Model::ANY.insert_row(db, self.changes(), links);
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
