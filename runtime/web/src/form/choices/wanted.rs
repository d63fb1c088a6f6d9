//! The rows that a form offers for a search, and those that it offers without: of a large table, only what an index finds
//! or has in its order.

use std::sync::Arc;

use umbel_data::catalog::{Table, Tree};
use umbel_data::database::{Executor, Lists, Storage};
use umbel_data::list::{Ground, Lookup, search};
use umbel_data::query::Plan;
use umbel_data::storage;

use super::order;

/// A table that rows are chosen from.
pub(super) struct Wanted {
    table: &'static Table,
    /// All of its rows that may be seen.
    seen: Plan,
    /// How it is stored, if it is large.
    large: Option<(Arc<Storage>, Lists)>,
}

impl Wanted {
    pub(super) async fn of(db: &dyn Executor, table: &'static Table) -> Self {
        let storage = storage::storage(db, table).await;
        let storage = storage.filter(|storage| storage.rows.is_some() && storage.is_indexed);
        let lists = db.storages().map(|storages| storages.lists);
        let large = storage.zip(lists);
        Self {
            table,
            seen: Plan::seen(db, table),
            large,
        }
    }

    /// All rows that may be seen.
    pub(super) fn seen(&self) -> Plan {
        self.seen.clone()
    }

    /// So many rows: the first by their label, or if no index has that order, by their key.
    pub(super) fn first(&self, limit: u64) -> Plan {
        let label = self.table.label;
        let is_ordered = match (&self.large, label.first()) {
            (Some((storage, _)), Some(first)) => storage.ordered.contains(first),
            (Some(_), None) | (None, _) => true,
        };
        let mut plan = self.seen();
        plan.order = order(if is_ordered { label } else { &[] }, self.table);
        plan.limit = Some(limit);
        plan
    }

    /// So many of those that a search finds among the rows that meet a condition.
    pub(super) fn found(&self, text: &str, among: Tree, limit: u64) -> Plan {
        let mut plan = self.seen();
        plan.narrow(among);
        match self.lookup(text, &plan.filter) {
            None => plan.narrow(search(self.table, text)),
            Some(lookup) => {
                plan = Plan {
                    actor: plan.actor,
                    ..lookup.plan(self.table)
                }
            }
        }
        plan.order = order(self.table.label, self.table);
        plan.limit = Some(limit);
        plan
    }

    /// Where a large table was searched, in words.
    pub(super) fn looked(&self, text: &str) -> Option<String> {
        let lookup = self.lookup(text, &Tree::TRUE)?;
        Some(lookup.words)
    }

    fn lookup(&self, text: &str, among: &Tree) -> Option<Lookup> {
        let (storage, lists) = self.large.as_ref()?;
        let ground = Ground {
            table: self.table,
            storage,
            lists: *lists,
            unique: self.table.key.to_vec(),
            is_keyed: !self.table.key.is_empty(),
        };
        Some(Lookup::new(&ground, text, among))
    }
}
