//! A row that PostgreSQL returned.

use crate::values::Datum;

/// A row that PostgreSQL returned.
#[derive(Debug)]
pub(crate) struct DbRow(pub(super) tokio_postgres::Row);

impl DbRow {
    /// How many cells the row has.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The name of a column.
    pub(crate) fn name(&self, index: usize) -> &str {
        self.0
            .columns()
            .get(index)
            .map_or("", |column| column.name())
    }

    /// A cell; the error says what is wrong with it.
    #[inline]
    pub(crate) fn datum(&self, index: usize) -> Result<Datum<'_>, String> {
        self.0
            .try_get(index)
            .map_err(|error| super::error::describe(&error))
    }
}
