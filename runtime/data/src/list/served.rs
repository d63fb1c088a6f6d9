//! What a list over a large table can be asked, because an index serves it, and what it cannot.

use super::filter::Operator;
use super::state::ListState;
use crate::catalog::{ColumnDef, Table, quoted};
use crate::database::{Storage, TextIndex};
use crate::values::Kind;

/// A column by which a large table cannot be sorted or filtered, for want of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unserved {
    /// What a person calls the column.
    pub label: &'static str,
    /// The statement that makes the index.
    pub remedy: String,
}

impl ListState {
    /// Whether the rows can be sorted by a column.
    pub(super) fn orders(&self, column: &ColumnDef) -> bool {
        let Some(storage) = self.lacking() else {
            return true;
        };
        !storage.is_indexed || storage.ordered.contains(column.name)
    }

    /// Whether the rows can be filtered by a column.
    pub(super) fn filters(&self, column: &ColumnDef, operator: Operator) -> bool {
        let Some(storage) = &self.storage else {
            return true;
        };
        let is_weighed = || storage.weighed.contains(column.name);
        !storage.is_indexed || storage.finds(column, operator) || is_weighed()
    }

    /// How the table is stored, if that matters.
    fn lacking(&self) -> Option<&Storage> {
        self.storage.as_deref().filter(|_| !self.is_few)
    }

    /// The columns by which the rows cannot be sorted or filtered.
    pub fn unserved(&self) -> Vec<Unserved> {
        let Some(storage) = self.lacking() else {
            return Vec::new();
        };
        let listed = self.table.columns.iter().filter(|column| !column.hidden);
        let unserved = listed.filter(|column| {
            let mut operators = Operator::ALL.into_iter();
            let asks = |operator: Operator| operator.suits(column) && operator.is_offered(column);
            let filters =
                operators.any(|operator| asks(operator) && self.filters(column, operator));
            column.is_ordered() && !self.orders(column) && !filters
        });
        unserved
            .map(|column| Unserved {
                label: column.label,
                remedy: remedy(self.table, storage, column),
            })
            .collect()
    }
}

impl Storage {
    /// Whether an index finds the rows that a filter asks for.
    pub(super) fn finds(&self, column: &ColumnDef, operator: Operator) -> bool {
        let is_text = matches!(column.kind, Kind::Text);
        match operator {
            Operator::Has if is_text => self.has_trigrams(column),
            Operator::Starts => self.has_trigrams(column),
            _ => self.found.contains(column.name),
        }
    }

    /// Whether an index finds what stands anywhere in a column.
    pub(super) fn has_trigrams(&self, column: &ColumnDef) -> bool {
        self.texts.contains(&TextIndex::Trigrams(column.name))
    }
}

/// The statement that makes the index by which a large table can be sorted and filtered by a column.
pub(super) fn remedy(table: &Table, storage: &Storage, column: &ColumnDef) -> String {
    index(table, storage, column, &quoted(column.name))
}

/// The statements that make the index that finds what stands anywhere in a column.
pub(super) fn text_remedy(table: &Table, storage: &Storage, column: &ColumnDef) -> String {
    let key = format!("{} gin_trgm_ops", quoted(column.name));
    let index = index(table, storage, column, &key).replacen(" (", " USING gin (", 1);
    format!("CREATE EXTENSION IF NOT EXISTS pg_trgm;\n{index}")
}

fn index(table: &Table, storage: &Storage, column: &ColumnDef, key: &str) -> String {
    let (schema, name) = (quoted(table.schema), quoted(table.name));
    match (storage.cost > 0.0, storage.is_partitioned) {
        // What SQLite says of its plans has no cost.
        (false, _) => {
            let index = quoted(&format!("{}_{}", table.name, column.name));
            format!("CREATE INDEX {index} ON {name} ({key});")
        }
        (true, true) => format!("CREATE INDEX ON {schema}.{name} ({key});"),
        (true, false) => format!("CREATE INDEX CONCURRENTLY ON {schema}.{name} ({key});"),
    }
}
