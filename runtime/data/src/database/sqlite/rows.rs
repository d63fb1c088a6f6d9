//! The rows that SQLite returns: read where they are, or copied out of it into few large pieces of memory, whatever the
//! number of cells.

use rusqlite::types::ValueRef;

use crate::values::{Datum, Kind, RawCell};

/// The rows that SQLite returned.
#[derive(Debug, Default)]
pub(crate) struct DbRows {
    /// The names of the columns, each with a zero behind it: SQLite's names have none.
    names: String,
    width: usize,
    cells: Vec<Stored>,
    texts: String,
    bytes: Vec<u8>,
}

/// A cell; texts and bytes lie elsewhere, from a place to a place.
#[derive(Debug, Clone, Copy)]
enum Stored {
    Null,
    Int(i64),
    Float(f64),
    Text(usize, usize),
    /// What is meant to be text, but is no UTF-8, lies among the bytes.
    Garbled(usize, usize),
    Bytes(usize, usize),
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DbRow<'r> {
    /// That at which a statement stands: nothing of it is copied before its Rust type is known.
    Live(&'r rusqlite::Row<'r>),
    /// One of those that were copied, by its index.
    Kept(&'r DbRows, usize),
}

impl DbRows {
    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or(0)
    }

    /// The row at an index.
    pub(crate) fn get(&self, index: usize) -> Option<DbRow<'_>> {
        (index < self.len()).then_some(self.row(index))
    }

    /// Takes the names of the columns from the statement, and makes space for its rows.
    fn describe(&mut self, statement: &rusqlite::Statement<'_>) {
        self.width = statement.column_count();
        for name in statement.column_names() {
            self.names.push_str(name);
            self.names.push('\0');
        }
        self.cells.reserve(self.width * ROWS);
        self.texts.reserve(TEXTS);
    }

    fn text(&mut self, text: &str) -> Stored {
        let start = self.texts.len();
        self.texts.push_str(text);
        Stored::Text(start, self.texts.len())
    }

    fn bytes(&mut self, bytes: &[u8]) -> (usize, usize) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        (start, self.bytes.len())
    }

    fn cell(&self, row: usize, index: usize) -> Option<RawCell<'_>> {
        if index >= self.width {
            return None;
        }
        let stored = self.cells.get(row * self.width + index)?;
        Some(match *stored {
            Stored::Null => RawCell::Null,
            Stored::Int(number) => RawCell::Int(number),
            Stored::Float(number) => RawCell::Float(number),
            Stored::Text(start, end) => RawCell::Text(&self.texts[start..end]),
            Stored::Garbled(start, end) => RawCell::Garbled(&self.bytes[start..end]),
            Stored::Bytes(start, end) => RawCell::Bytes(&self.bytes[start..end]),
        })
    }

    /// The row at an index that is known to have one; else a row without cells.
    pub(crate) fn row(&self, index: usize) -> DbRow<'_> {
        DbRow::Kept(self, index)
    }
}

impl<'r> DbRow<'r> {
    /// The name of a column.
    pub(crate) fn name(self, index: usize) -> &'r str {
        let name = match self {
            Self::Live(row) => row.as_ref().column_name(index).ok(),
            Self::Kept(rows, _) => rows.names.split('\0').nth(index),
        };
        name.unwrap_or_default()
    }

    /// A cell as what its column is meant to hold; as it is, where it is nothing of the kind.
    #[inline(always)]
    pub(crate) fn datum(self, index: usize, kind: &Kind) -> Option<Datum<'r>> {
        Some(kind.of_cell(self.cell(index)?))
    }

    /// A cell as it is.
    pub(crate) fn plain(self, index: usize) -> Option<Datum<'r>> {
        self.cell(index).map(Datum::from)
    }

    /// A cell, if there is one at the index.
    #[inline(always)]
    pub(crate) fn cell(self, index: usize) -> Option<RawCell<'r>> {
        match self {
            Self::Live(row) => row.get_ref(index).ok().map(live),
            Self::Kept(rows, row) => rows.cell(row, index),
        }
    }
}

/// A cell of the row at which a statement stands.
#[inline(always)]
pub(super) fn live(cell: ValueRef<'_>) -> RawCell<'_> {
    match cell {
        ValueRef::Null => RawCell::Null,
        ValueRef::Integer(number) => RawCell::Int(number),
        ValueRef::Real(number) => RawCell::Float(number),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => RawCell::Text(text),
            Err(_) => RawCell::Garbled(bytes),
        },
        ValueRef::Blob(bytes) => RawCell::Bytes(bytes),
    }
}

/// For how many rows, and for how many bytes of text, there is space before there must be more.
const ROWS: usize = 64;
const TEXTS: usize = 4096;

/// Collects rows while a statement runs.
#[derive(Debug, Default)]
pub(super) struct Collector(DbRows);

impl Collector {
    /// Copies a row.
    pub(super) fn push(&mut self, row: &rusqlite::Row<'_>) -> rusqlite::Result<()> {
        let rows = &mut self.0;
        if rows.cells.is_empty() {
            rows.describe(row.as_ref());
        }
        for index in 0..rows.width {
            let stored = match live(row.get_ref(index)?) {
                RawCell::Null => Stored::Null,
                RawCell::Int(number) => Stored::Int(number),
                RawCell::Float(number) => Stored::Float(number),
                RawCell::Text(text) => rows.text(text),
                RawCell::Garbled(bytes) => {
                    let (start, end) = rows.bytes(bytes);
                    Stored::Garbled(start, end)
                }
                RawCell::Bytes(bytes) => {
                    let (start, end) = rows.bytes(bytes);
                    Stored::Bytes(start, end)
                }
            };
            rows.cells.push(stored);
        }
        Ok(())
    }

    /// The rows.
    pub(super) fn finish(self) -> DbRows {
        self.0
    }
}
