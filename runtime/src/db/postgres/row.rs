//! A row that PostgreSQL returned.

use super::decode::Decoded;
use crate::value::Value;

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

    /// The value of a cell; the error says what is wrong with it.
    #[inline]
    pub(crate) fn value(&self, index: usize) -> Result<Value, String> {
        match self.0.try_get::<_, Decoded>(index) {
            Ok(Decoded(value)) => Ok(value),
            Err(error) => Err(super::error::describe(&error)),
        }
    }
}
