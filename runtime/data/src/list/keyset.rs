//! The rows after a row, or before it, by what they are ordered by: no counting of what lies in front.
//!
//! PostgreSQL puts nulls last going up and first going down, SQLite the other way round: each has its indexes so,
//! and so do these conditions.

use super::Sort;
use super::cells::{self, Cell};
use crate::catalog::{
    ColumnDef, Comparison, RelationDef, Table, TableKind, Test, Tree, key_text, key_values,
};
use crate::database::{Dialect, Row};
use crate::error::{Error, Result};
use crate::model::Column;
use crate::query::OrderBy;
use crate::values::{Kind, Value};

/// What tells two rows of a table of SQLite apart where its key may not.
const ROW_ID: ColumnDef = Column::<(), i64>::new("rowid").def("Row ID");

/// The columns by which the rows of a list are ordered, so that no two rows are equal.
#[derive(Debug)]
pub(super) struct Keyset {
    dialect: Dialect,
    columns: Vec<(ColumnDef, bool)>,
    positions: Vec<usize>,
}

/// Some of the rows of a list.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) rows: Tree,
    /// In how many of the columns that they are ordered by all of them are equal.
    pub(super) equal: usize,
}

impl Keyset {
    /// The columns that are sorted by, then those of the key; `None` without a key that rows can be sorted by. After
    /// its columns, a row has the labels of relations.
    pub(super) fn new(
        dialect: Dialect,
        table: &'static Table,
        labels: &[RelationDef],
        sort: &[Sort],
    ) -> Option<Self> {
        let mut columns: Vec<_> = sort
            .iter()
            .map(|sort| (*sort.column, sort.descending))
            .collect();
        let descending = columns.last().is_some_and(|(_, descending)| *descending);
        for name in table.key {
            if !columns.iter().any(|(column, _)| column.name == *name) {
                columns.push((*table.column(name)?, descending));
            }
        }
        let positions = columns
            .iter()
            .filter_map(|(column, _)| table.position(column.name));
        let mut positions: Vec<usize> = positions.collect();
        if !has_sure_key(table) {
            if dialect != Dialect::Sqlite || !has_row_ids(table) {
                return None;
            }
            let widths = labels.iter().map(|label| 1 + (label.table)().key.len());
            positions.push(table.columns.len() + widths.sum::<usize>());
            columns.push((ROW_ID, descending));
        }
        Some(Self {
            dialect,
            columns,
            positions,
        })
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(column, _)| column.name).collect()
    }

    /// The orders, turned round for the rows before a row.
    pub(super) fn order(&self, backward: bool) -> Vec<OrderBy> {
        let columns = self.columns.iter();
        columns
            .map(|(column, descending)| OrderBy::column(column, *descending != backward))
            .collect()
    }

    /// Where a row stands, as a URL has it.
    pub(super) fn cursor(&self, row: &Row<'_>) -> Result<String> {
        if self.dialect == Dialect::Sqlite {
            let cells = self.positions.iter();
            return Ok(cells::write(
                cells.filter_map(|position| row.plain(*position)),
            ));
        }
        let values = self
            .positions
            .iter()
            .map(|position| Ok(marked(row.value_at(*position)?)));
        Ok(key_text(&values.collect::<Result<Vec<_>>>()?))
    }

    /// All rows, in parts that an index can find each: those with a value, and those without.
    pub(super) fn all(&self) -> Vec<Part> {
        let Some((column, _)) = self.columns.first().filter(|(column, _)| column.nullable) else {
            return Vec::new();
        };
        let null = Tree::test(column, Test::Null);
        let valued = Tree::Not(Box::new(null.clone()));
        [(valued, 0), (null, 1)]
            .map(|(rows, equal)| Part { rows, equal })
            .into()
    }

    /// The rows beyond the place that a URL has, in parts: which of several columns tells them apart from it.
    pub(super) fn beyond(&self, cursor: &str, backward: bool) -> Result<Vec<Part>> {
        let cells = match self.dialect {
            Dialect::Sqlite => cells::read(cursor, self.columns.len()),
            Dialect::Postgres => self.values(cursor),
        };
        let cells = cells.ok_or_else(|| {
            Error::BadRequest(
                "the place in the list cannot be read; begin at its first page".to_owned(),
            )
        })?;
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|(column, down)| (*column, *down != backward))
            .collect();
        Ok(beyond(self.dialect, &columns, cells))
    }

    fn values(&self, cursor: &str) -> Option<Vec<Cell>> {
        let kind = |(column, _): &(ColumnDef, bool)| match column.kind {
            Kind::Bytes => Kind::Raw,
            kind => kind,
        };
        let kinds: Vec<Kind> = self.columns.iter().map(kind).collect();
        let values = key_values(&kinds, cursor)?.into_iter().zip(&self.columns);
        let cell = |(value, (column, _)): (Option<Value>, &(ColumnDef, bool))| {
            let value = value.map(|value| unmarked(column, value));
            Cell::Value(value.unwrap_or(Value::Null))
        };
        Some(values.map(cell).collect())
    }
}

