//! Which rows of a table are its newest.

use super::lookup::Ground;
use super::search::listed;
use crate::catalog::{ColumnDef, Test, Tree};
use crate::query::OrderBy;
use crate::text::grouped;
use crate::values::Kind;

/// The newest rows of a table, as far as an index tells which they are.
pub(super) struct Newest {
    /// The rows among which they are.
    pub(super) rows: Tree,
    /// The newest first.
    pub(super) order: Vec<OrderBy>,
    /// What a person calls them: `the newest 10,000 events`.
    pub(super) words: String,
}

impl Newest {
    /// So many of them: by a key that counts up, by a time, or else the last ones in the order of the key.
    pub(super) fn of(ground: &Ground<'_>) -> Self {
        let Ground { table, storage, .. } = ground;
        let rows = format!("{} {}", grouped(ground.lists.recent), table.plural);
        let all = Tree::TRUE;
        let key: Vec<&ColumnDef> = (table.key.iter())
            .filter_map(|name| table.column(name))
            .collect();
        let last = || {
            key.iter()
                .map(|column| OrderBy::column(column, true))
                .collect()
        };
        let dated = || {
            let mut columns = listed(table).filter(|column| storage.ordered.contains(column.name));
            columns.find(|column| is_time(column))
        };
        match (key.first().filter(|_| ground.is_keyed), dated()) {
            (Some(first), _) if is_number(first) => Self {
                rows: all,
                order: last(),
                words: format!("the newest {rows}"),
            },
            (_, Some(column)) => Self {
                rows: Tree::Not(Box::new(Tree::test(column, Test::Null))),
                order: vec![OrderBy::column(column, true)],
                words: format!("the newest {rows} by {}", column.label),
            },
            (Some(first), None) => Self {
                rows: all,
                order: last(),
                words: format!("the last {rows} by {}", first.label),
            },
            (None, None) => Self {
                rows: all,
                order: Vec::new(),
                words: rows,
            },
        }
    }
}

/// Whether values are numbers that count up, as those do that the database gives itself.
fn is_number(column: &ColumnDef) -> bool {
    matches!(column.kind, Kind::Int16 | Kind::Int32 | Kind::Int64)
}

fn is_time(column: &ColumnDef) -> bool {
    matches!(column.kind, Kind::Date | Kind::DateTime | Kind::Timestamp)
}
