//! `ALTER TABLE`, action by action; views, sequences and indexes share some of them.

use super::constraint::{deferrable, name_of};
use super::{Applier, Done, fault};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Constraint, Object, RelationId, TableKind};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn alter_table(&mut self, node: &Node) -> Done {
        let reference = match node.child(Kind::TABLE_RELATION_NAME) {
            Some(relation) => relation.child(Kind::TABLE_NAME_REF),
            None => node.child(Kind::VIEW_REF),
        };
        let Some(reference) = reference else {
            return Ok(());
        };
        let path = reference.path();
        let actions: Vec<Node> = node
            .children()
            .filter(|child| {
                !matches!(
                    child.kind(),
                    Kind::TABLE_RELATION_NAME | Kind::VIEW_REF | Kind::IF_EXISTS
                )
            })
            .collect();
        if actions.iter().all(|action| {
            matches!(
                action.kind(),
                Kind::OWNER_TO | Kind::SET_OPTIONS | Kind::RESET_OPTIONS
            )
        }) {
            return Ok(());
        }
        let Some(relation) = self.catalog.find_relation(&path) else {
            return match node.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                None => Err(fault(
                    &reference,
                    format!("`{}` does not exist", path.join(".")),
                )),
            };
        };
        let alone = node
            .child(Kind::TABLE_RELATION_NAME)
            .is_some_and(|name| name.has(Kind::ONLY_KW));
        for action in actions {
            match relation {
                RelationId::Table(table) => self.alter(table, &action, alone)?,
                RelationId::Sequence(oid) | RelationId::Index(oid) | RelationId::Composite(oid) => {
                    self.rename_action(oid, &action)?;
                }
            }
        }
        Ok(())
    }

    fn alter(&mut self, table: Oid, action: &Node, alone: bool) -> Done {
        match action.kind() {
            Kind::ADD_COLUMN => self.alter_add_column(table, action)?,
            Kind::ADD_CONSTRAINT => {
                let last = self.catalog.indexes.keys().next_back().copied();
                let constraints: Vec<_> = action
                    .children()
                    .map(|constraint| (constraint, None))
                    .collect();
                self.add_constraints(table, &constraints)?;
                let is_partitioned = self
                    .table(table)
                    .is_some_and(|table| table.kind == TableKind::Partitioned);
                if alone && is_partitioned && self.partitions(table).next().is_some() {
                    let new = self
                        .catalog
                        .indexes
                        .values_mut()
                        .filter(|index| Some(index.oid) > last);
                    new.for_each(|index| index.valid = false);
                }
            }
            Kind::ALTER_COLUMN | Kind::ALTER_VIEW_COLUMN => self.alter_column(table, action)?,
            Kind::DROP_COLUMN => self.drop_column(table, action)?,
            Kind::DROP_CONSTRAINT => self.drop_constraint(table, action)?,
            Kind::VALIDATE_CONSTRAINT => {
                let name = action
                    .child(Kind::CONSTRAINT_NAME_REF)
                    .map_or_else(String::new, |name| name.name());
                let owner = self.catalog.tables.get_mut(&table);
                if let Some(column) = owner.and_then(|owner| owner.with_not_null(&name)) {
                    column.not_null = true;
                    return Ok(());
                }
                match self.constraint(table, &name, action)? {
                    Constraint::Foreign(key) => key.validated = true,
                    Constraint::Check(check) => check.validated = true,
                    Constraint::Key(_) | Constraint::Exclusion(_) => {}
                }
            }
            Kind::ALTER_CONSTRAINT => {
                let name = action
                    .child(Kind::CONSTRAINT_NAME_REF)
                    .map_or_else(String::new, |name| name.name());
                self.alter_constraint(table, &name, action)?;
            }
            Kind::RENAME_CONSTRAINT => self.rename_constraint(table, action)?,
            Kind::RENAME_COLUMN => self.rename_column(table, action)?,
            Kind::ATTACH_PARTITION => self.attach_partition(table, action)?,
            Kind::DETACH_PARTITION => self.detach_partition(action)?,
            Kind::INHERIT_TABLE => {
                let parent = action
                    .child(Kind::TABLE_NAME_REF)
                    .map_or_else(Vec::new, |name| name.path());
                let parent = self
                    .catalog
                    .find_table(&parent)
                    .map_err(|message| fault(action, message))?;
                self.inherit(table, parent);
            }
            Kind::NO_INHERIT_TABLE => {
                let parent = action
                    .child(Kind::TABLE_NAME_REF)
                    .map_or_else(Vec::new, |name| name.path());
                let parent = self
                    .catalog
                    .find_table(&parent)
                    .map_err(|message| fault(action, message))?;
                self.leave(table, parent);
            }
            Kind::ENABLE_RLS | Kind::DISABLE_RLS => {
                if let Some(table) = self.catalog.tables.get_mut(&table) {
                    table.row_security = action.kind() == Kind::ENABLE_RLS;
                }
            }
            Kind::ENABLE_TRIGGER | Kind::ENABLE_ALWAYS_TRIGGER | Kind::ENABLE_REPLICA_TRIGGER => {
                self.enable_triggers(table, action, true);
            }
            Kind::DISABLE_TRIGGER => self.enable_triggers(table, action, false),
            Kind::OF_TYPE | Kind::NOT_OF => {
                let path = action
                    .children()
                    .next()
                    .map_or_else(Vec::new, |name| name.path());
                let ty = match action.kind() {
                    Kind::OF_TYPE => self.catalog.find_own_type(&path),
                    _ => None,
                };
                if let Some(table) = self.catalog.tables.get_mut(&table) {
                    table.of_type = ty;
                }
            }
            Kind::SET_LOGGED | Kind::SET_UNLOGGED => {
                if let Some(table) = self.catalog.tables.get_mut(&table) {
                    table.unlogged = action.kind() == Kind::SET_UNLOGGED;
                }
            }
            Kind::TABLE_RENAME_TO | Kind::VIEW_RENAME_TO | Kind::SET_SCHEMA => {
                self.rename_action(table, action)?
            }
            // Storage, statistics, owners: nothing that the schema tells.
            _ => {}
        }
        Ok(())
    }

    /// A table no longer inherits from another: what it has from no other parent is its own.
    fn leave(&mut self, table: Oid, parent: Oid) {
        let parents = self.table(table).map_or(&[][..], |table| &table.parents);
        let others = parents.iter().filter(|own| **own != parent);
        let others = others.filter_map(|other| self.table(*other));
        let columns = others.flat_map(|other| &other.columns);
        let names: Vec<String> = columns.map(|column| column.name.clone()).collect();
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            table.parents.retain(|own| *own != parent);
            for column in &mut table.columns {
                column.inherited = names.contains(&column.name);
            }
        }
    }

    fn alter_add_column(&mut self, table: Oid, action: &Node) -> Done {
        let name = action
            .child(Kind::COLUMN_NAME)
            .map_or_else(String::new, |name| name.name());
        if self
            .table(table)
            .is_some_and(|table| table.column(&name).is_some())
        {
            return match action.child(Kind::IF_NOT_EXISTS) {
                Some(_) => Ok(()),
                None => {
                    let message = format!("column `{name}` already exists");
                    Err(fault(action, message).of("duplicate_column"))
                }
            };
        }
        let added = self.add_columns(table, &name, action);
        if added.is_err() {
            let members = self.family(table).into_iter().filter_map(|member| {
                let column = self.table(member)?.column(&name)?;
                Some(Object::Column(member, column.number))
            });
            let members: Vec<_> = members.collect();
            if let Ok(doomed) = self.catalog.doomed(&members, true) {
                self.catalog.remove(doomed);
            }
        }
        added
    }

    /// A column of a table and of all that inherit from it, with its constraints.
    fn add_columns(&mut self, table: Oid, name: &str, action: &Node) -> Done {
        let family = self.family(table);
        for member in family {
            self.define_column(member, action)?;
            self.define_value(member, name, action);
            if member != table
                && let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&member)
                    .and_then(|member| member.column_mut(name))
            {
                column.inherited = true;
            }
        }
        let clauses: Vec<_> = action
            .children()
            .map(|clause| (clause, Some(name.to_owned())))
            .collect();
        self.add_constraints(table, &clauses)
    }

    /// `ALTER CONSTRAINT`: when it is checked, and since PostgreSQL 18 whether it is at all.
    fn alter_constraint(&mut self, table: Oid, name: &str, action: &Node) -> Done {
        let owner = self.catalog.tables.get_mut(&table);
        if owner.and_then(|owner| owner.with_not_null(name)).is_some() {
            return Ok(());
        }
        let enforced = match (
            action.child(Kind::ENFORCED),
            action.child(Kind::NOT_ENFORCED),
        ) {
            (Some(_), _) => Some(true),
            (_, Some(_)) => Some(false),
            _ => None,
        };
        let constraint = self.constraint(table, name, action)?;
        match (enforced, constraint) {
            (Some(enforced), Constraint::Foreign(key)) => key.enforced = enforced,
            (Some(enforced), Constraint::Check(check)) => check.enforced = enforced,
            (_, Constraint::Foreign(key)) => key.deferrable = deferrable(action),
            (_, constraint) => {
                let message = format!("`{}` is no foreign key", constraint.name());
                return Err(fault(action, message).of("wrong_object_type"));
            }
        }
        Ok(())
    }

    fn rename_constraint(&mut self, table: Oid, action: &Node) -> Done {
        let old = action
            .child(Kind::CONSTRAINT_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let new = action
            .child(Kind::CONSTRAINT_NAME)
            .map_or_else(String::new, |name| name.name());
        let owner = self.catalog.tables.get_mut(&table);
        if let Some(column) = owner.and_then(|owner| owner.with_not_null(&old)) {
            column.not_null_name = Some(new);
            return Ok(());
        }
        self.is_free(table, &new, action)?;
        if !self.constraint(table, &old, action)?.is_key() {
            // Those that inherit it have it under the same name.
            for member in self.family(table) {
                let owner = self.catalog.tables.get_mut(&member);
                if let Some(constraint) = owner.and_then(|owner| owner.constraint_mut(&old)) {
                    constraint.set_name(&new);
                }
            }
            return Ok(());
        }
        let constraint = self.constraint(table, &old, action)?;
        match constraint.index() {
            Some(index) => self.rename_index(index, &new),
            None => constraint.set_name(&new),
        }
        Ok(())
    }

    fn enable_triggers(&mut self, table: Oid, action: &Node, enabled: bool) {
        let name = action
            .descendants(Kind::TRIGGER_REF)
            .next()
            .map(|name| name.name());
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            let meant = table
                .triggers
                .iter_mut()
                .filter(|trigger| name.as_ref().is_none_or(|name| trigger.name == *name));
            meant.for_each(|trigger| trigger.enabled = enabled);
        }
    }

    /// The name of a constraint of a domain, or the one that PostgreSQL gives it.
    pub(super) fn domain_check_name(
        &self,
        node: &Node,
        domain: &crate::model::ObjectName,
    ) -> String {
        name_of(node).unwrap_or_else(|| {
            let taken = |name: &str| self.catalog.has_constraint(&domain.schema, name);
            crate::sql::name::chosen(&domain.name, None, "check", taken)
        })
    }
}
