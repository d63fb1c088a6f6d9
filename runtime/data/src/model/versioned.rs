//! A row and the version of it that was read, so that nobody overwrites what someone else has changed.

use std::ops::Deref;

use super::{BelongsTo, Key, Model, Patch, ToOne};
use crate::catalog::form_key;
use crate::change::{LinkChange, Target};
use crate::database::{Executor, MapRows, Row};
use crate::error::Result;
use crate::values::Value;

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

    /// The row that a relation leads to, as a form has it that lets choose one: its key, nothing where there is none.
    pub fn chosen<T: ToOne>(&self, relation: BelongsTo<M, T>) -> String {
        let columns = relation.on().iter();
        let values: Vec<Value> = columns
            .filter_map(|(own, _)| self.values.get(M::TABLE.position(own)?).cloned())
            .collect();
        if values.contains(&Value::Null) {
            return String::new();
        }
        form_key(&values)
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
        self.update_with(db, patch, Vec::new())
    }

    /// Writes what differs from the row as it was read, and changes its links; `Error::Conflict` if someone else has
    /// changed it.
    pub fn update_with<'a, P: Patch<Model = M>>(
        &'a self,
        db: &'a dyn Executor,
        patch: P,
        links: Vec<LinkChange>,
    ) -> impl Future<Output = Result<M>> + Send + use<'a, M, P> {
        let changes = patch.changes().differing(M::TABLE, &self.values);
        let (key, version) = (self.row.key().to_values(), Some(self.version.as_str()));
        let target = Target { key, version };
        let rows = M::ANY.update_row(db, target, changes, links);
        MapRows::new(Box::pin(rows), |rows| rows.found(M::from_row))
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
