//! What is said of relations, types and their parts.

use super::order::Order;
use super::{Script, literal};
use crate::model::{ObjectName, Prerequisites, Relation, RelationKind, Schema};
use crate::name::{qualified, quoted};

pub(super) fn statements(
    schema: &Schema,
    prerequisites: &Prerequisites,
    order: &Order,
    script: &mut Script,
) {
    let mut comments = Comments { script };
    for item in &schema.enums {
        comments.on_type(prerequisites, "TYPE", &item.name, item.comment.as_ref());
    }
    for item in &schema.ranges {
        comments.on_type(prerequisites, "TYPE", &item.name, item.comment.as_ref());
    }
    for item in &schema.composites {
        comments.on_type(prerequisites, "TYPE", &item.name, item.comment.as_ref());
        for attribute in &item.attributes {
            let name = format!("{}.{}", qualified(&item.name), quoted(&attribute.name));
            comments.on("COLUMN", &name, attribute.comment.as_ref());
        }
    }
    for item in &schema.domains {
        comments.on_type(prerequisites, "DOMAIN", &item.name, item.comment.as_ref());
        let on = format!("DOMAIN {}", qualified(&item.name));
        for check in &item.checks {
            comments.on_constraint(&check.name, &on, check.comment.as_ref());
        }
    }
    for relation in &schema.relations {
        if order.makes(&relation.name) {
            comments.of_relation(relation);
        }
    }
}

struct Comments<'a> {
    script: &'a mut Script,
}

impl Comments<'_> {
    fn on(&mut self, kind: &str, name: &str, comment: Option<&String>) {
        if let Some(comment) = comment {
            let text = literal(comment);
            self.script
                .push(&format!("COMMENT ON {kind} {name} IS {text}"));
        }
    }

    /// What an extension says of its own types comes with it.
    fn on_type(
        &mut self,
        prerequisites: &Prerequisites,
        kind: &str,
        name: &ObjectName,
        comment: Option<&String>,
    ) {
        if prerequisites.types.contains_key(name) {
            self.on(kind, &qualified(name), comment);
        }
    }

    fn on_constraint(&mut self, name: &str, on: &str, comment: Option<&String>) {
        self.on("CONSTRAINT", &format!("{} ON {on}", quoted(name)), comment);
    }

    fn of_relation(&mut self, relation: &Relation) {
        let name = qualified(&relation.name);
        let kind = match relation.kind {
            RelationKind::Table | RelationKind::PartitionedTable => "TABLE",
            RelationKind::ForeignTable => "FOREIGN TABLE",
            RelationKind::View => "VIEW",
            RelationKind::MaterializedView => "MATERIALIZED VIEW",
        };
        self.on(kind, &name, relation.comment.as_ref());
        for column in &relation.columns {
            let column_name = format!("{name}.{}", quoted(&column.name));
            self.on("COLUMN", &column_name, column.comment.as_ref());
        }
        for key in relation.primary_key.iter().chain(&relation.uniques) {
            self.on_constraint(&key.name, &name, key.comment.as_ref());
        }
        for key in &relation.foreign_keys {
            self.on_constraint(&key.name, &name, key.comment.as_ref());
        }
        for check in &relation.checks {
            self.on_constraint(&check.name, &name, check.comment.as_ref());
        }
        for exclusion in &relation.exclusions {
            self.on_constraint(&exclusion.name, &name, exclusion.comment.as_ref());
        }
        for index in &relation.indexes {
            let schema = quoted(&relation.name.schema);
            let index_name = format!("{schema}.{}", quoted(&index.name));
            self.on("INDEX", &index_name, index.comment.as_ref());
        }
    }
}
