//! Rows of relations, their columns, sequences, triggers and policies.

use super::{Writer, kind};
use crate::model::IdentityMode;
use crate::postgres::catalog::{
    ColumnRow, NoteRow, ParentRow, PartitionRow, PolicyRow, RelationRow, SequenceRow, TriggerRow,
};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Column, Constraint, Table, TableKind, Timing};

impl Writer<'_> {
    pub(super) fn relation(&self, table: &Table) -> RelationRow {
        RelationRow {
            oid: table.oid,
            schema: table.name.schema.clone(),
            name: table.name.name.clone(),
            kind: kind(table.kind).to_owned(),
            persistence: if table.unlogged { "u" } else { "p" }.to_owned(),
            comment: table.comment.clone(),
            row_security: table.row_security,
            partition_key: self.partition_key(table),
            view_definition: table.view.as_ref().map(|view| view.definition.clone()),
            view_commands: match table.kind {
                TableKind::View => self.commands(table, None),
                _ => 0,
            },
            view_simple: table.kind == TableKind::View && self.is_simple(table, 0),
            estimated_rows: None,
            can_select: true,
            can_insert: true,
            can_update: true,
            can_delete: true,
        }
    }

    pub(super) fn parents(&self, table: &Table) -> Vec<ParentRow> {
        let parents = table.partition_of.iter().chain(&table.parents);
        let parents = parents.filter_map(|oid| self.catalog.tables.get(oid));
        parents
            .map(|parent| ParentRow {
                relation: table.oid,
                schema: parent.name.schema.clone(),
                name: parent.name.name.clone(),
            })
            .collect()
    }

    pub(super) fn partitions(&self, table: &Table) -> Vec<PartitionRow> {
        if table.kind != TableKind::Partitioned {
            return Vec::new();
        }
        let mut below = self.below(table);
        below.sort_by(|a, b| a.name.cmp(&b.name));
        let rows = below.into_iter().map(|part| PartitionRow {
            relation: table.oid,
            oid: part.oid,
            leaf: part.kind != TableKind::Partitioned,
            schema: part.name.schema.clone(),
            name: part.name.name.clone(),
        });
        rows.collect()
    }

    /// The columns of a table, a view or a composite type.
    pub(super) fn columns(&self, relation: Oid) -> Vec<ColumnRow> {
        let table = self.catalog.tables.get(&relation);
        let ty = crate::sql::catalog::TypeUse::plain(relation);
        let columns = self.catalog.attributes(&ty).unwrap_or_default();
        columns
            .iter()
            .map(|column| self.column(relation, table, column))
            .collect()
    }

    fn column(&self, relation: Oid, table: Option<&Table>, column: &Column) -> ColumnRow {
        let is_view = table.is_some_and(|table| table.kind == TableKind::View);
        let takes = !is_view || table.is_some_and(|table| self.takes_value(table, column.number));
        let collation = self.own_collation(column);
        ColumnRow {
            relation,
            number: column.number,
            name: column.name.clone(),
            type_oid: column.ty.oid,
            modifier: match column.ty.suffix {
                Some(_) => -1,
                None => column.ty.modifier,
            },
            sql_type: self.catalog.type_text(&column.ty),
            not_null: column.not_null,
            expression: column
                .expression
                .as_ref()
                .map(|expression| self.text(Some(relation), expression)),
            identity: match column.identity {
                Some(IdentityMode::Always) => "a",
                Some(IdentityMode::ByDefault) => "d",
                None => "",
            }
            .to_owned(),
            generated: match column.generated {
                Some(true) => "s",
                Some(false) => "v",
                None => "",
            }
            .to_owned(),
            collation_schema: collation.map(|collation| collation.schema.clone()),
            collation_name: collation.map(|collation| collation.name.clone()),
            nondeterministic: self.is_nondeterministic(column),
            comment: column.comment.clone(),
            inherited: column.inherited,
            can_select: true,
            can_insert: takes,
            can_update: takes,
            locked_schema: None,
            locked_name: None,
        }
    }

    /// Whether the collation of a column, its own or that of its domain, takes different texts for equal.
    fn is_nondeterministic(&self, column: &Column) -> bool {
        let domain = self.catalog.domain(column.ty.oid);
        let of_type = domain.and_then(|domain| domain.collation.as_ref());
        let used = column.collation.as_ref().or(of_type);
        used.is_some_and(|used| self.catalog.nondeterministic.contains(used))
    }

    /// The collation of a column, where it is not that of its type.
    fn own_collation<'a>(&'a self, column: &'a Column) -> Option<&'a crate::model::ObjectName> {
        let of_type = self
            .catalog
            .domain(column.ty.oid)
            .and_then(|domain| domain.collation.as_ref());
        let own = column
            .collation
            .as_ref()
            .filter(|own| own.name != "default" || own.schema != "pg_catalog");
        own.filter(|own| Some(*own) != of_type)
    }

    pub(super) fn sequences(&self, table: &Table) -> Vec<SequenceRow> {
        let mut rows = Vec::new();
        for column in &table.columns {
            let owned = self.owned.get(&(table.oid, column.number));
            let used = column
                .expression
                .as_ref()
                .map_or_else(Vec::new, |expression| expression.relations());
            let mut owned = owned.cloned().unwrap_or_default();
            owned.sort_by_key(|sequence| {
                (!used.contains(&sequence.oid), sequence.name.name.clone())
            });
            rows.extend(owned.into_iter().map(|sequence| SequenceRow {
                relation: table.oid,
                number: column.number,
                identity: column.identity.is_some(),
                schema: sequence.name.schema.clone(),
                name: sequence.name.name.clone(),
                start: sequence.options.start(),
                increment: sequence.options.increment(),
                min: sequence.options.min(),
                max: sequence.options.max(),
                cache: sequence.options.cache.unwrap_or(1),
                cycle: sequence.options.cycle,
            }));
        }
        rows
    }

    /// The bits are those of `pg_trigger.tgtype`.
    pub(super) fn triggers(&self, table: &Table) -> Vec<TriggerRow> {
        let row = |trigger: &crate::sql::catalog::Trigger| {
            let bits = [
                (trigger.for_each_row, 1),
                (trigger.timing == Timing::Before, 2),
                (trigger.on_insert, 4),
                (trigger.on_delete, 8),
                (trigger.on_update, 16),
                (trigger.on_truncate, 32),
                (trigger.timing == Timing::InsteadOf, 64),
            ];
            TriggerRow {
                relation: table.oid,
                name: trigger.name.clone(),
                definition: self.trigger_definition(table, trigger),
                enabled: trigger.enabled,
                bits: bits
                    .iter()
                    .filter(|(set, _)| *set)
                    .map(|(_, bit)| bit)
                    .sum(),
                update_columns: self.names(table, &trigger.update_columns),
                function_schema: trigger.function.schema.clone(),
                function_name: trigger.function.name.clone(),
            }
        };
        table.triggers.iter().map(row).collect()
    }

    pub(super) fn policies(&self, table: &Table) -> Vec<PolicyRow> {
        let text = |expression: &Option<_>| {
            expression
                .as_ref()
                .map(|expression| self.text(Some(table.oid), expression))
        };
        let row = |policy: &crate::sql::catalog::Policy| PolicyRow {
            relation: table.oid,
            name: policy.name.clone(),
            command: policy.command.to_owned(),
            permissive: policy.permissive,
            roles: policy.roles.clone(),
            using: text(&policy.using),
            check: text(&policy.check),
        };
        table.policies.iter().map(row).collect()
    }

    pub(super) fn notes(&self, table: &Table) -> Vec<NoteRow> {
        let subject = format!("{}.{}", table.name.schema, table.name.name);
        let rules = table.rules.iter().map(|rule| NoteRow {
            subject: subject.clone(),
            message: format!(
                "the rule `{}` is not read: its effect on writes is unknown",
                rule.name
            ),
        });
        let keys = table.constraints.iter().filter_map(|constraint| {
            let Constraint::Foreign(key) = constraint else {
                return None;
            };
            let target = self.catalog.tables.get(&key.target).filter(|target| target.partition_of.is_some())?;
            Some(NoteRow {
                subject: subject.clone(),
                message: format!(
                    "the foreign key `{}` refers to the partition `{}`, which its parent stands for",
                    key.name, target.name.name
                ),
            })
        });
        let plain = table.constraints.iter().filter_map(|constraint| {
            let name = constraint.name();
            match constraint {
                Constraint::Check(check) if !check.enforced => {
                    Some(format!("the check `{name}` is NOT ENFORCED, and left out"))
                }
                Constraint::Foreign(key) if !key.enforced => {
                    Some(format!("the constraint `{name}` is NOT ENFORCED"))
                }
                Constraint::Key(key) if key.without_overlaps => Some(format!(
                    "the key `{name}` WITHOUT OVERLAPS is read as a plain one"
                )),
                _ => None,
            }
        });
        let others = plain
            .chain(table.notes.iter().cloned())
            .map(|message| NoteRow {
                subject: subject.clone(),
                message,
            });
        rules.chain(keys).chain(others).collect()
    }
}
