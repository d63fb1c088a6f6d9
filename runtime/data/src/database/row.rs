//! One row that the database returned, read from left to right.

use crate::catalog::{ColumnDef, KeyText, Table};
use crate::error::{Error, Result};
use crate::values::{Cell, Datum, FieldType, Kind, RawCell, Stored, Value};

#[cfg(feature = "postgres")]
use crate::database::postgres;
#[cfg(feature = "sqlite")]
use crate::database::sqlite;

/// One row that the database returned, read from left to right.
#[derive(Debug)]
pub struct Row<'r> {
    cells: Cells<'r>,
    next: usize,
}

#[derive(Debug, Clone, Copy)]
enum Cells<'r> {
    #[cfg(feature = "postgres")]
    Postgres(&'r postgres::DbRow),
    #[cfg(feature = "sqlite")]
    Sqlite(sqlite::DbRow<'r>),
}

impl<'r> Row<'r> {
    #[cfg(feature = "postgres")]
    pub(crate) fn postgres(row: &'r postgres::DbRow) -> Self {
        Self {
            cells: Cells::Postgres(row),
            next: 0,
        }
    }

    #[cfg(feature = "sqlite")]
    pub(crate) fn sqlite(row: sqlite::DbRow<'r>) -> Self {
        Self {
            cells: Cells::Sqlite(row),
            next: 0,
        }
    }

    /// Reads the next cell.
    pub fn get<T: Cell>(&mut self) -> Result<T> {
        let index = self.next;
        self.next += 1;
        match self.plain(index).and_then(T::from_plain) {
            Some(value) => Ok(value),
            None => self.get_at(index),
        }
    }

    /// Reads a cell that is not just what its column is meant to hold.
    fn get_at<T: Cell>(&self, index: usize) -> Result<T> {
        match self.datum_of(index, &T::Base::KIND) {
            Ok(datum) => T::from_cell(datum).ok_or_else(|| self.misfit(index, &T::Base::KIND)),
            Err(reason) => Err(self.unreadable(index, &reason)),
        }
    }

    /// Reads the next cell, of whatever type it is.
    pub fn value(&mut self) -> Result<Value> {
        let index = self.next;
        self.next += 1;
        self.value_at(index)
    }

    /// The text of a label and the key, as a URL has it, of the row that it stands for.
    pub(crate) fn label_parts(&mut self, of: &Table) -> Result<Option<(String, KeyText)>> {
        let text: Option<String> = self.get()?;
        let first = self.next;
        self.next += of.key.len();
        let (key, is_null) = match (of.key, self.plain(first)) {
            ([_], Some(RawCell::Int(number))) => (KeyText::Number(number), false),
            ([name], _) => key_of(&[self.key_datum(of, name, first)?]),
            (names, _) => {
                let values = names.iter().zip(first..);
                let values = values.map(|(name, index)| self.key_datum(of, name, index));
                key_of(&values.collect::<Result<Vec<_>>>()?)
            }
        };
        if is_null && text.is_none() {
            return Ok(None);
        }
        Ok(Some((text.unwrap_or_else(|| key.to_string()), key)))
    }

    /// The values of the first columns, wherever reading has got to.
    pub(crate) fn values(&self, width: usize) -> Result<Vec<Value>> {
        (0..width).map(|index| self.value_at(index)).collect()
    }

    /// The cell at an index, whatever was read before.
    pub(crate) fn value_at(&self, index: usize) -> Result<Value> {
        self.datum(index)
            .map(Datum::into_owned)
            .map_err(|reason| self.unreadable(index, &reason))
    }

    /// The key of a row of a table, all of whose columns come first, as an address has it.
    pub(crate) fn key_text(&self, of: &Table) -> Result<KeyText> {
        let columns = of
            .key
            .iter()
            .filter_map(|name| Some((*name, of.position(name)?)));
        let values = columns.map(|(name, index)| self.key_datum(of, name, index));
        Ok(KeyText::of(&values.collect::<Result<Vec<_>>>()?))
    }

    /// The next cell as a value of a column; an error where it is null and the column, or the key, is not to be.
    pub(crate) fn value_of(&mut self, of: &Table, column: &ColumnDef) -> Result<Value> {
        let index = self.next;
        self.next += 1;
        let is_optional = column.nullable && !of.key.contains(&column.name);
        match self.datum_of(index, &column.kind) {
            Ok(Datum::Null) if !is_optional => Err(self.misfit(index, &column.kind)),
            Ok(datum) => Ok(datum.into_owned()),
            Err(reason) => Err(self.unreadable(index, &reason)),
        }
    }

    /// The cell at an index, of a column of a key, as an address has it.
    fn key_datum(&self, of: &Table, name: &str, index: usize) -> Result<Datum<'r>> {
        let is_raw = || (of.column(name)).is_some_and(|column| matches!(column.kind, Kind::Raw));
        match self.plain(index) {
            Some(cell @ (RawCell::Float(_) | RawCell::Text(_) | RawCell::Bytes(_))) if is_raw() => {
                Ok(Datum::Text(Stored::from(cell).to_address().into()))
            }
            _ => self
                .datum(index)
                .map_err(|reason| self.unreadable(index, &reason)),
        }
    }

    /// The cell at an index, where the database knows few kinds of values.
    #[inline(always)]
    pub(crate) fn plain(&self, index: usize) -> Option<RawCell<'r>> {
        match self.cells {
            #[cfg(feature = "postgres")]
            Cells::Postgres(_) => {
                let _ = index;
                None
            }
            #[cfg(feature = "sqlite")]
            Cells::Sqlite(row) => row.cell(index),
        }
    }

    /// The cell at an index, or what is wrong with it.
    #[inline]
    fn datum(&self, index: usize) -> Result<Datum<'r>, String> {
        match self.cells {
            #[cfg(feature = "postgres")]
            Cells::Postgres(row) if index < row.len() => row.datum(index),
            #[cfg(feature = "postgres")]
            Cells::Postgres(_) => Err(too_few()),
            #[cfg(feature = "sqlite")]
            Cells::Sqlite(row) => row.plain(index).ok_or_else(too_few),
        }
    }

    /// The cell at an index for a kind of values: a cell of SQLite says little about what it means.
    #[inline(always)]
    fn datum_of(&self, index: usize, kind: &Kind) -> Result<Datum<'r>, String> {
        match self.cells {
            #[cfg(feature = "sqlite")]
            Cells::Sqlite(row) => row.datum(index, kind).ok_or_else(too_few),
            #[cfg(feature = "postgres")]
            Cells::Postgres(_) => {
                let _ = kind;
                self.datum(index)
            }
        }
    }

    #[cold]
    fn unreadable(&self, index: usize, reason: &str) -> Error {
        self.fault(format!("column `{}`: {reason}", self.name(index)))
    }

    fn name(&self, index: usize) -> &str {
        match self.cells {
            #[cfg(feature = "postgres")]
            Cells::Postgres(row) => row.name(index),
            #[cfg(feature = "sqlite")]
            Cells::Sqlite(row) => row.name(index),
        }
    }

    #[cold]
    fn misfit(&self, index: usize, kind: &Kind) -> Error {
        let name = self.name(index);
        let found = match self.value_at(index) {
            Ok(Value::Null) => "is null, which the application does not expect".to_owned(),
            Ok(value) => format!("holds `{value}`, which is no {}", kind.words()),
            Err(error) => return error,
        };
        self.fault(format!(
            "column `{name}` {found}: run `umbel sync` if the schema changed"
        ))
    }

    /// Where columns hold nothing but values of their type, the column is another one than it was.
    fn fault(&self, reason: String) -> Error {
        match self.cells {
            #[cfg(feature = "postgres")]
            Cells::Postgres(_) => Error::Drifted(reason),
            #[cfg(feature = "sqlite")]
            Cells::Sqlite(_) => Error::Database(reason),
        }
    }
}

/// The key of these values, and whether all of them are null.
fn key_of(values: &[Datum<'_>]) -> (KeyText, bool) {
    let is_null = values.iter().all(|value| matches!(value, Datum::Null));
    (KeyText::of(values), is_null)
}

#[cold]
fn too_few() -> String {
    "the row has fewer columns than were asked for".to_owned()
}
