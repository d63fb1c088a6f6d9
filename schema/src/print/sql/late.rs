//! What is added once all tables are there.

use super::order::Order;
use super::{Script, constraint, qualified};
use crate::model::{Ground, Policy, Relation, RelationGround, RelationKind, Schema};
use crate::sql::name::quoted;

/// Rules that need functions, indexes, partitions, foreign keys, triggers, policies, in this order for all relations.
pub(super) fn statements(schema: &Schema, ground: &Ground, order: &Order, script: &mut Script) {
    for domain in &schema.domains {
        for check in domain.checks.iter().filter(|check| !check.validated) {
            let name = qualified(&domain.name);
            script.push(&format!(
                "ALTER DOMAIN {name} ADD {}",
                constraint::check(check)
            ));
        }
    }
    let none = RelationGround::default();
    let made = schema
        .relations
        .iter()
        .filter(|relation| order.makes(&relation.name))
        .map(|relation| {
            (
                relation,
                ground.relations.get(&relation.name).unwrap_or(&none),
            )
        });
    let made: Vec<_> = made.collect();
    for (relation, own) in &made {
        rules(relation, own, order, script);
    }
    for (relation, _) in &made {
        for index in relation
            .indexes
            .iter()
            .filter(|index| index.constraint.is_none())
        {
            script.push(&index.definition);
        }
    }
    for (relation, own) in &made {
        attach(relation, own, order, script);
    }
    for (relation, own) in &made {
        foreign_keys(relation, own, order, script);
    }
    for (relation, own) in &made {
        triggers(relation, own, script);
        policies(relation, script);
        for statement in &own.statements {
            script.push(statement);
        }
    }
}

/// Defaults and checks that need functions, checks that rows need not meet, and what a column has beside its parent's.
fn rules(relation: &Relation, ground: &RelationGround, order: &Order, script: &mut Script) {
    let name = qualified(&relation.name);
    let is_late = |part: &str| {
        let key = (relation.name.clone(), part.to_owned());
        order.late.contains(&key)
    };
    let is_view = relation.kind == RelationKind::View;
    let alter = if is_view {
        "ALTER VIEW"
    } else {
        "ALTER TABLE ONLY"
    };
    for column in &relation.columns {
        let own = ground.columns.get(&column.name);
        let is_local = own.is_none_or(|own| own.local) || ground.bound.is_some();
        let is_set_later = is_view || !is_local || is_late(&column.name);
        if let Some(default) = column.default.as_ref().filter(|_| is_set_later) {
            let column = quoted(&column.name);
            script.push(&format!(
                "{alter} {name} ALTER COLUMN {column} SET DEFAULT {default}"
            ));
        }
        if !is_local && own.is_some_and(|own| own.not_null) {
            let column = quoted(&column.name);
            script.push(&format!(
                "{alter} {name} ALTER COLUMN {column} SET NOT NULL"
            ));
        }
    }
    for check in &relation.checks {
        let is_later = !check.validated || is_late(&check.name);
        if is_later && !ground.inherited.contains(&check.name) {
            script.push(&format!(
                "ALTER TABLE {name} ADD {}",
                constraint::check(check)
            ));
        }
    }
    for exclusion in relation
        .exclusions
        .iter()
        .filter(|exclusion| is_late(&exclusion.name))
    {
        script.push(&format!(
            "{alter} {name} ADD {}",
            constraint::exclusion(exclusion)
        ));
    }
}

fn attach(relation: &Relation, ground: &RelationGround, order: &Order, script: &mut Script) {
    let (Some(bound), Some(parent)) = (&ground.bound, relation.parents.first()) else {
        return;
    };
    let name = qualified(&relation.name);
    let parent_name = qualified(parent);
    let statement = format!("ALTER TABLE ONLY {parent_name} ATTACH PARTITION {name} {bound}");
    if order.makes(parent) {
        script.push(&statement);
    } else {
        script.remark(&format!("{parent} was not read: {statement};"));
    }
}

fn foreign_keys(relation: &Relation, ground: &RelationGround, order: &Order, script: &mut Script) {
    let name = qualified(&relation.name);
    // One of a partitioned table is one of its partitions, too.
    let only = match relation.kind {
        RelationKind::PartitionedTable => "",
        _ => "ONLY ",
    };
    for key in &relation.foreign_keys {
        if ground.inherited.contains(&key.name) {
            continue;
        }
        let statement = format!(
            "ALTER TABLE {only}{name} ADD {}",
            constraint::foreign_key(key)
        );
        if order.makes(&key.target) {
            script.push(&statement);
        } else {
            script.remark(&format!("{} was not read: {statement};", key.target));
        }
    }
}

fn triggers(relation: &Relation, ground: &RelationGround, script: &mut Script) {
    for trigger in &relation.triggers {
        if ground.inherited.contains(&trigger.name) {
            continue;
        }
        script.push(&trigger.definition);
        if !trigger.enabled {
            let name = qualified(&relation.name);
            let trigger = quoted(&trigger.name);
            script.push(&format!("ALTER TABLE {name} DISABLE TRIGGER {trigger}"));
        }
    }
}

fn policies(relation: &Relation, script: &mut Script) {
    let name = qualified(&relation.name);
    if relation.row_security {
        script.push(&format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"));
    }
    for policy in &relation.policies {
        script.push(&self::policy(&name, policy));
    }
}

fn policy(relation: &str, policy: &Policy) -> String {
    let role = |role: &String| match role.as_str() {
        "public" => "PUBLIC".to_owned(),
        role => quoted(role),
    };
    let roles: Vec<_> = policy.roles.iter().map(role).collect();
    let mut text = format!("CREATE POLICY {} ON {relation}", quoted(&policy.name));
    if !policy.permissive {
        text.push_str(" AS RESTRICTIVE");
    }
    text.push_str(&format!(" FOR {} TO {}", policy.command, roles.join(", ")));
    if let Some(using) = &policy.using {
        text.push_str(&format!(" USING ({using})"));
    }
    if let Some(check) = &policy.check {
        text.push_str(&format!(" WITH CHECK ({check})"));
    }
    text
}
