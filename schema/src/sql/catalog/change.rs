//! Changes that reach into every expression: what they name has another name now.

use super::Catalog;
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::expression::Expression;

impl Catalog {
    /// A label of an enum has another text, also where it is a constant.
    pub(in crate::sql) fn rename_label(&mut self, oid: Oid, old: &str, new: &str) {
        let array = self.array_of(oid);
        self.change_expressions(|part| {
            let Expression::Constant {
                text: Some(text),
                ty,
            } = part
            else {
                return;
            };
            if ty.oid == oid && text == old {
                new.clone_into(text);
            } else if Some(ty.oid) == array {
                *text = in_array(text, old, new);
            }
        });
    }

    /// A function has another name or is in another schema.
    pub(in crate::sql) fn rename_function(&mut self, oid: Oid, new: &ObjectName) {
        let mut functions = self.functions.iter();
        let Some(function) = functions.find(|function| function.oid == oid).cloned() else {
            return;
        };
        let is_alone = self
            .functions
            .iter()
            .filter(|own| own.name == function.name)
            .count()
            == 1;
        let old = function.name.clone();
        self.change_expressions(|part| {
            if let Expression::Call {
                schema: Some(schema),
                name,
                arguments,
                ..
            } = part
                && (&*schema, &*name) == (&old.schema, &old.name)
                && (is_alone || arguments.len() == function.arguments.len())
            {
                schema.clone_from(&new.schema);
                name.clone_from(&new.name);
            }
        });
        for trigger in self
            .tables
            .values_mut()
            .flat_map(|table| &mut table.triggers)
        {
            if trigger.function == old && function.arguments.is_empty() {
                trigger.function = new.clone();
            }
        }
        for own in self.functions.iter_mut().filter(|own| own.oid == oid) {
            own.name = new.clone();
        }
    }

    /// What is called in a schema that has another name now.
    pub(in crate::sql) fn rename_in_expressions(&mut self, old: &str, new: &str) {
        self.change_expressions(|part| match part {
            Expression::Call {
                schema: Some(schema),
                ..
            }
            | Expression::Operator {
                schema: Some(schema),
                ..
            } if schema == old => new.clone_into(schema),
            Expression::Collate { collation, .. } if collation.schema == old => {
                new.clone_into(&mut collation.schema);
            }
            _ => {}
        });
        for trigger in self
            .tables
            .values_mut()
            .flat_map(|table| &mut table.triggers)
        {
            if trigger.function.schema == old {
                new.clone_into(&mut trigger.function.schema);
            }
        }
    }

    fn change_expressions(&mut self, mut change: impl FnMut(&mut Expression)) {
        let tables = self.tables.values_mut().flat_map(|table| {
            let columns = table.columns.iter_mut();
            let columns = columns.filter_map(|column| column.expression.as_mut());
            let checks = table.constraints.iter_mut();
            let checks = checks.filter_map(super::Constraint::condition_mut);
            let triggers = table.triggers.iter_mut();
            let triggers = triggers.filter_map(|trigger| trigger.condition.as_mut());
            let policies = table.policies.iter_mut();
            let policies =
                policies.flat_map(|policy| policy.using.iter_mut().chain(&mut policy.check));
            columns.chain(checks).chain(triggers).chain(policies)
        });
        let indexes = self.indexes.values_mut().flat_map(|index| {
            let elements = index
                .elements
                .iter_mut()
                .map(|element| &mut element.expression);
            elements.chain(&mut index.predicate)
        });
        for expression in tables.chain(indexes) {
            expression.change(&mut change);
        }
        for ty in self.types.values_mut() {
            if let super::TypeKind::Domain(domain) = &mut ty.kind {
                let checks = domain.checks.iter_mut().map(|check| &mut check.expression);
                for expression in checks.chain(&mut domain.default) {
                    expression.change(&mut change);
                }
            }
        }
    }
}

/// `{good,bad}` with another label; what is quoted in it or nested stays.
fn in_array(text: &str, old: &str, new: &str) -> String {
    let inner = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let plain = |text: &str| !text.contains(['{', '}', '"', '\\']);
    match inner.filter(|inner| plain(inner) && plain(new) && !new.contains([',', ' '])) {
        Some(inner) => {
            let labels = inner
                .split(',')
                .map(|label| if label == old { new } else { label });
            format!("{{{}}}", labels.collect::<Vec<_>>().join(","))
        }
        None => text.to_owned(),
    }
}
