//! The catalog as the rows that a live one answers with: what follows from them is assembled in one place.

mod constraint;
mod definition;
mod index;
mod relation;
mod types;
mod view;

use std::collections::{BTreeMap, BTreeSet};

use super::builtin::Oid;
use super::catalog::{Catalog, Sequence, Table, TableKind};
use super::expression::{Deparser, Expression};
use crate::postgres::assemble::Origins;
use crate::postgres::catalog as rows;

/// The rows of the schemas that were asked for, and where the columns of their views come from.
pub(super) fn rows(catalog: &Catalog, asked: &[String]) -> (rows::Catalog, Origins) {
    let mut by_table: BTreeMap<Oid, Vec<Oid>> = BTreeMap::new();
    for index in catalog.indexes.values() {
        by_table.entry(index.table).or_default().push(index.oid);
    }
    let mut owned: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for sequence in catalog.sequences.values() {
        if let Some(owner) = sequence.owner {
            owned.entry(owner).or_default().push(sequence);
        }
    }
    let writer = Writer {
        by_table,
        owned,
        catalog,
        asked,
    };
    let shown: Vec<&Table> = catalog
        .tables
        .values()
        .filter(|table| writer.is_shown(table))
        .collect();
    let types = writer.types();
    // Columns are those of relations, and of every type that is made of some.
    let composites = types.iter().filter_map(|row| row.relation);
    let with_columns: BTreeSet<Oid> = shown
        .iter()
        .map(|table| table.oid)
        .chain(composites)
        .collect();
    let made = rows::Catalog {
        role: None,
        origin: None,
        asked: asked.to_vec(),
        relations: shown.iter().map(|table| writer.relation(table)).collect(),
        parents: shown
            .iter()
            .flat_map(|table| writer.parents(table))
            .collect(),
        partitions: shown
            .iter()
            .flat_map(|table| writer.partitions(table))
            .collect(),
        columns: with_columns
            .iter()
            .flat_map(|oid| writer.columns(*oid))
            .collect(),
        sequences: shown
            .iter()
            .flat_map(|table| writer.sequences(table))
            .collect(),
        constraints: shown
            .iter()
            .flat_map(|table| writer.constraints(table))
            .collect(),
        indexes: shown
            .iter()
            .flat_map(|table| writer.indexes(table))
            .collect(),
        index_columns: shown
            .iter()
            .flat_map(|table| writer.index_columns(table))
            .collect(),
        triggers: shown
            .iter()
            .flat_map(|table| writer.triggers(table))
            .collect(),
        policies: shown
            .iter()
            .flat_map(|table| writer.policies(table))
            .collect(),
        enum_labels: writer.enum_labels(),
        domain_checks: writer.domain_checks(),
        types,
        view_rules: Vec::new(),
        view_sources: shown
            .iter()
            .flat_map(|table| writer.view_sources(table))
            .collect(),
        notes: shown.iter().flat_map(|table| writer.notes(table)).collect(),
    };
    let origins = shown
        .iter()
        .flat_map(|table| writer.origins(table))
        .collect();
    (made, origins)
}

struct Writer<'a> {
    /// The indexes of each table.
    by_table: BTreeMap<Oid, Vec<Oid>>,
    /// The sequences of each column.
    owned: BTreeMap<(Oid, i32), Vec<&'a Sequence>>,
    catalog: &'a Catalog,
    asked: &'a [String],
}

impl Writer<'_> {
    /// Whether a table is among those that were asked for; a partition is not, where its root is.
    fn is_shown(&self, table: &Table) -> bool {
        let asked = |table: &Table| !table.temporary && self.asked.contains(&table.name.schema);
        asked(table) && (table.partition_of.is_none() || !asked(self.root(table)))
    }

    fn root<'b>(&'b self, table: &'b Table) -> &'b Table {
        let mut root = table;
        let mut passed = 0;
        while let Some(parent) = root
            .partition_of
            .and_then(|oid| self.catalog.tables.get(&oid))
        {
            root = parent;
            passed += 1;
            if passed > self.catalog.tables.len() {
                break;
            }
        }
        root
    }

    /// Every partition below a table, at any level.
    fn below(&self, table: &Table) -> Vec<&Table> {
        let mut found: Vec<&Table> = Vec::new();
        let mut open = vec![table.oid];
        while let Some(parent) = open.pop() {
            for part in self
                .catalog
                .tables
                .values()
                .filter(|part| part.partition_of == Some(parent))
            {
                if !found.iter().any(|known| known.oid == part.oid) {
                    found.push(part);
                    open.push(part.oid);
                }
            }
        }
        found
    }

    /// An expression as PostgreSQL writes it.
    fn text(&self, table: Option<Oid>, expression: &Expression) -> String {
        let deparser = Deparser {
            catalog: self.catalog,
            table,
            entries: &[],
            pretty: false,
        };
        deparser.text(expression)
    }

    fn names(&self, table: &Table, numbers: &[i32]) -> Vec<String> {
        numbers
            .iter()
            .map(|number| table.column_name(*number))
            .collect()
    }
}

fn kind(table: TableKind) -> &'static str {
    match table {
        TableKind::Table => "r",
        TableKind::Partitioned => "p",
        TableKind::Foreign => "f",
        TableKind::View => "v",
        TableKind::MaterializedView => "m",
    }
}
