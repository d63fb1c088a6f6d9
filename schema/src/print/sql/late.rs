//! What is added once all tables are there.

use super::order::Order;
use super::{Script, constraint, relation};
use crate::model::{
    Column, ObjectName, Policy, Prerequisites, Relation, RelationKind, RelationPrerequisites,
    Schema,
};
use crate::name::{qualified, quoted};

/// Rules that need functions, indexes, partitions, foreign keys, triggers, policies, in this order for all relations.
pub(super) fn statements(
    schema: &Schema,
    prerequisites: &Prerequisites,
    order: &Order,
    script: &mut Script,
) {
    let mut late = Late {
        schema,
        prerequisites,
        order,
        script,
    };
    late.domains();
    let none = RelationPrerequisites::default();
    let made = schema.relations.iter().filter_map(|relation| {
        let own = prerequisites.relations.get(&relation.name).unwrap_or(&none);
        order.makes(&relation.name).then_some((relation, own))
    });
    let made: Vec<_> = made.collect();
    for (relation, own) in &made {
        late.columns(relation, own);
        late.rules(relation, own);
    }
    for (relation, _) in &made {
        late.indexes(relation);
    }
    for (relation, own) in &made {
        late.partition(relation, own);
    }
    for (relation, own) in &made {
        late.foreign_keys(relation, own);
    }
    for (relation, own) in &made {
        late.triggers(relation, own);
        late.policies(relation);
        for statement in &own.statements {
            late.script.push(statement);
        }
    }
}

struct Late<'a> {
    schema: &'a Schema,
    prerequisites: &'a Prerequisites,
    order: &'a Order,
    script: &'a mut Script,
}

impl Late<'_> {
    /// The checks of domains that values need not meet yet.
    fn domains(&mut self) {
        for domain in &self.schema.domains {
            let is_ours = self.prerequisites.types.contains_key(&domain.name);
            for check in domain
                .checks
                .iter()
                .filter(|check| is_ours && !check.validated)
            {
                let name = qualified(&domain.name);
                let check = constraint::check(check);
                self.script
                    .push(&format!("ALTER DOMAIN {name} ADD {check}"));
            }
        }
    }

    /// Defaults that need functions, and what a column has beside those of the parents.
    fn columns(&mut self, relation: &Relation, own: &RelationPrerequisites) {
        let parents = relation::parents(relation, self.schema, own);
        let is_view = relation.kind == RelationKind::View;
        let alter = if is_view {
            "ALTER VIEW"
        } else {
            "ALTER TABLE ONLY"
        };
        for column in &relation.columns {
            let alter = format!(
                "{alter} {} ALTER COLUMN {}",
                qualified(&relation.name),
                quoted(&column.name)
            );
            let prerequisites = own.columns.get(&column.name);
            let is_inherited = !parents.is_empty()
                && prerequisites.is_some_and(|prerequisites| !prerequisites.local);
            let is_late = is_view || is_inherited || self.is_late(relation, &column.name);
            let of_parents: Vec<_> = inherited(&parents, &column.name).collect();
            match &column.default {
                Some(default) if is_late => {
                    self.script.push(&format!("{alter} SET DEFAULT {default}"));
                }
                None if of_parents
                    .iter()
                    .any(|(_, column)| column.default.is_some()) =>
                {
                    self.script.push(&format!("{alter} DROP DEFAULT"));
                }
                _ => {}
            }
            let is_not_null = |relation: &Relation| {
                let prerequisites = self.prerequisites.relations.get(&relation.name);
                let column =
                    prerequisites.and_then(|prerequisites| prerequisites.columns.get(&column.name));
                column.is_some_and(|column| column.not_null)
            };
            let is_stricter = is_inherited
                && is_not_null(relation)
                && !of_parents.iter().any(|(parent, _)| is_not_null(parent));
            if is_stricter {
                self.script.push(&format!("{alter} SET NOT NULL"));
            }
        }
    }

    /// Checks and exclusions that need functions, and checks that rows need not meet yet.
    fn rules(&mut self, relation: &Relation, own: &RelationPrerequisites) {
        let name = qualified(&relation.name);
        for check in &relation.checks {
            let is_late = !check.validated || self.is_late(relation, &check.name);
            if is_late && !own.inherited.contains(&check.name) {
                let check = constraint::check(check);
                self.script.push(&format!("ALTER TABLE {name} ADD {check}"));
            }
        }
        for exclusion in &relation.exclusions {
            if self.is_late(relation, &exclusion.name) {
                let exclusion = constraint::exclusion(exclusion);
                self.script
                    .push(&format!("ALTER TABLE ONLY {name} ADD {exclusion}"));
            }
        }
    }

    fn indexes(&mut self, relation: &Relation) {
        // Those of keys and exclusions come with them.
        for index in &relation.indexes {
            if index.constraint.is_none() {
                self.script.push(&index.definition);
            }
        }
    }

    /// Makes a table a partition, which takes the indexes of both for each other's.
    fn partition(&mut self, relation: &Relation, own: &RelationPrerequisites) {
        let (Some(bound), Some(parent)) = (&own.bound, relation.parents.first()) else {
            return;
        };
        let statement = format!(
            "ALTER TABLE ONLY {} ATTACH PARTITION {} {bound}",
            qualified(parent),
            qualified(&relation.name)
        );
        self.push_if_made(parent, &statement);
    }

    fn foreign_keys(&mut self, relation: &Relation, own: &RelationPrerequisites) {
        let name = qualified(&relation.name);
        // One of a partitioned table is one of its partitions, too.
        let only = match relation.kind {
            RelationKind::PartitionedTable => "",
            _ => "ONLY ",
        };
        for key in &relation.foreign_keys {
            if !own.inherited.contains(&key.name) {
                let constraint = constraint::foreign_key(key);
                let statement = format!("ALTER TABLE {only}{name} ADD {constraint}");
                self.push_if_made(&key.target, &statement);
            }
        }
    }

    fn triggers(&mut self, relation: &Relation, own: &RelationPrerequisites) {
        for trigger in &relation.triggers {
            if own.inherited.contains(&trigger.name) {
                continue;
            }
            self.script.push(&trigger.definition);
            if !trigger.enabled {
                let name = qualified(&relation.name);
                let trigger = quoted(&trigger.name);
                let statement = format!("ALTER TABLE {name} DISABLE TRIGGER {trigger}");
                self.script.push(&statement);
            }
        }
    }

    fn policies(&mut self, relation: &Relation) {
        let name = qualified(&relation.name);
        if relation.row_security {
            let statement = format!("ALTER TABLE {name} ENABLE ROW LEVEL SECURITY");
            self.script.push(&statement);
        }
        for policy in &relation.policies {
            self.script.push(&self::policy(&name, policy));
        }
    }

    fn is_late(&self, relation: &Relation, part: &str) -> bool {
        let key = (relation.name.clone(), part.to_owned());
        self.order.late.contains(&key)
    }

    /// Adds a statement that needs another relation, or a remark where that is not made.
    fn push_if_made(&mut self, needed: &ObjectName, statement: &str) {
        if self.order.makes(needed) {
            self.script.push(statement);
        } else {
            self.script
                .remark(&format!("{needed} was not read: {statement};"));
        }
    }
}

/// The columns of that name of the parents.
fn inherited<'a>(
    parents: &'a [&Relation],
    name: &'a str,
) -> impl Iterator<Item = (&'a Relation, &'a Column)> {
    parents.iter().flat_map(move |parent| {
        let columns = parent.columns.iter();
        columns
            .filter(move |column| column.name == name)
            .map(move |column| (*parent, column))
    })
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
