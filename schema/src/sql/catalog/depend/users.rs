//! What uses a type or a function, and what stands and falls with an expression.

use super::{Bond, Object, used};
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Catalog, Constraint, Function, TypeKind};
use crate::sql::expression::Expression;

impl Catalog {
    /// What uses a column and keeps its type from being changed, in words.
    pub(in crate::sql) fn keeps_type(&self, table: Oid, column: &str) -> Option<String> {
        let owner = self.tables.get(&table)?;
        let number = owner.column(column)?.number;
        let uses = |expression: &Expression| {
            let columns = expression.columns();
            columns.iter().any(|column| column.number == number)
        };
        let generated = owner.columns.iter().find(|other| {
            other.generated.is_some()
                && other.number != number
                && other.expression.as_ref().is_some_and(uses)
        });
        let trigger = owner.triggers.iter().find(|trigger| {
            trigger.update_columns.contains(&number) || trigger.condition.as_ref().is_some_and(uses)
        });
        let policy = owner.policies.iter().find(|policy| {
            let mut conditions = policy.using.iter().chain(&policy.check);
            conditions.any(uses)
        });
        let view = self.tables.values().find(|other| {
            let view = other.view.as_ref();
            view.is_some_and(|view| view.sources.contains(&(table, Some(number))))
        });
        generated
            .map(|other| format!("the generated column `{}`", other.name))
            .or_else(|| view.map(|view| format!("the view `{}`", view.name)))
            .or_else(|| trigger.map(|trigger| format!("the trigger `{}`", trigger.name)))
            .or_else(|| policy.map(|policy| format!("the policy `{}`", policy.name)))
    }

    pub(super) fn of_type(&self, oid: Oid) -> Vec<(Object, Bond)> {
        let array = self.array_of(oid);
        let is_meant = |other: Oid| other == oid || Some(other) == array;
        let mut found = Vec::new();
        for table in self.tables.values() {
            if table.of_type == Some(oid) {
                found.push((Object::Table(table.oid), Bond::Use));
            }
            let columns = table
                .columns
                .iter()
                .filter(|column| is_meant(column.ty.oid));
            found.extend(columns.map(|column| match table.view {
                Some(_) => (Object::Table(table.oid), Bond::Use),
                None => (Object::Column(table.oid, column.number), Bond::Use),
            }));
        }
        for ty in self.types.values() {
            match &ty.kind {
                TypeKind::Domain(domain) if is_meant(domain.base.oid) => {
                    found.push((Object::Type(ty.oid), Bond::Use));
                }
                TypeKind::Range { subtype, .. } if is_meant(subtype.oid) => {
                    found.push((Object::Type(ty.oid), Bond::Use));
                }
                TypeKind::Multirange { range } if *range == oid => {
                    found.push((Object::Type(ty.oid), Bond::Part));
                }
                TypeKind::Composite { attributes } => {
                    let meant = attributes.iter().filter(|column| is_meant(column.ty.oid));
                    found.extend(used(
                        meant.map(|column| Object::Column(ty.oid, column.number)),
                    ));
                }
                _ => {}
            }
        }
        let functions = self.functions.iter().filter(|function| {
            let columns = function.columns.iter().map(|(_, ty)| ty);
            let mut types = function
                .arguments
                .iter()
                .chain(columns)
                .chain([&function.result]);
            types.any(|ty| is_meant(ty.oid))
        });
        found.extend(used(
            functions.map(|function| Object::Function(function.oid)),
        ));
        let names = |expression: &Expression| {
            any(expression, |part| match part {
                Expression::Constant { ty, .. }
                | Expression::Cast { ty, .. }
                | Expression::Array { ty, .. } => is_meant(ty.oid),
                _ => false,
            })
        };
        found.extend(used(self.expressions_that(names)));
        found.extend(used(self.views_using(oid)));
        found
    }

    pub(super) fn of_function(&self, oid: Oid) -> Vec<(Object, Bond)> {
        let Some(function) = self.functions.iter().find(|function| function.oid == oid) else {
            return Vec::new();
        };
        let mut found: Vec<Object> =
            self.expressions_that(|expression| any(expression, |part| self.calls(part, function)));
        for table in self.tables.values() {
            let meant = table.triggers.iter().filter(|trigger| {
                trigger.function == function.name && function.arguments.is_empty()
            });
            found.extend(meant.map(|trigger| Object::Trigger(table.oid, trigger.name.clone())));
        }
        found.extend(self.views_using(oid));
        used(found)
    }

    /// Whether a call is one of this function, and not of a namesake.
    fn calls(&self, part: &Expression, function: &Function) -> bool {
        let Expression::Call {
            schema: Some(schema),
            name,
            arguments,
            ..
        } = part
        else {
            return false;
        };
        if *schema != function.name.schema || *name != function.name.name {
            return false;
        }
        let namesakes = self
            .functions
            .iter()
            .filter(|own| own.name == function.name);
        if namesakes.count() == 1 {
            return true;
        }
        let given = function.arguments.iter().zip(arguments);
        arguments.len() <= function.arguments.len()
            && arguments.len() + function.defaults >= function.arguments.len()
            && given
                .clone()
                .all(|(declared, argument)| self.can_coerce(argument.ty().oid, declared.oid))
    }

    fn views_using(&self, oid: Oid) -> Vec<Object> {
        let using = self.tables.values().filter(|table| {
            let view = table.view.as_ref();
            view.is_some_and(|view| view.uses.contains(&oid))
        });
        using.map(|table| Object::Table(table.oid)).collect()
    }

    /// What stands and falls with an expression of some kind.
    pub(super) fn expressions_that(&self, is_meant: impl Fn(&Expression) -> bool) -> Vec<Object> {
        let mut found = Vec::new();
        for table in self.tables.values() {
            for column in &table.columns {
                if column.expression.as_ref().is_some_and(&is_meant) {
                    found.push(match column.generated {
                        Some(_) => Object::Column(table.oid, column.number),
                        None => Object::Default(table.oid, column.number),
                    });
                }
            }
            for constraint in &table.constraints {
                if matches!(constraint, Constraint::Check(check) if is_meant(&check.expression)) {
                    found.push(Object::Constraint(table.oid, constraint.name().to_owned()));
                }
            }
            for trigger in &table.triggers {
                if trigger.condition.as_ref().is_some_and(&is_meant) {
                    found.push(Object::Trigger(table.oid, trigger.name.clone()));
                }
            }
            for policy in &table.policies {
                let mut conditions = policy.using.iter().chain(&policy.check);
                if conditions.any(&is_meant) {
                    found.push(Object::Policy(table.oid, policy.name.clone()));
                }
            }
        }
        for index in self.indexes.values() {
            let elements = index.elements.iter().map(|element| &element.expression);
            if elements.chain(&index.predicate).any(&is_meant) {
                found.push(self.index_or_its_constraint(index));
            }
        }
        for ty in self.types.values() {
            let Some(domain) = self.domain(ty.oid) else {
                continue;
            };
            if domain.default.as_ref().is_some_and(&is_meant) {
                found.push(Object::DomainDefault(ty.oid));
            }
            let checks = domain.checks.iter();
            let checks = checks.filter(|check| is_meant(&check.expression));
            found.extend(checks.map(|check| Object::DomainCheck(ty.oid, check.name.clone())));
        }
        found
    }
}

/// Whether some part of an expression is of a kind.
pub(super) fn any(expression: &Expression, is_meant: impl Fn(&Expression) -> bool) -> bool {
    let mut found = false;
    expression.visit(&mut |part| found |= is_meant(part));
    found
}
