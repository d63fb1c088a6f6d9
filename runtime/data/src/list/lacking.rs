//! What is asked of a list that no index serves, and what is said instead of reading all rows.

use super::filter::Operator;
use super::load::Ask;
use super::page::Notice;
use super::served::{remedy, text_remedy};
use super::state::{ListState, Sort};
use crate::catalog::{ColumnDef, Table};
use crate::database::Storage;
use crate::query::Count;
use crate::values::Kind;

/// What no index serves of what a list is asked.
pub(super) struct Lacking {
    sort: Option<&'static ColumnDef>,
    filters: Vec<(&'static ColumnDef, Operator)>,
}

impl Lacking {
    /// What no index serves; nothing, if all of it is served.
    pub(super) fn of(
        ask: &Ask<'_>,
        list: &ListState,
        storage: &Storage,
        is_looked_up: bool,
    ) -> Option<Self> {
        // Whatever the search has found is put in order quickly.
        let sort = ask.order.first().filter(|_| !is_looked_up);
        let sort = sort.map(|sort: &Sort| sort.column);
        let filters = list.filters.iter();
        let lacking = Self {
            sort: sort.filter(|column| !storage.ordered.contains(column.name)),
            filters: filters
                .filter(|filter| !storage.finds(filter.column, filter.operator))
                .map(|filter| (filter.column, filter.operator))
                .collect(),
        };
        let is_far = ask.offset > 0;
        (lacking.sort.is_some() || !lacking.filters.is_empty() || is_far).then_some(lacking)
    }

    /// Why the page has no rows, and which indexes would serve it.
    pub(super) fn notice(&self, list: &ListState, storage: &Storage) -> Notice {
        let table = list.table;
        let about = about(table, storage);
        let mut remedies = Vec::new();
        let mut add = |remedy: String| {
            if !remedies.contains(&remedy) {
                remedies.push(remedy);
            }
        };
        for (column, operator) in &self.filters {
            add(match (operator, column.kind) {
                (Operator::Has | Operator::Starts, Kind::Text) => {
                    text_remedy(table, storage, column)
                }
                _ => remedy(table, storage, column),
            });
        }
        if let Some(column) = self.sort {
            add(remedy(table, storage, column));
        }
        let labels = self.filters.iter().map(|(column, _)| column.label);
        let labels: Vec<_> = labels.collect();
        let text = match (labels.is_empty(), self.sort) {
            (false, None) => format!(
                "{about}, and no index finds the ones with this {}.",
                labels.join(" and ")
            ),
            (true, Some(column)) => format!(
                "{about}, and no index has them in the order of {}.",
                column.label
            ),
            (false, Some(column)) => format!(
                "{about}, and no index finds the ones with this {}, or has them in the order of {}.",
                labels.join(" and "),
                column.label
            ),
            (true, None) => {
                format!("{about}, and they have no key: pages so far in cannot be reached.")
            }
        };
        // Where indexes play no part, none would help.
        match storage.is_indexed {
            true => Notice { text, remedies },
            false => Notice {
                text: format!("{about}, and to answer this most of them would have to be read."),
                remedies: Vec::new(),
            },
        }
    }
}

/// Why a page has no rows that took too long to read.
pub(super) fn too_long(list: &ListState) -> Notice {
    let plural = list.table.plural;
    let advice = match list.is_narrowed() {
        true => "Ask for less, or for something else.",
        false => "Search or filter them.",
    };
    Notice {
        text: format!("It took too long to read these {plural}, and was stopped. {advice}"),
        remedies: Vec::new(),
    }
}

fn about(table: &'static Table, storage: &Storage) -> String {
    format!("There are {}", Count::untold(table, storage.rows))
}