/// Whether the key tells every two rows apart, and rows can be sorted by it: a key of SQLite may be null in many rows.
fn has_sure_key(table: &Table) -> bool {
    let mut columns = table.key.iter().map(|name| table.column(name));
    let is_sure = |column: &ColumnDef| !column.row_id && !column.nullable;
    !table.key.is_empty() && columns.all(|column| column.is_some_and(is_sure))
}

/// Whether rows have a number of their own in SQLite, under a name that no column has.
fn has_row_ids(table: &Table) -> bool {
    let mut columns = table.columns.iter();
    table.kind == TableKind::Table
        && !columns.any(|column| column.name.eq_ignore_ascii_case(ROW_ID.name))
}

/// Bytes as SQL writes them, `x'00ff'`, so that they are known from a text with the same digits.
fn marked(value: Value) -> Value {
    match value {
        Value::Bytes(_) => Value::Text(format!("x'{value}'").into()),
        value => value,
    }
}

/// Such bytes again, in a column that may hold some.
fn unmarked(column: &ColumnDef, value: Value) -> Value {
    let (Kind::Bytes, Value::Text(text)) = (column.kind, &value) else {
        return value;
    };
    let digits = text
        .strip_prefix("x'")
        .and_then(|text| text.strip_suffix('\''));
    digits
        .and_then(|digits| Kind::Bytes.parse(digits).ok())
        .unwrap_or(value)
}

fn beyond(dialect: Dialect, columns: &[(ColumnDef, bool)], cells: Vec<Cell>) -> Vec<Part> {
    let down = columns.first().is_some_and(|(_, down)| *down);
    let plain = columns.iter().all(|(column, other)| {
        let nulls_ahead = column.nullable && nulls_ahead(dialect, *other);
        *other == down && !nulls_ahead && !is_text_only(column)
    });
    let values = cells.iter().map(|cell| match cell {
        Cell::Value(value) if *value != Value::Null => Some(value.clone()),
        Cell::Value(_) | Cell::Garbled(_) => None,
    });
    if plain && let Some(values) = values.collect::<Option<Vec<_>>>() {
        let columns = columns.iter().map(|(column, _)| *column).collect();
        let rows = Tree::Tuple(columns, further(down), values);
        return vec![Part { rows, equal: 0 }];
    }
    let mut parts = Vec::new();
    let mut same = Vec::new();
    for (equal, ((column, down), cell)) in columns.iter().zip(cells).enumerate() {
        for (ahead, is_equal) in ahead(dialect, column, *down, &cell) {
            let mut all = same.clone();
            all.push(ahead);
            let equal = equal + usize::from(is_equal);
            parts.push(Part {
                rows: Tree::All(all),
                equal,
            });
        }
        same.push(compare(column, Comparison::Equal, cell));
    }
    parts
}

/// The rows ahead of a cell, and whether the cells of all of them are equal.
fn ahead(dialect: Dialect, column: &ColumnDef, down: bool, cell: &Cell) -> Vec<(Tree, bool)> {
    let null = || Tree::test(column, Test::Null);
    let nulls_ahead = nulls_ahead(dialect, down);
    if *cell == Cell::Value(Value::Null) {
        return match nulls_ahead {
            true => Vec::new(),
            false => vec![(Tree::Not(Box::new(null())), false)],
        };
    }
    let beyond = (compare(column, further(down), cell.clone()), false);
    match nulls_ahead && column.nullable {
        true => vec![beyond, (null(), true)],
        false => vec![beyond],
    }
}

fn compare(column: &ColumnDef, comparison: Comparison, cell: Cell) -> Tree {
    match cell {
        Cell::Value(Value::Null) => Tree::test(column, Test::Null),
        Cell::Value(value) => Tree::key(column, comparison, value),
        Cell::Garbled(bytes) => Tree::test(column, Test::Garbled(comparison, bytes)),
    }
}

fn further(down: bool) -> Comparison {
    match down {
        true => Comparison::Less,
        false => Comparison::Greater,
    }
}

/// Whether rows without a value still lie ahead.
fn nulls_ahead(dialect: Dialect, down: bool) -> bool {
    match dialect {
        Dialect::Postgres => !down,
        Dialect::Sqlite => down,
    }
}

fn is_text_only(column: &ColumnDef) -> bool {
    matches!(column.kind, Kind::Raw | Kind::Json)
}
