//! How large what was read is: the queries that nothing but a search for missing indexes needs.

use std::collections::BTreeMap;

use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::Error;
use super::assemble::{build_index, by};
use super::catalog::{Catalog, CatalogRow, IndexColumnRow, IndexRow, Server, rows};
use crate::model::{Index, ObjectName, Partition, Size, Sizes, Trigrams};

rows! {
    SizeRow from "relations.sql" {
        relation: u32,
        rows: f64,
        uncounted: i64,
        main: i64,
        bytes: i64,
        index_bytes: i64,
        analysed: bool,
    }

    ValuesRow from "values.sql" {
        relation: u32,
        name: String,
        width: i32,
        is_of_few: bool,
    }

    LeafRow from "leaves.sql" {
        relation: u32,
        oid: u32,
        schema: String,
        name: String,
    }

    BuildingRow from "building.sql" {
        schema: String,
        name: String,
    }

    TrigramRow from "trigrams.sql" {
        schema: Option<String>,
        available: bool,
    }
}

/// The rows of all of these queries.
pub(super) struct Rows {
    sizes: Vec<SizeRow>,
    values: Vec<ValuesRow>,
    leaves: Vec<LeafRow>,
    indexes: Vec<IndexRow>,
    index_columns: Vec<IndexColumnRow>,
    building: Vec<BuildingRow>,
    trigrams: Vec<TrigramRow>,
}

impl Rows {
    /// Reads how large the relations of a catalog are, in two volleys.
    pub(super) async fn read(server: &Server<'_>, catalog: &Catalog) -> Result<Self, Error> {
        let ids: Vec<u32> = catalog.relations.iter().map(|row| row.oid).collect();
        let (sizes, values, leaves, building, trigrams) = futures_util::try_join!(
            server.rows_of::<SizeRow>(&ids, Type::OID_ARRAY),
            server.rows_of::<ValuesRow>(&ids, Type::OID_ARRAY),
            server.rows_of::<LeafRow>(&ids, Type::OID_ARRAY),
            server.rows::<BuildingRow>(),
            server.rows::<TrigramRow>(),
        )?;
        let leaf_ids: Vec<u32> = leaves.iter().map(|row| row.oid).collect();
        let (indexes, index_columns) = futures_util::try_join!(
            server.rows_of::<IndexRow>(&leaf_ids, Type::OID_ARRAY),
            server.rows_of::<IndexColumnRow>(&leaf_ids, Type::OID_ARRAY),
        )?;
        Ok(Self {
            sizes,
            values,
            leaves,
            indexes,
            index_columns,
            building,
            trigrams,
        })
    }

    /// What they come to.
    pub(super) fn sizes(self, catalog: &Catalog) -> Sizes {
        let mut sizes = by(self.sizes, |row| row.relation);
        let mut values = by(self.values, |row| row.relation);
        let mut leaves = by(self.leaves, |row| row.relation);
        let mut indexes = by(self.indexes, |row| row.relation);
        let mut elements = by(self.index_columns, |row| row.index);
        let mut partition = |row: LeafRow| Partition {
            indexes: leaf_indexes(indexes.remove(&row.oid), &mut elements),
            name: ObjectName::new(row.schema, row.name),
        };
        let mut relations = BTreeMap::new();
        for relation in &catalog.relations {
            let Some(row) = sizes.remove(&relation.oid).and_then(|mut rows| rows.pop()) else {
                continue;
            };
            let values = values.remove(&relation.oid).unwrap_or_default();
            // Whoever may read the table is told what the planner knows of it, unless policies hide rows.
            let is_told = relation.can_select && !relation.row_security;
            let partitions = leaves.remove(&relation.oid).unwrap_or_default();
            let name = ObjectName::new(relation.schema.clone(), relation.name.clone());
            let size = Size {
                rows: row.rows as u64,
                uncounted: unsigned(row.uncounted),
                bytes: Some(unsigned(row.bytes)),
                index_bytes: Some(unsigned(row.index_bytes)),
                analysed: row.is_analysed(!is_told || !values.is_empty()),
                of_few: values
                    .iter()
                    .filter(|row| row.is_of_few)
                    .map(|row| row.name.clone())
                    .collect(),
                widths: values
                    .into_iter()
                    .map(|row| (row.name, row.width.unsigned_abs()))
                    .collect(),
                partitions: partitions.into_iter().map(&mut partition).collect(),
            };
            relations.insert(name, size);
        }
        let trigrams = self.trigrams.into_iter().next();
        Sizes {
            relations,
            building: self
                .building
                .into_iter()
                .map(|row| ObjectName::new(row.schema, row.name))
                .collect(),
            trigrams: match trigrams {
                Some(TrigramRow {
                    schema: Some(schema),
                    ..
                }) => Trigrams::In(schema),
                Some(TrigramRow {
                    available: true, ..
                }) => Trigrams::Available,
                _ => Trigrams::Missing,
            },
        }
    }
}

impl SizeRow {
    /// Whether the planner knows what the columns hold, as far as can be told; `has_widths` where it says how wide they
    /// are, or must not say. Of nothing there is nothing to be known.
    fn is_analysed(&self, has_widths: bool) -> bool {
        // A new partition that is still small does not make the whole unknown.
        let is_counted = self.uncounted <= self.main / 10;
        let has_rows = self.rows >= 1.0;
        self.main == 0 || self.analysed && is_counted && (has_widths || !has_rows)
    }
}

fn leaf_indexes(
    rows: Option<Vec<IndexRow>>,
    elements: &mut BTreeMap<u32, Vec<IndexColumnRow>>,
) -> Vec<Index> {
    let rows = rows.into_iter().flatten();
    let mut indexes: Vec<Index> = rows
        .map(|row| {
            let elements = elements.remove(&row.oid).unwrap_or_default();
            build_index(row, elements)
        })
        .collect();
    indexes.sort_by(|a, b| a.name.cmp(&b.name));
    indexes
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
