//! What the runtime knows of a table, view or partitioned table.

use super::{ColumnDef, Constraint, ReferrerDef, RelationDef, Scope, Tree};
use crate::actor::{Action, Actor};
use crate::text::grouped;
use crate::values::Value;

/// What keeps the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// The database itself, in a table or the partitions of one.
    Table,
    /// The database itself, in a table of which the role may read some columns only: neither where a row lies, nor
    /// which transaction wrote it.
    PartialTable,
    /// Another server.
    ForeignTable,
    /// Other tables, which a view shows.
    View,
    /// The database itself, as a query had them when it was last refreshed.
    MaterializedView,
}

/// What the runtime knows of a table.
#[derive(Debug)]
pub struct Table {
    /// What keeps its rows.
    pub kind: TableKind,
    /// The schema in the database.
    pub schema: &'static str,
    /// The name in the database.
    pub name: &'static str,
    /// The URL of its list; empty if it has no pages.
    pub path: &'static str,
    /// What a person calls the table: `Films`.
    pub title: &'static str,
    /// What a person calls one row: `film`.
    pub singular: &'static str,
    /// What a person calls one row that is not known yet: `a film`.
    pub indefinite: &'static str,
    /// What a person calls several rows: `films`.
    pub plural: &'static str,
    /// The columns, in the order in which `from_row` reads them.
    pub columns: &'static [ColumnDef],
    /// The names of the key's columns; none for a view, or a table without a key.
    pub key: &'static [&'static str],
    /// The names of the columns that make up the label of a row.
    pub label: &'static [&'static str],
    /// The order of its list, as the list's URL has it: `-release_year,title`; empty for the order of the key.
    pub sort: &'static str,
    /// The rows that a row refers to.
    pub relations: &'static [RelationDef],
    /// The rows that refer to a row.
    pub referrers: &'static [ReferrerDef],
    /// The rows with which somebody may do something, where a policy says that it is not all of them.
    pub scope: Option<fn(&Actor, Action) -> Scope>,
    /// The rules of the table, for saying in words which of them was broken.
    pub constraints: &'static [Constraint],
}

impl Table {
    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&'static ColumnDef> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The column of a name, if a list may be asked about it.
    pub fn listed(&self, name: &str) -> Option<&'static ColumnDef> {
        self.column(name).filter(|column| !column.hidden)
    }

    /// That a row is one of those with which somebody may do something, if that is not all of them; what is done for nobody
    /// may be done with all.
    pub fn scope(&self, actor: Option<&Actor>, action: Action) -> Option<Tree> {
        let actor = actor?;
        if !actor.may(action, self) {
            return Some(Tree::Any(Vec::new()));
        }
        let Scope(condition) = self.scope?(actor, action);
        (!condition.is_empty()).then(|| Tree::Scope(Box::new(condition)))
    }

    /// Whether all its rows are seen, by whoever asks and whenever: what is asked about them then may be kept.
    pub fn is_seen_whole(&self, actor: Option<&Actor>) -> bool {
        actor.is_none_or(|actor| self.scope.is_none() && actor.may(Action::View, self))
    }

    /// Where a column stands among the columns.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The values of the key, of the values of a row.
    pub fn key_of(&self, values: &[Value]) -> Vec<Value> {
        let positions = self.key.iter().filter_map(|name| self.position(name));
        let values = positions.filter_map(|position| values.get(position));
        values.cloned().collect()
    }

    /// What a person calls so many rows: `1 film`, `1,000 films`.
    pub fn counted(&self, count: u64) -> String {
        let noun = if count == 1 {
            self.singular
        } else {
            self.plural
        };
        format!("{} {noun}", grouped(count))
    }
}

/// A name as a statement has it: `say "hi"` → `"say ""hi"""`.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
