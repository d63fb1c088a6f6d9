//! Relations, put together from the rows that belong to each.

use std::collections::BTreeMap;

use super::column::Columns;
use super::constraint::Constraints;
use super::index::index;
use super::types::Types;
use super::view::Views;
use crate::model::{
    Index, ObjectName, Persistence, Policy, Privileges, Relation, RelationKind, Trigger,
};
use crate::postgres::catalog::{
    ConstraintRow, IndexColumnRow, IndexRow, ParentRow, PartitionRow, PolicyRow, RelationRow,
    TriggerRow,
};

/// What belongs to relations, by `pg_class.oid`; the elements of indexes by that of the index.
pub(super) struct Parts {
    pub(super) columns: Columns,
    pub(super) views: Views,
    pub(super) parents: BTreeMap<u32, Vec<ParentRow>>,
    pub(super) partitions: BTreeMap<u32, Vec<PartitionRow>>,
    pub(super) constraints: BTreeMap<u32, Vec<ConstraintRow>>,
    pub(super) indexes: BTreeMap<u32, Vec<IndexRow>>,
    pub(super) index_columns: BTreeMap<u32, Vec<IndexColumnRow>>,
    pub(super) triggers: BTreeMap<u32, Vec<TriggerRow>>,
    pub(super) policies: BTreeMap<u32, Vec<PolicyRow>>,
}

impl Parts {
    /// Builds a relation, taking what belongs to it.
    pub(super) fn relation(&mut self, row: RelationRow, types: &Types) -> Relation {
        let oid = row.oid;
        let constraints = Constraints::new(self.constraints.remove(&oid).unwrap_or_default());
        let parents = self.parents.remove(&oid).unwrap_or_default();
        let partitions = self.partitions.remove(&oid).unwrap_or_default();
        Relation {
            kind: kind(&row.kind),
            persistence: match row.persistence.as_str() {
                "u" => Persistence::Unlogged,
                _ => Persistence::Permanent,
            },
            columns: self
                .columns
                .model(oid, types, |column| self.views.not_null(oid, column.number)),
            primary_key: constraints.primary_key,
            uniques: constraints.uniques,
            foreign_keys: constraints.foreign_keys,
            checks: constraints.checks,
            exclusions: constraints.exclusions,
            indexes: self.indexes(oid),
            triggers: self.triggers(oid),
            parents: parents
                .into_iter()
                .map(|row| ObjectName::new(row.schema, row.name))
                .collect(),
            partitions: sorted_names(
                partitions
                    .into_iter()
                    .map(|row| ObjectName::new(row.schema, row.name)),
            ),
            view: self.views.view(&row, &self.columns),
            policies: self.policies(oid),
            estimated_rows: row.estimated_rows.and_then(|rows| u64::try_from(rows).ok()),
            privileges: Privileges {
                select: row.can_select,
                insert: row.can_insert,
                update: row.can_update,
                delete: row.can_delete,
            },
            name: ObjectName::new(row.schema, row.name),
            comment: row.comment,
            partition_key: row.partition_key,
            row_security: row.row_security,
            identifier: Some(oid),
        }
    }

    fn indexes(&mut self, relation: u32) -> Vec<Index> {
        let rows = self.indexes.remove(&relation).unwrap_or_default();
        let build = |row: IndexRow| {
            let elements = self.index_columns.remove(&row.oid).unwrap_or_default();
            index(row, elements)
        };
        let mut indexes: Vec<_> = rows.into_iter().map(build).collect();
        indexes.sort_by(|a, b| a.name.cmp(&b.name));
        indexes
    }

    fn triggers(&mut self, relation: u32) -> Vec<Trigger> {
        let rows = self.triggers.remove(&relation).unwrap_or_default();
        let mut triggers: Vec<_> = rows.into_iter().map(trigger).collect();
        triggers.sort_by(|a, b| a.name.cmp(&b.name));
        triggers
    }

    fn policies(&mut self, relation: u32) -> Vec<Policy> {
        let rows = self.policies.remove(&relation).unwrap_or_default();
        let mut policies: Vec<_> = rows.into_iter().map(policy).collect();
        policies.sort_by(|a, b| a.name.cmp(&b.name));
        policies
    }
}

fn kind(code: &str) -> RelationKind {
    match code {
        "p" => RelationKind::PartitionedTable,
        "f" => RelationKind::ForeignTable,
        "v" => RelationKind::View,
        "m" => RelationKind::MaterializedView,
        _ => RelationKind::Table,
    }
}

/// The bits are those of `pg_trigger.tgtype`.
fn trigger(row: TriggerRow) -> Trigger {
    let has = |bit| row.bits & bit != 0;
    Trigger {
        before: has(1 << 1),
        on_insert: has(1 << 2),
        instead: has(1 << 6),
        on_delete: has(1 << 3),
        on_update: has(1 << 4),
        name: row.name,
        definition: row.definition,
        enabled: row.enabled,
        update_columns: row.update_columns,
        function: ObjectName::new(row.function_schema, row.function_name),
    }
}

fn policy(row: PolicyRow) -> Policy {
    Policy {
        name: row.name,
        command: row.command,
        permissive: row.permissive,
        roles: row.roles,
        using: row.using,
        check: row.check,
    }
}

fn sorted_names(names: impl Iterator<Item = ObjectName>) -> Vec<ObjectName> {
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}
