//! What views read, show, and pass writes on to.

use super::Writer;
use crate::postgres::assemble::Origin;
use crate::postgres::catalog::ViewSourceRow;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Table, TableKind, Timing};

/// Bits by command number.
const UPDATE: i32 = 1 << 2;
const INSERT: i32 = 1 << 3;
const DELETE: i32 = 1 << 4;
const ALL: i32 = UPDATE | INSERT | DELETE;

impl Writer<'_> {
    pub(super) fn view_sources(&self, table: &Table) -> Vec<ViewSourceRow> {
        let sources = table.view.as_ref().map_or(&[][..], |view| &view.sources);
        let row = |(source, number): &(Oid, Option<i32>)| {
            let source = self.catalog.tables.get(source)?;
            let column = number.and_then(|number| source.numbered(number));
            Some(ViewSourceRow {
                view: table.oid,
                source: source.oid,
                schema: source.name.schema.clone(),
                name: source.name.name.clone(),
                number: column.map(|column| column.number),
                column: column.map(|column| column.name.clone()),
                not_null: column.is_some_and(|column| column.not_null),
            })
        };
        sources.iter().filter_map(row).collect()
    }

    pub(super) fn origins(&self, table: &Table) -> Vec<((Oid, i32), Origin)> {
        let columns = table.view.as_ref().map_or(&[][..], |view| &view.columns);
        let pairs = table
            .columns
            .iter()
            .zip(columns)
            .filter_map(|(column, shown)| {
                let origin = Origin {
                    column: shown.origin?,
                    nullable: shown.nullable,
                };
                Some(((table.oid, column.number), origin))
            });
        pairs.collect()
    }

    /// The commands that a relation takes, as a whole or for one of its columns.
    pub(super) fn commands(&self, table: &Table, column: Option<i32>) -> i32 {
        self.commands_within(table, column, 0)
    }

    fn commands_within(&self, table: &Table, column: Option<i32>, depth: usize) -> i32 {
        match table.kind {
            TableKind::Table | TableKind::Partitioned | TableKind::Foreign => return ALL,
            TableKind::MaterializedView => return 0,
            TableKind::View => {}
        }
        let mut commands = 0;
        for trigger in table
            .triggers
            .iter()
            .filter(|trigger| trigger.timing == Timing::InsteadOf)
        {
            commands |= if trigger.on_update { UPDATE } else { 0 };
            commands |= if trigger.on_insert { INSERT } else { 0 };
            commands |= if trigger.on_delete { DELETE } else { 0 };
        }
        for rule in &table.rules {
            commands |= rule.replaces.map_or(0, |command| 1 << command);
        }
        let Some(view) = &table.view else {
            return commands;
        };
        let target = view.writes_to.and_then(|oid| self.catalog.tables.get(&oid));
        let Some(target) = target.filter(|target| target.oid != table.oid && depth < 64) else {
            return commands;
        };
        let shown = table.columns.iter().zip(&view.columns);
        let mut direct = shown.filter(|(own, shown)| {
            shown.direct && column.is_none_or(|column| own.number == column)
        });
        let first = direct.next();
        let passed = if first.is_some() { ALL } else { DELETE };
        let inner = match (column, first) {
            (Some(_), Some((_, shown))) => shown.origin.map(|(_, number)| number),
            _ => None,
        };
        commands | passed & self.commands_within(target, inner, depth + 1)
    }

    /// Whether each row of a view is a row of the one table behind it.
    pub(super) fn is_simple(&self, table: &Table, depth: usize) -> bool {
        let view = table.view.as_ref();
        let target = view.and_then(|view| self.catalog.tables.get(&view.writes_to?));
        match table.kind {
            TableKind::Table | TableKind::Partitioned | TableKind::Foreign => true,
            TableKind::MaterializedView => false,
            TableKind::View => {
                target.is_some_and(|target| depth < 64 && self.is_simple(target, depth + 1))
            }
        }
    }

    /// Whether a value for the column of a view finds its way into a table.
    pub(super) fn takes_value(&self, table: &Table, column: i32) -> bool {
        let needed = UPDATE | DELETE;
        self.commands(table, Some(column)) & needed == needed
    }
}
