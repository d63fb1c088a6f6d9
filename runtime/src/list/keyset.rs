//! The rows after a row, or before it, by what they are ordered by: no counting of what lies in front.
//!
//! The database puts nulls last going up and first going down, which an index can serve; so do these conditions.

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
    /// The columns that are sorted by, then those of the key; `None` without a key.
    pub(super) fn new(table: &'static Table, sort: &[Sort]) -> Option<Self> {
        if table.key.is_empty() {
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
            .map(|position| row.value_at(*position));
        Ok(key_text(&values.collect::<Result<Vec<_>>>()?))
    }

    /// The rows beyond the place that a URL has.
    pub(super) fn beyond(&self, cursor: &str, backward: bool) -> Result<Node> {
        let kinds: Vec<Kind> = self.columns.iter().map(|(column, _)| column.kind).collect();
        let values = key_values(&kinds, cursor).ok_or_else(|| {
            Error::BadRequest(
                "the place in the list cannot be read; begin at its first page".to_owned(),
            )
        })?;
        let columns: Vec<_> = self
            .columns
            .iter()
            .map(|(column, down)| (**column, *down != backward))
            .collect();
        Ok(beyond(&columns, values))
    }
}

fn beyond(columns: &[(ColumnDef, bool)], values: Vec<Option<Value>>) -> Node {
    let down = columns.first().is_some_and(|(_, down)| *down);
    let plain = columns
        .iter()
        .all(|(column, other)| !column.nullable && *other == down && !is_text_only(column));
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
        all.push(further(column, *down, value.as_ref()));
        any.push(Node::All(all));
        same.push(match value {
            Some(value) => Node::key(column, Comparison::Equal, value),
            None => Node::Test(*column, Test::Null),
        });
    }
    Node::Any(any)
}

fn further(column: &ColumnDef, down: bool, value: Option<&Value>) -> Node {
    let null = || Node::Test(*column, Test::Null);
    match (down, value) {
        (false, Some(value)) => {
            let greater = Node::key(column, Comparison::Greater, value.clone());
            if column.nullable {
                Node::Any(vec![greater, null()])
            } else {
                greater
            }
        }
        (false, None) => Node::Any(Vec::new()),
        (true, Some(value)) => Node::key(column, Comparison::Less, value.clone()),
        (true, None) => Node::Not(Box::new(null())),
    }
}

fn is_text_only(column: &ColumnDef) -> bool {
    matches!(column.kind, Kind::Raw | Kind::Json)
}
