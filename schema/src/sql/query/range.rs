//! The tables that a query reads, with the columns that they offer it.

use super::{Columns, Shown};
use crate::sql::builtin::Oid;
use crate::sql::catalog::TypeUse;
use crate::sql::expression::{ColumnRef, Entry, Scope};
use crate::sql::syntax::{Kind, Node};

/// The tables of a FROM.
#[derive(Debug, Default)]
pub(super) struct Range {
    pub(super) tables: Vec<Table>,
    /// The columns that `*` stands for so far.
    pub(super) visible: Vec<ColumnRef>,
    /// Columns that USING joins, by the one that stands for both.
    pub(super) merged: Vec<(String, ColumnRef)>,
    /// Whether something stands in it that is not understood.
    pub(super) open: bool,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) schema: Option<String>,
    pub(super) name: String,
    /// The relation, if it is one and no subquery.
    pub(super) relation: Option<Oid>,
    pub(super) columns: Vec<Shown>,
    /// Whether it may have more columns than these.
    pub(super) open: bool,
    /// Whether an outer join can make its columns NULL.
    pub(super) padded: bool,
}

impl Range {
    /// Whether there may be more columns than are known.
    pub(super) fn is_open(&self) -> bool {
        self.open || self.tables.iter().any(|table| table.open)
    }

    /// What names mean behind this FROM.
    pub(super) fn scope(&self) -> Scope {
        let mut entries: Vec<Entry> = Vec::new();
        let merged = self.merged.iter().filter_map(|(name, column)| {
            let shown = self
                .tables
                .get(column.entry)?
                .columns
                .get(usize::try_from(column.number).ok()?)?;
            Some((name.clone(), *column, shown.ty.clone()))
        });
        entries.push(Entry {
            schema: None,
            name: String::new(),
            columns: merged.collect(),
            qualified_only: false,
        });
        for (index, table) in self.tables.iter().enumerate() {
            let columns = table.columns.iter().enumerate().map(|(number, column)| {
                let reference = reference(index, number);
                (column.name.clone(), reference, column.ty.clone())
            });
            entries.push(Entry {
                schema: table.schema.clone(),
                name: table.name.clone(),
                columns: columns.collect(),
                qualified_only: false,
            });
        }
        Scope {
            entries,
            ..Scope::default()
        }
    }

    /// What a column is as a column of the result.
    pub(super) fn shown(&self, column: &ColumnRef) -> Shown {
        self.by_reference(*column).unwrap_or_else(|| Shown {
            name: String::new(),
            ty: TypeUse::unknown(),
            origin: None,
            nullable: true,
        })
    }

    pub(super) fn by_reference(&self, column: ColumnRef) -> Option<Shown> {
        let table = self.tables.get(column.entry)?;
        let shown = table.columns.get(usize::try_from(column.number).ok()?)?;
        // Of a subquery PostgreSQL knows where a column comes from, and not that it cannot be NULL.
        let nullable = table.padded || table.relation.is_none() || shown.nullable;
        Some(Shown {
            nullable,
            ..shown.clone()
        })
    }

    /// The column of a relation that a reference means directly.
    pub(super) fn source(&self, column: ColumnRef) -> Option<(Oid, i32)> {
        let table = self.tables.get(column.entry)?;
        table.relation?;
        table
            .columns
            .get(usize::try_from(column.number).ok()?)?
            .origin
    }

    /// `t.*`
    pub(super) fn starred(&self, node: &Node) -> Columns {
        let name = node.children().next().map(|name| match name.kind() {
            Kind::FIELD_EXPR => name
                .children()
                .last()
                .map_or_else(String::new, |last| last.name()),
            _ => name.name(),
        });
        let mut tables = self.tables.iter();
        let Some(index) = tables.position(|table| Some(&table.name) == name.as_ref()) else {
            return Columns {
                shown: Vec::new(),
                open: true,
            };
        };
        let table = &self.tables[index];
        let columns = (0..table.columns.len()).map(|number| self.shown(&reference(index, number)));
        Columns {
            shown: columns.collect(),
            open: table.open,
        }
    }

    pub(super) fn all_columns(&self) -> Vec<Shown> {
        let tables = self.tables.iter().enumerate();
        let all = tables.flat_map(|(index, table)| {
            (0..table.columns.len()).map(move |number| reference(index, number))
        });
        all.map(|column| self.shown(&column)).collect()
    }

    pub(super) fn add(&mut self, table: Table) -> Vec<ColumnRef> {
        let index = self.tables.len();
        let count = table.columns.len();
        self.tables.push(table);
        (0..count).map(|number| reference(index, number)).collect()
    }

    pub(super) fn name_of(&self, column: &ColumnRef) -> &str {
        let table = self.tables.get(column.entry);
        let shown = table.and_then(|table| table.columns.get(usize::try_from(column.number).ok()?));
        shown.map_or("", |shown| &shown.name)
    }
}

fn reference(entry: usize, number: usize) -> ColumnRef {
    ColumnRef {
        entry,
        number: i32::try_from(number).unwrap_or(i32::MAX),
    }
}

impl Table {
    /// `AS t (a, b)`
    pub(super) fn rename(&mut self, alias: Option<&Node>) {
        let Some(alias) = alias else {
            return;
        };
        if let Some(name) = alias.child(Kind::TABLE_ALIAS) {
            self.name = name.name();
        }
        if let Some(list) = alias.child(Kind::COLUMN_LIST) {
            for (column, name) in self.columns.iter_mut().zip(list.names(Kind::COLUMN_NAME)) {
                column.name = name;
            }
        }
    }
}
