//! Constraints: checks and foreign keys, and the order in which PostgreSQL makes all of them.

use super::column::value_of;
use super::{Applier, Done, Fault, fault};
use crate::model::{Deferrable, Match, ReferenceAction};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Check, Constraint, ForeignKey};
use crate::sql::expression::Binder;
use crate::sql::name::{chosen, joined};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// The constraints of one statement, each with the column that it was written at.
    ///
    /// PostgreSQL makes checks first, then the primary key, other keys, and foreign keys at last: their names tell.
    pub(super) fn add_constraints(
        &mut self,
        table: Oid,
        constraints: &[(Node, Option<String>)],
    ) -> Done {
        let of = |kinds: &'static [Kind]| {
            constraints
                .iter()
                .filter(move |(node, _)| kinds.contains(&node.kind()))
        };
        for (node, column) in of(&[Kind::NOT_NULL_CONSTRAINT]) {
            self.add_not_null(table, node, column.as_deref());
        }
        for (node, _) in of(&[Kind::CHECK_CONSTRAINT]) {
            self.add_check(table, node)?;
        }
        for (node, column) in of(&[Kind::PRIMARY_KEY_CONSTRAINT]) {
            self.add_key(table, node, column.as_deref())?;
        }
        for (node, column) in of(&[Kind::UNIQUE_CONSTRAINT, Kind::EXCLUDE_CONSTRAINT]) {
            match node.kind() {
                Kind::EXCLUDE_CONSTRAINT => self.add_exclusion(table, node)?,
                _ => self.add_key(table, node, column.as_deref())?,
            }
        }
        for (node, column) in of(&[Kind::REFERENCES_CONSTRAINT, Kind::FOREIGN_KEY_CONSTRAINT]) {
            self.add_foreign_key(table, node, column.as_deref())?;
        }
        Ok(())
    }

    fn add_not_null(&mut self, table: Oid, node: &Node, column: Option<&str>) {
        let named = node.child(Kind::COLUMN_NAME_REF).map(|name| name.name());
        let Some(name) = named.as_deref().or(column) else {
            return;
        };
        if let Some(column) = self
            .catalog
            .tables
            .get_mut(&table)
            .and_then(|table| table.column_mut(name))
        {
            column.not_null |= node.child(Kind::NOT_VALID).is_none();
            column.not_null_name = name_of(node).or(column.not_null_name.take());
        }
    }

    pub(super) fn add_check(&mut self, table: Oid, node: &Node) -> Done {
        let Some(condition) = value_of(node) else {
            return Err(fault(node, "the condition of the check is missing"));
        };
        let scope = self.table_scope(table);
        let expression = Binder::new(&mut self.catalog, &scope).condition(&condition);
        let columns = expression.columns();
        let Some(owner) = self.table(table) else {
            return Ok(());
        };
        let single = match columns.as_slice() {
            [column] => Some(owner.column_name(column.number)),
            _ => None,
        };
        let name = match name_of(node) {
            Some(name) => {
                self.is_free(table, &name, node)?;
                name
            }
            None => {
                let taken = |name: &str| self.catalog.has_constraint(&owner.name.schema, name);
                chosen(&owner.name.name, single.as_deref(), "check", taken)
            }
        };
        let check = Check {
            name,
            expression,
            validated: is_validated(node),
            enforced: node.child(Kind::NOT_ENFORCED).is_none(),
            no_inherit: node.child(Kind::NO_INHERIT).is_some(),
            inherited: false,
            comment: None,
        };
        for child in self.family(table) {
            let Some(source) = self.table(table).cloned() else {
                continue;
            };
            let numbers = self.numbers_by_name(child, &source);
            let Some(owner) = self.catalog.tables.get_mut(&child) else {
                continue;
            };
            if child != table && check.no_inherit {
                continue;
            }
            let mut check = check.clone();
            check.inherited = child != table;
            check.expression.renumber(&numbers);
            owner
                .constraints
                .retain(|own| child == table || own.name() != check.name);
            owner.constraints.push(Constraint::Check(check));
        }
        Ok(())
    }

    /// A table and all that inherit from it.
    pub(super) fn family(&self, table: Oid) -> Vec<Oid> {
        let mut family = vec![table];
        let mut next = 0;
        while let Some(parent) = family.get(next).copied() {
            next += 1;
            let children = self.catalog.tables.values().filter(|child| {
                child.parents.contains(&parent) || child.partition_of == Some(parent)
            });
            let new: Vec<Oid> = children
                .map(|child| child.oid)
                .filter(|child| !family.contains(child))
                .collect();
            family.extend(new);
        }
        family
    }

    pub(super) fn add_foreign_key(
        &mut self,
        table: Oid,
        node: &Node,
        column: Option<&str>,
    ) -> Done {
        let Some(reference) = node.child(Kind::TABLE_NAME_REF) else {
            return Err(fault(
                node,
                "the table that the foreign key refers to is missing",
            ));
        };
        // Over PERIOD rows match that contain each other: no relation that the model can say.
        if node.descendants(Kind::PERIOD_COLUMN).next().is_some() {
            self.table_of(&reference)?;
            let name = name_of(node).unwrap_or_default();
            if let Some(owner) = self.catalog.tables.get_mut(&table) {
                owner
                    .notes
                    .push(format!("the foreign key `{name}` over PERIOD is left out"));
            }
            return Ok(());
        }
        let mut lists = node.all(Kind::FOREIGN_KEY_COLUMN_LIST);
        let (names, target_names) = match column {
            Some(column) => (vec![column.to_owned()], node.names(Kind::COLUMN_NAME_REF)),
            None => {
                let mut next = || {
                    lists
                        .next()
                        .map_or_else(Vec::new, |list| list.names(Kind::COLUMN_NAME_REF))
                };
                (next(), next())
            }
        };
        let columns = self.numbers(table, &names, node)?;
        let target = self.target_of(&reference, table, &names, &target_names)?;
        let target_columns = match target_names.is_empty() {
            true => self.primary_columns(target),
            false => self.numbers(target, &target_names, &reference)?,
        };
        if columns.len() != target_columns.len() {
            let message = match target_columns.is_empty() {
                true => format!(
                    "`{}` has no primary key to refer to",
                    reference.path().join(".")
                ),
                false => "the foreign key has not as many columns as it refers to".to_owned(),
            };
            return Err(fault(&reference, message));
        }
        let (on_delete, set) = self.action(table, node, Kind::ON_DELETE_ACTION)?;
        let (on_update, _) = self.action(table, node, Kind::ON_UPDATE_ACTION)?;
        let Some(owner) = self.table(table) else {
            return Ok(());
        };
        let middle = joined(names.iter().map(String::as_str));
        let name = match name_of(node) {
            Some(name) => {
                self.is_free(table, &name, node)?;
                name
            }
            None => {
                let taken = |name: &str| self.catalog.has_constraint(&owner.name.schema, name);
                chosen(&owner.name.name, Some(&middle), "fkey", taken)
            }
        };
        let match_type = match (
            node.child(Kind::MATCH_FULL),
            node.child(Kind::MATCH_PARTIAL),
        ) {
            (Some(_), _) => Match::Full,
            (_, Some(_)) => Match::Partial,
            _ => Match::Simple,
        };
        let key = ForeignKey {
            name,
            columns,
            target,
            target_columns,
            on_delete,
            on_delete_columns: set,
            on_update,
            match_type,
            deferrable: deferrable(node),
            validated: is_validated(node),
            enforced: node.child(Kind::NOT_ENFORCED).is_none(),
            comment: None,
        };
        if let Some(owner) = self.catalog.tables.get_mut(&table) {
            owner.constraints.push(Constraint::Foreign(key));
        }
        Ok(())
    }

    /// A table has no two constraints of one name.
    pub(super) fn is_free(&self, table: Oid, name: &str, at: &Node) -> Done {
        let Some(owner) = self.table(table) else {
            return Ok(());
        };
        match owner
            .constraints
            .iter()
            .any(|own| own.name() == name && !own.is_inherited())
        {
            true => {
                let message = format!("the constraint `{name}` of `{}` already exists", owner.name);
                Err(fault(at, message).of("duplicate_object"))
            }
            false => Ok(()),
        }
    }

    pub(super) fn primary_columns(&self, table: Oid) -> Vec<i32> {
        let constraints = self
            .table(table)
            .map_or(&[][..], |table| &table.constraints);
        let primary = constraints.iter().find_map(|constraint| match constraint {
            Constraint::Key(key) if key.primary => Some(key.index),
            _ => None,
        });
        let index = primary.and_then(|index| self.catalog.indexes.get(&index));
        index.map_or_else(Vec::new, crate::sql::catalog::Index::columns)
    }

    fn action(
        &mut self,
        table: Oid,
        node: &Node,
        kind: Kind,
    ) -> Result<(ReferenceAction, Vec<i32>), Fault> {
        let Some(action) = node.child(kind) else {
            return Ok((ReferenceAction::NoAction, Vec::new()));
        };
        let words = action.tokens().join(" ").to_ascii_lowercase();
        let columns = action.descendants(Kind::COLUMN_REF_LIST).next();
        let columns = columns.map_or_else(Vec::new, |list| list.names(Kind::COLUMN_NAME_REF));
        let rule = if words.contains("cascade") {
            ReferenceAction::Cascade
        } else if words.contains("restrict") {
            ReferenceAction::Restrict
        } else if words.contains("set null") {
            ReferenceAction::SetNull
        } else if words.contains("set default") {
            ReferenceAction::SetDefault
        } else {
            ReferenceAction::NoAction
        };
        Ok((rule, self.numbers(table, &columns, &action)?))
    }
}

/// Whether the rows that were there before were looked at; nobody looks at what is not enforced.
fn is_validated(node: &Node) -> bool {
    node.child(Kind::NOT_VALID).is_none() && node.child(Kind::NOT_ENFORCED).is_none()
}

/// The name that was given to a constraint.
pub(super) fn name_of(node: &Node) -> Option<String> {
    let clause = node.child(Kind::CONSTRAINT_NAME_CLAUSE)?;
    Some(clause.child(Kind::CONSTRAINT_NAME)?.name())
}

pub(super) fn deferrable(node: &Node) -> Option<Deferrable> {
    if node
        .child(Kind::INITIALLY_DEFERRED_CONSTRAINT_OPTION)
        .is_some()
    {
        return Some(Deferrable::InitiallyDeferred);
    }
    node.child(Kind::DEFERRABLE_CONSTRAINT_OPTION)
        .map(|_| Deferrable::InitiallyImmediate)
}
