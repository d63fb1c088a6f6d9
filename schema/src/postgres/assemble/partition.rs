//! Foreign keys that stand on the partitions and not on the partitioned table.
//!
//! Old schemas declare them so, for PostgreSQL 10 had no others, and the partition that was added last
//! often lacks them. What most partitions have is read as the table's; where one lacks it, as not validated.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Note;
use crate::postgres::catalog::{ConstraintRow, PartitionRow, RelationRow};

/// A foreign key that stands on most partitions, as the first of them spells it.
pub(super) struct SharedKey {
    pub(super) row: ConstraintRow,
    /// The leaves that have it.
    having: BTreeSet<u32>,
    leaves: usize,
}

/// The foreign keys that more than half of the leaves have.
pub(super) fn shared_keys(
    partitions: &[PartitionRow],
    constraints: &BTreeMap<u32, Vec<ConstraintRow>>,
) -> Vec<SharedKey> {
    let mut shared: Vec<SharedKey> = Vec::new();
    let leaves = partitions.iter().filter(|row| row.leaf);
    let count = leaves.clone().count();
    for row in leaves.flat_map(|leaf| constraints.get(&leaf.oid).into_iter().flatten()) {
        match shared.iter_mut().find(|key| same(&key.row, row)) {
            Some(key) => {
                key.having.insert(row.relation);
            }
            None => shared.push(SharedKey {
                row: row.clone(),
                having: BTreeSet::from([row.relation]),
                leaves: count,
            }),
        }
    }
    shared.retain(|key| key.having.len() * 2 > count);
    for key in &mut shared {
        key.row.validated &= key.having.len() == count;
    }
    shared
}

impl SharedKey {
    pub(super) fn note(&self, table: &RelationRow) -> Note {
        Note {
            subject: format!("{}.{}", table.schema, table.name),
            message: format!(
                "the foreign key ({}) stands on {} of {} partitions and is read as the table's, by the name `{}`",
                self.row.columns.join(", "),
                self.having.len(),
                self.leaves,
                self.row.name
            ),
        }
    }
}

/// Whether two foreign keys differ in nothing but their name and comment.
fn same(a: &ConstraintRow, b: &ConstraintRow) -> bool {
    let rule = |row: &ConstraintRow| {
        let codes = [&row.kind, &row.on_delete, &row.on_update, &row.match_type];
        (codes.map(Clone::clone), row.deferrable, row.deferred)
    };
    a.columns == b.columns
        && a.target_schema == b.target_schema
        && a.target_name == b.target_name
        && a.target_columns == b.target_columns
        && a.on_delete_columns == b.on_delete_columns
        && a.validated == b.validated
        && rule(a) == rule(b)
}
