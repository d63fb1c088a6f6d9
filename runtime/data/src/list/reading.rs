//! Takes the rows of a page as they arrive, and says why some could not be read.

use super::keyset::Keyset;
use super::load::CAP;
use super::page::SIZE;
use crate::catalog::Table;
use crate::database::{Row, Sink};
use crate::error::{Error, Result};
use crate::query::Count;
use crate::values::Value;

/// How many columns of a row without a key are said.
const SHOWN: usize = 3;

/// What gathers the rows of a page; what they are read as is known only where it is made.
pub(crate) trait Gather: Send {
    /// Reads a row and adds it.
    fn add(&mut self, row: &mut Row<'_>) -> Result<()>;

    /// Forgets all rows.
    fn clear(&mut self);

    /// Turns their order round.
    fn reverse(&mut self);
}

/// The rows of a page, read as `R`.
pub(crate) struct Gathered<R, F> {
    pub(crate) rows: Vec<R>,
    read: F,
}

impl<R, F: FnMut(&mut Row<'_>) -> Result<R>> Gathered<R, F> {
    pub(crate) fn new(read: F) -> Self {
        let rows = Vec::with_capacity(SIZE);
        Self { rows, read }
    }
}

impl<R: Send, F: FnMut(&mut Row<'_>) -> Result<R> + Send> Gather for Gathered<R, F> {
    fn add(&mut self, row: &mut Row<'_>) -> Result<()> {
        self.rows.push((self.read)(row)?);
        Ok(())
    }

    fn clear(&mut self) {
        self.rows.clear();
    }

    fn reverse(&mut self) {
        self.rows.reverse();
    }
}

/// Takes the rows of a page, and their number.
pub(super) struct Reading<'a> {
    pub(super) rows: &'a mut dyn Gather,
    table: &'static Table,
    keyset: Option<&'a Keyset>,
    /// How many rows there were: one more than the page has, where there is another page.
    pub(super) seen: usize,
    /// Where the first of them stands in the list.
    pub(super) first: Option<String>,
    /// Where the last one stands, if the page is full.
    pub(super) last: Option<String>,
    pub(super) total: Option<i64>,
    /// Why some could not be read.
    pub(super) unread: Vec<String>,
    /// What the database has changed, if that is why.
    drift: Option<Error>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        rows: &'a mut dyn Gather,
        table: &'static Table,
        keyset: Option<&'a Keyset>,
    ) -> Self {
        Self {
            rows,
            table,
            keyset,
            seen: 0,
            first: None,
            last: None,
            total: None,
            unread: Vec::new(),
            drift: None,
        }
    }

    /// Reads a row; one that cannot be read is left out, and said to be.
    fn add(&mut self, mut row: Row<'_>) -> Result<()> {
        self.seen += 1;
        match (self.seen, self.keyset) {
            (1, Some(keyset)) => self.first = Some(keyset.cursor(&row)?),
            (SIZE, Some(keyset)) => self.last = Some(keyset.cursor(&row)?),
            _ => {}
        }
        if self.seen <= SIZE
            && let Err(error) = self.rows.add(&mut row)
        {
            self.unread.push(unread(self.table, &row, &error));
            if let Error::Drifted(_) = error {
                self.drift.get_or_insert(error);
            }
        }
        Ok(())
    }

    /// What the database has changed, if no row of the page can be read any more.
    pub(super) fn drift(&mut self) -> Option<Error> {
        let is_none_read = self.unread.len() == self.seen.min(SIZE);
        self.drift.take().filter(|_| is_none_read)
    }

    /// How many rows the database has counted.
    pub(super) fn counted(&self, table: &'static Table) -> Count {
        let total = self.total.and_then(|total| u64::try_from(total).ok());
        Count::new(table, total.unwrap_or(0), CAP)
    }

    pub(super) fn is_more(&self) -> bool {
        self.seen > SIZE
    }
}

impl Sink for Reading<'_> {
    fn take(&mut self, statement: usize, mut row: Row<'_>) -> Result<()> {
        match statement {
            0 => self.add(row)?,
            _ => self.total = row.get()?,
        }
        Ok(())
    }

    fn restart(&mut self) {
        self.rows.clear();
        (self.seen, self.first, self.last, self.total) = (0, None, None, None);
        self.unread.clear();
        self.drift = None;
    }
}

/// Why a row is missing on the page.
fn unread(table: &'static Table, row: &Row<'_>, error: &Error) -> String {
    let mut keys = table.key.iter();
    let keyless = keys.find(|name| {
        let position = table.position(name);
        position
            .is_some_and(|position| row.value_at(position).is_ok_and(|cell| cell == Value::Null))
    });
    match keyless {
        Some(name) => format!(
            "{} has no key and so no page: its `{name}` is null{}",
            table.indefinite,
            others(table, row)
        ),
        None => format!("{} is not shown: {error}", name(table, row)),
    }
}

/// What a row without a key holds, so that it is known by that: `; name is Bob`.
fn others(table: &'static Table, row: &Row<'_>) -> String {
    let cells = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(index, column)| {
            let value = row.value_at(index).ok()?;
            let shown = !column.hidden && value != Value::Null;
            shown.then(|| format!("; {} is {value}", column.label))
        });
    cells.take(SHOWN).collect()
}

/// What a row that cannot be read is called: `film 42`.
fn name(table: &'static Table, row: &Row<'_>) -> String {
    let positions = table.key.iter().filter_map(|name| table.position(name));
    let key: Vec<String> = positions
        .map(|position| {
            row.value_at(position)
                .map_or_else(|_| "?".to_owned(), |value| value.to_string())
        })
        .collect();
    match key.as_slice() {
        [] => format!("one of the {}", table.plural),
        key => format!("{} {}", table.singular, key.join(", ")),
    }
}
