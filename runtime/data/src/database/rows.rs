//! The rows that a statement returned.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::Stream;

use crate::database::Row;
use crate::error::{Error, Result};

#[cfg(feature = "postgres")]
use super::postgres;
#[cfg(feature = "sqlite")]
use super::sqlite;

/// The rows that a statement returned, and how many it changed.
#[derive(Debug, Default)]
pub struct Rows {
    pub(super) inner: Inner,
    /// How many rows an INSERT, UPDATE or DELETE changed.
    pub affected: u64,
}

#[derive(Debug, Default)]
pub(super) enum Inner {
    #[default]
    Empty,
    #[cfg(feature = "postgres")]
    Postgres(Vec<postgres::DbRow>),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlite::DbRows),
}

impl Rows {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        match &self.inner {
            Inner::Empty => 0,
            #[cfg(feature = "postgres")]
            Inner::Postgres(rows) => rows.len(),
            #[cfg(feature = "sqlite")]
            Inner::Sqlite(rows) => rows.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at an index.
    pub fn get(&self, index: usize) -> Option<Row<'_>> {
        match &self.inner {
            Inner::Empty => None,
            #[cfg(feature = "postgres")]
            Inner::Postgres(rows) => rows.get(index).map(Row::postgres),
            #[cfg(feature = "sqlite")]
            Inner::Sqlite(rows) => rows.get(index).map(Row::sqlite),
        }
    }

    /// Every row, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// Reads every row.
    pub fn read<T>(&self, read: fn(&mut Row<'_>) -> Result<T>) -> Result<Vec<T>> {
        let mut all = Vec::with_capacity(self.len());
        for mut row in self.iter() {
            all.push(read(&mut row)?);
        }
        Ok(all)
    }

    /// Reads the row that was asked for, or `Error::NotFound`.
    pub(crate) fn found<T>(&self, read: impl FnOnce(&mut Row<'_>) -> Result<T>) -> Result<T> {
        match self.get(0) {
            Some(mut row) => read(&mut row),
            None => Err(Error::NotFound),
        }
    }

    /// Reads the first row, if there is one.
    pub fn first<T>(&self, read: fn(&mut Row<'_>) -> Result<T>) -> Result<Option<T>> {
        self.get(0).map(|mut row| read(&mut row)).transpose()
    }
}

/// A row that stands on its own, as a stream hands it on.
#[derive(Debug)]
pub struct OwnedRow(pub(super) OwnedInner);

#[derive(Debug)]
pub(super) enum OwnedInner {
    #[cfg(feature = "postgres")]
    Postgres(postgres::DbRow),
    /// The rows that it came with, and its place among them.
    #[cfg(feature = "sqlite")]
    Sqlite(std::sync::Arc<sqlite::DbRows>, usize),
}

impl OwnedRow {
    /// The row, to be read.
    pub fn as_row(&self) -> Row<'_> {
        match &self.0 {
            #[cfg(feature = "postgres")]
            OwnedInner::Postgres(row) => Row::postgres(row),
            #[cfg(feature = "sqlite")]
            OwnedInner::Sqlite(rows, index) => Row::sqlite(rows.row(*index)),
        }
    }
}

/// Rows as they arrive.
pub struct RowStream(pub(super) Pin<Box<dyn Stream<Item = Result<OwnedRow>> + Send>>);

impl Stream for RowStream {
    type Item = Result<OwnedRow>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}
