//! A row that is to be changed, and the version of it that was read.

use super::AnyRow;
use crate::change::{AnyModel, Changes, LinkChange, Target};
use crate::database::{Executor, Row};
use crate::error::Result;
use crate::values::Value;

/// A row that is to be changed, and the version of it that was read: an update is refused if someone else has changed it
/// meanwhile.
#[derive(Debug, Clone)]
pub struct OpenedRow {
    /// The row.
    pub row: AnyRow,
    model: AnyModel,
    version: String,
    /// The row as the database has it, to write only what differs.
    values: Vec<Value>,
}

impl OpenedRow {
    /// Reads a row that is followed by its version.
    pub(super) fn read(model: AnyModel, row: &mut Row<'_>) -> Result<Self> {
        let values = row.values(model.table.columns.len())?;
        Ok(Self {
            row: AnyRow::read(model.table, row)?,
            model,
            version: row.get()?,
            values,
        })
    }

    /// The model of the row.
    pub fn model(&self) -> AnyModel {
        self.model
    }

    /// The version, as a form carries it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Writes what differs from the row as it was read, and changes its links; `Error::Conflict` if someone else has
    /// changed it.
    pub async fn update(
        &self,
        db: &dyn Executor,
        changes: Changes,
        links: Vec<LinkChange>,
    ) -> Result<AnyRow> {
        let table = self.model.table;
        let target = Target {
            key: table.key_of(&self.values),
            version: Some(&self.version),
        };
        let changes = changes.differing(table, &self.values);
        let rows = self.model.update_row(db, target, changes, links).await?;
        rows.found(|row| AnyRow::read(table, row))
    }
}
