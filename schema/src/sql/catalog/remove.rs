//! Objects that go: each is taken out of what holds it.

use std::collections::BTreeSet;

use super::{Catalog, Constraint, Object, TEMPORARY, TypeKind};
use crate::sql::builtin::Oid;

impl Catalog {
    /// Takes objects away; whatever depends on them is among them.
    pub(in crate::sql) fn remove(&mut self, objects: BTreeSet<Object>) {
        // Parts before what they are parts of.
        for object in objects.into_iter().rev() {
            match object {
                Object::Schema(name) => self.schemas.retain(|schema| *schema != name),
                Object::Extension(name) => {
                    self.extensions.retain(|extension| extension.name != name);
                }
                Object::Table(oid) => self.drop_table(oid),
                Object::Sequence(oid) => self.drop_sequence(oid),
                Object::Index(oid) => self.drop_index(oid),
                Object::Type(oid) => self.drop_type(oid),
                Object::Function(oid) => self.functions.retain(|function| function.oid != oid),
                Object::Column(owner, number) => self.drop_column(owner, number),
                Object::Default(table, number) => {
                    if let Some(table) = self.tables.get_mut(&table) {
                        let mut columns = table.columns.iter_mut();
                        if let Some(column) = columns.find(|column| column.number == number) {
                            column.expression = None;
                        }
                    }
                }
                Object::Constraint(table, name) => self.drop_constraint(table, &name),
                Object::Trigger(table, name) => {
                    if let Some(table) = self.tables.get_mut(&table) {
                        table.triggers.retain(|trigger| trigger.name != name);
                    }
                }
                Object::Policy(table, name) => {
                    if let Some(table) = self.tables.get_mut(&table) {
                        table.policies.retain(|policy| policy.name != name);
                    }
                }
                Object::DomainDefault(oid) => {
                    if let Some(domain) = self.domain_mut(oid) {
                        domain.default = None;
                    }
                }
                Object::DomainCheck(oid, name) => {
                    if let Some(domain) = self.domain_mut(oid) {
                        domain.checks.retain(|check| check.name != name);
                    }
                }
            }
        }
    }

    /// What belongs to the session alone goes when it ends.
    pub(in crate::sql) fn remove_temporary(&mut self) {
        let within = Object::Schema(TEMPORARY.to_owned());
        if let Ok(doomed) = self.doomed(&[within], true) {
            self.remove(doomed);
        }
    }

    fn drop_column(&mut self, owner: Oid, number: i32) {
        if let Some(table) = self.tables.get_mut(&owner) {
            table.columns.retain(|column| column.number != number);
        }
        if let Some(TypeKind::Composite { attributes }) =
            self.types.get_mut(&owner).map(|ty| &mut ty.kind)
        {
            attributes.retain(|attribute| attribute.number != number);
        }
    }

    fn drop_constraint(&mut self, table: Oid, name: &str) {
        let Some(owner) = self.tables.get_mut(&table) else {
            return;
        };
        let mut constraints = owner.constraints.iter();
        let index = constraints
            .find(|constraint| constraint.name() == name)
            .and_then(Constraint::index);
        owner
            .constraints
            .retain(|constraint| constraint.name() != name);
        if let Some(index) = index {
            self.drop_index(index);
        }
    }
}
