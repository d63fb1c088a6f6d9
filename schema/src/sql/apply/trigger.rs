//! Triggers and row-level-security policies.

use super::constraint::deferrable;
use super::{Applier, Done, fault};
use crate::model::ObjectName;
use crate::name::quoted;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{Policy, Timing, Trigger};
use crate::sql::expression::{Binder, Entry, Expression, Scope};
use crate::sql::syntax::{Kind, Node, unquoted};

impl Applier {
    pub(super) fn create_trigger(&mut self, node: &Node) -> Done {
        let relation = node
            .child(Kind::ON_RELATION)
            .and_then(|clause| clause.child(Kind::RELATION_NAME_REF));
        let relation =
            relation.ok_or_else(|| fault(node, "the table of the trigger is missing"))?;
        let table = self.table_of(&relation)?;
        let events = node.child(Kind::TRIGGER_EVENT_LIST);
        let event = |kind| events.as_ref().and_then(|events| events.child(kind));
        let update = event(Kind::TRIGGER_EVENT_UPDATE);
        let of = update
            .as_ref()
            .map_or_else(Vec::new, |update| update.names(Kind::COLUMN_NAME_REF));
        let call = node
            .all(Kind::CALL_EXPR)
            .last()
            .ok_or_else(|| fault(node, "the function of the trigger is missing"))?;
        let arguments = call.child(Kind::ARG_LIST);
        let arguments = arguments
            .iter()
            .flat_map(|list| list.all(Kind::ARG))
            .map(|argument| {
                let text = argument.text();
                unquoted(&text).unwrap_or(text)
            });
        let trigger = Trigger {
            name: node
                .child(Kind::TRIGGER)
                .map_or_else(String::new, |name| name.name()),
            timing: match (
                node.child(Kind::TIMING_BEFORE),
                node.child(Kind::TIMING_AFTER),
            ) {
                (Some(_), _) => Timing::Before,
                (_, Some(_)) => Timing::After,
                _ => Timing::InsteadOf,
            },
            for_each_row: node.child(Kind::FOR_EACH_ROW).is_some(),
            on_insert: event(Kind::TRIGGER_EVENT_INSERT).is_some(),
            on_update: update.is_some(),
            on_delete: event(Kind::TRIGGER_EVENT_DELETE).is_some(),
            on_truncate: event(Kind::TRIGGER_EVENT_TRUNCATE).is_some(),
            update_columns: self.numbers(table, &of, node)?,
            constraint: node.has(Kind::CONSTRAINT_KW),
            deferrable: deferrable(node),
            referencing: referencing(node),
            condition: self.trigger_condition(table, node),
            function: self.function_name(&call),
            arguments: arguments.collect(),
            enabled: true,
        };
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            let is_taken = table.triggers.iter().any(|own| own.name == trigger.name);
            if is_taken && node.child(Kind::OR_REPLACE).is_none() {
                let message = format!(
                    "the trigger `{}` of `{}` already exists",
                    trigger.name, table.name
                );
                return Err(fault(node, message).of("duplicate_object"));
            }
            table.triggers.retain(|own| own.name != trigger.name);
            table.triggers.push(trigger);
        }
        Ok(())
    }

    fn trigger_condition(&mut self, table: Oid, node: &Node) -> Option<Expression> {
        let condition = node.child(Kind::WHEN_CONDITION)?.children().next()?;
        let own = self.table_scope(table).entries.pop()?;
        let entries = ["old", "new"]
            .iter()
            .enumerate()
            .map(|(entry, name)| Entry {
                schema: None,
                name: (*name).to_owned(),
                columns: own
                    .columns
                    .iter()
                    .map(|(name, column, ty)| {
                        let column = crate::sql::expression::ColumnRef { entry, ..*column };
                        (name.clone(), column, ty.clone())
                    })
                    .collect(),
                qualified_only: true,
            });
        let scope = Scope {
            entries: entries.collect(),
            ..Scope::default()
        };
        Some(Binder::new(&mut self.catalog, &scope).condition(&condition))
    }

    /// The function that a trigger calls.
    fn function_name(&self, call: &Node) -> ObjectName {
        let name = crate::sql::expression::called(call);
        let written = call.children().next();
        let schema = written
            .filter(|callee| callee.kind() == Kind::FIELD_EXPR)
            .and_then(|callee| callee.children().next());
        let schema = schema.map(|schema| schema.name()).or_else(|| {
            let mut known = self.catalog.path().filter(|schema| {
                let mut functions = self.catalog.functions.iter();
                functions
                    .any(|function| function.name.name == name && function.name.schema == **schema)
            });
            known.next().cloned()
        });
        let schema = schema.unwrap_or_else(|| "pg_catalog".to_owned());
        ObjectName::new(schema, name)
    }

    pub(super) fn create_policy(&mut self, node: &Node) -> Done {
        let relation = node
            .child(Kind::ON_TABLE)
            .and_then(|clause| clause.child(Kind::TABLE_NAME_REF));
        let relation = relation.ok_or_else(|| fault(node, "the table of the policy is missing"))?;
        let table = self.table_of(&relation)?;
        let scope = self.table_scope(table);
        let mut condition = |kind| {
            let written = node.child(kind)?.children().next()?;
            Some(Binder::new(&mut self.catalog, &scope).condition(&written))
        };
        let (using, check) = (
            condition(Kind::USING_EXPR_CLAUSE),
            condition(Kind::WITH_CHECK_EXPR_CLAUSE),
        );
        let command = node
            .child(Kind::POLICY_COMMAND)
            .and_then(|clause| clause.children().next());
        let command = match command.map(|command| command.kind()) {
            Some(Kind::POLICY_COMMAND_SELECT) => "SELECT",
            Some(Kind::POLICY_COMMAND_INSERT) => "INSERT",
            Some(Kind::POLICY_COMMAND_UPDATE) => "UPDATE",
            Some(Kind::POLICY_COMMAND_DELETE) => "DELETE",
            _ => "ALL",
        };
        let restrictive = node.child(Kind::AS_POLICY_TYPE).is_some_and(|clause| {
            clause
                .tokens()
                .iter()
                .any(|token| token.eq_ignore_ascii_case("restrictive"))
        });
        let mut roles: Vec<String> = node
            .descendants(Kind::ROLE_REF)
            .map(|role| role.name())
            .collect();
        if roles.is_empty() {
            roles.push("public".to_owned());
        }
        roles.sort();
        let policy = Policy {
            name: node
                .child(Kind::POLICY)
                .map_or_else(String::new, |name| name.name()),
            command,
            permissive: !restrictive,
            roles,
            using,
            check,
        };
        if let Some(table) = self.catalog.tables.get_mut(&table) {
            if table.policies.iter().any(|own| own.name == policy.name) {
                let message = format!(
                    "the policy `{}` of `{}` already exists",
                    policy.name, table.name
                );
                return Err(fault(node, message).of("duplicate_object"));
            }
            table.policies.push(policy);
        }
        Ok(())
    }
}

/// `REFERENCING OLD TABLE AS o NEW TABLE AS n `
fn referencing(node: &Node) -> String {
    let Some(clause) = node.child(Kind::REFERENCING) else {
        return String::new();
    };
    let mut text = "REFERENCING ".to_owned();
    for (kind, words) in [
        (Kind::OLD_TABLE, "OLD TABLE"),
        (Kind::NEW_TABLE, "NEW TABLE"),
    ] {
        if let Some(name) = clause
            .child(kind)
            .and_then(|table| table.child(Kind::TRANSITION_RELATION_NAME))
        {
            text.push_str(&format!("{words} AS {} ", quoted(&name.name())));
        }
    }
    text
}
