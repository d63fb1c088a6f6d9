//! A row and the version of it that was read, so that nobody overwrites what someone else has changed.

use std::ops::Deref;

use super::{Model, Patch};
use crate::db::Executor;
use crate::error::{Error, Result};
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
    pub async fn update(&self, db: &dyn Executor, patch: impl Patch<Model = M>) -> Result<M> {
        let mut changes = patch.changes();
        changes.entries.retain(|(column, value)| {
            let position = M::TABLE.position(column.name);
            let old = position.and_then(|position| self.values.get(position));
            !old.is_some_and(|old| old.same(value))
        });
        let key = self.row.key();
        let rows = write::update(
            db,
            M::TABLE,
            &crate::model::Key::to_values(&key),
            Some(&self.version),
            changes,
        )
        .await?;
        rows.first(M::from_row)?.ok_or(Error::NotFound)
    }

    /// Reads a row that is followed by its version.
    pub(crate) fn from_row(row: &mut Row<'_>) -> Result<Self> {
        let width = M::TABLE.columns.len();
        let values = (0..width)
            .map(|index| row.value_at(index))
            .collect::<Result<_>>()?;
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
