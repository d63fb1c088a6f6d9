//! From catalog rows to the model: a pure function.
//!
//! The rows come from a live catalog, or from SQL files that were read as one.

mod column;
mod constraint;
mod index;
mod partition;
mod relation;
mod tree;
mod types;
mod unknown;
mod view;

use std::collections::BTreeMap;

use super::catalog::Catalog;
use crate::model::{Dialect, Note, ObjectName, Schema};
use relation::Parts;
use types::Types;

pub(super) use index::index as build_index;
pub(crate) use view::{Origin, Origins, origins};

/// Builds the model; every list is in the order of names, whatever the server's collation.
pub(crate) fn schema(catalog: Catalog, origins: Origins) -> Schema {
    let unknown = unknown::notes(&catalog);
    let types = Types::new(catalog.types, catalog.enum_labels, catalog.domain_checks);
    let columns = column::Columns::new(catalog.columns, catalog.sequences);
    let views = view::Views::new(
        &catalog.relations,
        &columns,
        &types,
        origins,
        catalog.view_sources,
    );
    let used = types.reachable(&catalog.asked, &catalog.relations, &columns);
    let composites = types.composites(&used, &columns);

    let partitions = by(catalog.partitions, |row| row.relation);
    let mut constraints = by(catalog.constraints, |row| row.relation);
    let mut notes: Vec<_> = catalog
        .notes
        .into_iter()
        .map(|row| Note {
            subject: row.subject,
            message: row.message,
        })
        .chain(unknown)
        .collect();
    for row in &catalog.relations {
        let leaves = partitions.get(&row.oid).map_or(&[][..], Vec::as_slice);
        let shared = partition::shared_keys(leaves, &constraints);
        notes.extend(shared.iter().map(|key| key.note(row)));
        let rows = shared.into_iter().map(|key| key.row);
        constraints.entry(row.oid).or_default().extend(rows);
    }

    let mut parts = Parts {
        columns,
        views,
        parents: by(catalog.parents, |row| row.relation),
        partitions,
        constraints,
        indexes: by(catalog.indexes, |row| row.relation),
        index_columns: by(catalog.index_columns, |row| row.index),
        triggers: by(catalog.triggers, |row| row.relation),
        policies: by(catalog.policies, |row| row.relation),
    };
    let mut relations: Vec<_> = catalog
        .relations
        .into_iter()
        .map(|row| parts.relation(row, &types))
        .collect();
    relations.sort_by(|a, b| a.name.cmp(&b.name));

    notes.sort_by(|a, b| (&a.subject, &a.message).cmp(&(&b.subject, &b.message)));
    Schema {
        dialect: Dialect::Postgres,
        origin: catalog.origin,
        role: catalog.role,
        relations,
        enums: types.enums(&used),
        domains: types.domains(&used),
        composites,
        ranges: types.ranges(&used),
        notes,
    }
}

/// Rows by what they belong to, each group in the order of the query.
pub(super) fn by<R>(rows: Vec<R>, owner: impl Fn(&R) -> u32) -> BTreeMap<u32, Vec<R>> {
    let mut groups: BTreeMap<u32, Vec<R>> = BTreeMap::new();
    for row in rows {
        groups.entry(owner(&row)).or_default().push(row);
    }
    groups
}

/// A name of which both parts are there, or neither.
fn name(schema: Option<String>, name: Option<String>) -> Option<ObjectName> {
    Some(ObjectName::new(schema?, name?))
}
