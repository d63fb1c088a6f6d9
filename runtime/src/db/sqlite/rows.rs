//! The rows that SQLite returned, copied out of it: few large pieces of memory, whatever the number of cells.

use rusqlite::types::ValueRef;

use super::decode::{decode, plain};
use crate::datum::Datum;
use crate::types::Kind;

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
    Bytes(usize, usize),
}

/// A cell as SQLite has it: any kind of value, whatever the column's type.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell<'r> {
    Null,
    Int(i64),
    Float(f64),
    Text(&'r str),
    Bytes(&'r [u8]),
}

/// One row among others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DbRow<'r> {
    rows: &'r DbRows,
    index: usize,
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

    /// The row at an index that is known to have one; else a row without cells.
    pub(crate) fn row(&self, index: usize) -> DbRow<'_> {
        DbRow { rows: self, index }
    }
}

impl<'r> DbRow<'r> {
    /// The name of a column.
    pub(crate) fn name(self, index: usize) -> &'r str {
        self.rows.names.split('\0').nth(index).unwrap_or_default()
    }

    /// A cell as what its column is meant to hold; as it is, where it is nothing of the kind.
    #[inline(always)]
    pub(crate) fn datum(self, index: usize, kind: &Kind) -> Option<Datum<'r>> {
        Some(decode(kind, self.cell(index)?))
    }

    /// A cell as it is.
    pub(crate) fn plain(self, index: usize) -> Option<Datum<'r>> {
        Some(plain(self.cell(index)?))
    }

    #[inline(always)]
    fn cell(self, index: usize) -> Option<Cell<'r>> {
        if index >= self.rows.width {
            return None;
        }
        let stored = self.rows.cells.get(self.index * self.rows.width + index)?;
        Some(match *stored {
            Stored::Null => Cell::Null,
            Stored::Int(number) => Cell::Int(number),
            Stored::Float(number) => Cell::Float(number),
            Stored::Text(start, end) => Cell::Text(&self.rows.texts[start..end]),
            Stored::Bytes(start, end) => Cell::Bytes(&self.rows.bytes[start..end]),
        })
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
            let stored = match row.get_ref(index)? {
                ValueRef::Null => Stored::Null,
                ValueRef::Integer(number) => Stored::Int(number),
                ValueRef::Real(number) => Stored::Float(number),
                ValueRef::Text(bytes) => {
                    let start = rows.texts.len();
                    match std::str::from_utf8(bytes) {
                        Ok(text) => rows.texts.push_str(text),
                        Err(_) => rows.texts.push_str(&String::from_utf8_lossy(bytes)),
                    }
                    Stored::Text(start, rows.texts.len())
                }
                ValueRef::Blob(bytes) => {
                    let start = rows.bytes.len();
                    rows.bytes.extend_from_slice(bytes);
                    Stored::Bytes(start, rows.bytes.len())
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
