//! The rows after a row, or before it, by what they are ordered by: no counting of what lies in front.
//!
//! PostgreSQL puts nulls last going up and first going down, SQLite the other way round: each has its indexes so,
//! and so do these conditions.

use crate::db::Dialect;
use crate::model::{ColumnDef, Table, key_text, key_values};
use crate::query::{Comparison, Node, OrderBy, Test};
use crate::row::Row;
use crate::types::Kind;
use crate::value::Value;

use super::Sort;
use crate::error::{Error, Result};

/// The columns by which the rows of a list are ordered, so that no two rows are equal.
#[derive(Debug)]
pub(super) struct Keyset {
    columns: Vec<(&'static ColumnDef, bool)>,
    positions: Vec<usize>,
}

impl Keyset {
    /// The columns that are sorted by, then those of the key; `None` without a key that rows can be sorted by.
    pub(super) fn new(table: &'static Table, sort: &[Sort]) -> Option<Self> {
        let is_row_id = |name| table.column(name).is_some_and(|column| column.row_id);
        if table.key.is_empty() || table.key.iter().any(|name| is_row_id(name)) {
            return None;
        }
        let mut columns: Vec<_> = sort
            .iter()
            .map(|sort| (sort.column, sort.descending))
            .collect();
        let descending = columns.last().is_some_and(|(_, descending)| *descending);
        for name in table.key {
            if !columns.iter().any(|(column, _)| column.name == *name) {
                columns.push((table.column(name)?, descending));
            }
        }
        let positions = columns
            .iter()
            .filter_map(|(column, _)| table.position(column.name));
        let positions = positions.collect();
        Some(Self { columns, positions })
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
        let values = self
            .positions
            .iter()
            .map(|position| Ok(marked(row.value_at(*position)?)));
        Ok(key_text(&values.collect::<Result<Vec<_>>>()?))
    }

    /// The rows beyond the place that a URL has.
    pub(super) fn beyond(&self, dialect: Dialect, cursor: &str, backward: bool) -> Result<Node> {
        let kind = |column: &ColumnDef| match (dialect, column.kind) {
            // A cell may hold anything, in any form: it is compared as it was found.
            (Dialect::Sqlite, _) | (_, Kind::Bytes) => Kind::Raw,
            (Dialect::Postgres, kind) => kind,
        };
        let kinds: Vec<Kind> = self
            .columns
            .iter()
            .map(|(column, _)| kind(column))
            .collect();
        let values = key_values(&kinds, cursor).ok_or_else(|| {
            Error::BadRequest(
                "the place in the list cannot be read; begin at its first page".to_owned(),
            )
        })?;
        let values = values
            .into_iter()
            .zip(&self.columns)
            .map(|(value, (column, _))| value.map(|value| unmarked(column, value)))
            .collect();
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|(column, down)| (**column, *down != backward))
            .collect();
        Ok(beyond(dialect, &columns, values))
    }
}

/// Bytes as SQL writes them, `x'00ff'`, so that they are known from a text with the same digits.
fn marked(value: Value) -> Value {
    match value {
        Value::Bytes(_) => Value::Text(format!("x'{value}'")),
        value => value,
    }
}

/// Such bytes again, in a column that may hold some.
fn unmarked(column: &ColumnDef, value: Value) -> Value {
    let (Kind::Bytes | Kind::Uuid, Value::Text(text)) = (column.kind, &value) else {
        return value;
    };
    let digits = text
        .strip_prefix("x'")
        .and_then(|text| text.strip_suffix('\''));
    digits
        .and_then(|digits| Kind::Bytes.parse(digits).ok())
        .unwrap_or(value)
}

fn beyond(dialect: Dialect, columns: &[(ColumnDef, bool)], values: Vec<Option<Value>>) -> Node {
    let down = columns.first().is_some_and(|(_, down)| *down);
    let plain = columns.iter().all(|(column, other)| {
        let nulls_ahead = column.nullable && nulls_ahead(dialect, *other);
        *other == down && !nulls_ahead && !is_text_only(column)
    });
    if plain && let Some(values) = values.iter().cloned().collect::<Option<Vec<_>>>() {
        let comparison = if down {
            Comparison::Less
        } else {
            Comparison::Greater
        };
        return Node::Tuple(
            columns.iter().map(|(column, _)| *column).collect(),
            comparison,
            values,
        );
    }
    let mut any = Vec::new();
    let mut same = Vec::new();
    for ((column, down), value) in columns.iter().zip(values) {
        let mut all = same.clone();
        all.push(further(dialect, column, *down, value.as_ref()));
        any.push(Node::All(all));
        same.push(match value {
            Some(value) => Node::key(column, Comparison::Equal, value),
            None => Node::Test(*column, Test::Null),
        });
    }
    Node::Any(any)
}

fn further(dialect: Dialect, column: &ColumnDef, down: bool, value: Option<&Value>) -> Node {
    let null = || Node::Test(*column, Test::Null);
    let nulls_ahead = nulls_ahead(dialect, down);
    let comparison = if down {
        Comparison::Less
    } else {
        Comparison::Greater
    };
    match value {
        Some(value) => {
            let beyond = Node::key(column, comparison, value.clone());
            if nulls_ahead && column.nullable {
                Node::Any(vec![beyond, null()])
            } else {
                beyond
            }
        }
        None if nulls_ahead => Node::Any(Vec::new()),
        None => Node::Not(Box::new(null())),
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
