//! A row and the version of it that was read, so that nobody overwrites what someone else has changed.

use std::ops::Deref;

use super::{Key, Model, Patch};
use crate::db::{Executor, Then};
use crate::error::Result;
use crate::query::write;
use crate::row::Row;
use crate::value::Value;

/// A row and the version of it that was read: an update is refused if someone else has changed it meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct Versioned<M> {
    row: M,
    version: String,
    /// The row as the database has it, to write only what differs.
    values: Vec<Value>,
}

impl<M: Model> Versioned<M> {
    /// The version, as a form carries it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The row alone.
    pub fn into_row(self) -> M {
        self.row
    }

    /// Writes what differs from the row as it was read; `Error::Conflict` if someone else has changed it.
    pub fn update<'a, P: Patch<Model = M>>(
        &'a self,
        db: &'a dyn Executor,
        patch: P,
    ) -> impl Future<Output = Result<M>> + Send + use<'a, M, P> {
        let changes = patch.changes().differing(M::TABLE, &self.values);
        let key = self.row.key().to_values();
        let rows = write::update(db, M::TABLE, key, Some(&self.version), changes);
        Then::new(Box::pin(rows), |rows| rows.found(M::from_row))
    }

    /// Reads a row that is followed by its version.
    pub(crate) fn from_row(row: &mut Row<'_>) -> Result<Self> {
        let values = row.values(M::TABLE.columns.len())?;
        Ok(Self {
            row: M::from_row(row)?,
            version: row.get()?,
            values,
        })
    }
}

impl<M> Deref for Versioned<M> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.row
    }
}
