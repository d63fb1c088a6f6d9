//! `ALTER TABLE`, action by action; views, sequences and indexes share some of them.

use super::column::{mode, value_of};
use super::constraint::{deferrable, name_of};
use super::{Applier, Done, fault};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Constraint, RelationId, TableKind};
use crate::sql::expression::{Binder, is_type, type_of};
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
                let before: Vec<Oid> = self.catalog.indexes.keys().copied().collect();
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
                        .filter(|index| !before.contains(&index.oid));
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
                self.constraint(table, &name, action)?
                    .set_deferrable(deferrable(action));
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
                if let Some(table) = self.catalog.tables.get_mut(&table) {
                    table.parents.retain(|own| *own != parent);
                    if table.parents.is_empty() {
                        table
                            .columns
                            .iter_mut()
                            .for_each(|column| column.inherited = false);
                    }
                }
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
                None => Err(fault(action, format!("column `{name}` already exists"))),
            };
        }
        let family = self.family(table);
        for member in family {
            self.define_column(member, action)?;
            self.define_value(member, &name, action);
            if member != table
                && let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&member)
                    .and_then(|member| member.column_mut(&name))
            {
                column.inherited = true;
            }
        }
        let clauses: Vec<_> = action
            .children()
            .map(|clause| (clause, Some(name.clone())))
            .collect();
        self.add_constraints(table, &clauses)
    }

    fn alter_column(&mut self, table: Oid, action: &Node) -> Done {
        let Some(reference) = action.child(Kind::COLUMN_NAME_REF) else {
            return Ok(());
        };
        let name = reference.name();
        self.numbers(table, std::slice::from_ref(&name), &reference)?;
        let options: Vec<Node> = action
            .children()
            .filter(|child| child.kind() != Kind::COLUMN_NAME_REF)
            .collect();
        for option in options {
            for member in self.family(table) {
                self.alter_column_option(member, &name, &option)?;
            }
        }
        Ok(())
    }

    fn alter_column_option(&mut self, table: Oid, name: &str, option: &Node) -> Done {
        match option.kind() {
            Kind::SET_DEFAULT => {
                if let Some(expression) = value_of(option) {
                    let default = self.default_value(table, name, &expression);
                    self.set_default(table, name, default);
                }
            }
            Kind::DROP_DEFAULT => self.set_default(table, name, None),
            Kind::SET_NOT_NULL | Kind::DROP_NOT_NULL => {
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    column.not_null = option.kind() == Kind::SET_NOT_NULL;
                }
            }
            Kind::SET_TYPE => self.set_type(table, name, option)?,
            Kind::ADD_GENERATED => {
                let ty = self.column_type(table, name);
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    column.identity = Some(mode(option));
                    column.not_null = true;
                }
                self.identity_sequence(table, name, &ty, option)?;
            }
            Kind::SET_GENERATED_OPTIONS | Kind::SET_GENERATED | Kind::SET_SEQUENCE_OPTION => {
                self.set_identity_options(table, name, option)?;
            }
            Kind::DROP_IDENTITY | Kind::DROP_EXPRESSION => {
                let number = self
                    .table(table)
                    .and_then(|table| table.column(name))
                    .map_or(0, |column| column.number);
                if let Some(column) = self
                    .catalog
                    .tables
                    .get_mut(&table)
                    .and_then(|table| table.column_mut(name))
                {
                    if option.kind() == Kind::DROP_IDENTITY {
                        column.identity = None;
                    } else {
                        column.expression = None;
                        column.generated = None;
                    }
                }
                if option.kind() == Kind::DROP_IDENTITY {
                    self.catalog
                        .drop_sequences(|owner, column| owner == table && column == number);
                }
            }
            Kind::SET_EXPRESSION => {
                if let Some(written) = value_of(option) {
                    let (scope, ty) = (self.table_scope(table), self.column_type(table, name));
                    let expression = Binder::new(&mut self.catalog, &scope).value(&written, &ty);
                    self.set_default(table, name, Some(expression));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn set_type(&mut self, table: Oid, name: &str, option: &Node) -> Done {
        let Some(written) = option.children().find(is_type) else {
            return Ok(());
        };
        let ty =
            type_of(&mut self.catalog, &written).map_err(|message| fault(&written, message))?;
        let scope = self.table_scope(table);
        let collation = match option.child(Kind::COLLATE) {
            Some(clause) => Binder::new(&mut self.catalog, &scope).collation(&clause),
            None => None,
        };
        let old = self
            .table(table)
            .and_then(|table| table.column(name))
            .and_then(|column| column.expression.clone());
        let converted = old.map(|old| {
            let mut binder = Binder::new(&mut self.catalog, &scope);
            binder.assigned(old, &ty)
        });
        if let Some(column) = self
            .catalog
            .tables
            .get_mut(&table)
            .and_then(|table| table.column_mut(name))
        {
            column.ty = ty;
            column.collation = collation;
            column.expression = converted;
        }
        Ok(())
    }

    fn drop_column(&mut self, table: Oid, action: &Node) -> Done {
        let name = action
            .child(Kind::COLUMN_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let known = self
            .table(table)
            .is_some_and(|table| table.column(&name).is_some());
        if !known {
            return match action.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                None => Err(fault(action, format!("column `{name}` does not exist"))),
            };
        }
        for member in self.family(table) {
            self.catalog.drop_column(member, &name);
        }
        Ok(())
    }

    fn drop_constraint(&mut self, table: Oid, action: &Node) -> Done {
        let name = action
            .child(Kind::CONSTRAINT_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let known = self.table(table).is_some_and(|table| {
            table
                .constraints
                .iter()
                .any(|constraint| constraint.name() == name)
        });
        if !known {
            return match action.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                // Since PostgreSQL 18 a NOT NULL has a name, which is not kept here.
                None if name.ends_with("_not_null") => Ok(()),
                None => Err(fault(action, format!("constraint `{name}` does not exist"))),
            };
        }
        for member in self.family(table) {
            self.catalog.drop_constraint(member, &name);
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
