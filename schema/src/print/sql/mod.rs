//! The statements that make a schema anew, for PostgreSQL.
//!
//! Left out is what is not of the schema: rows, owners and grants, tablespaces, the roles that policies name, what a
//! whole database has (event triggers, publications, subscriptions), and what only a superuser can make or nearly
//! nobody has (base types, casts, operator classes, conversions, text search parsers and templates): where something
//! needs one of these, a comment at the top names it. A materialized view is made without its rows, as `pg_dump` does.

mod column;
mod comment;
mod constraint;
mod late;
mod order;
mod relation;
mod types;

use std::fmt::Write as _;

use crate::model::{Definition, ObjectKind, ObjectName, Prerequisites, Relation, Schema};
use crate::name::quoted;
use order::Order;

/// Names are qualified, and what a function says is looked at when it is called, for it may name what comes later.
const HEAD: &str = "\
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET check_function_bodies = false;
SET client_min_messages = warning;
SELECT pg_catalog.set_config('search_path', '', false);
";

/// The statements, in an order in which a server takes them.
pub fn sql(schema: &Schema, prerequisites: &Prerequisites) -> String {
    let order = Order::new(schema, prerequisites);
    let mut script = Script::default();
    for missing in &prerequisites.missing {
        let object = &missing.object.name;
        script.remark(&format!(
            "{object} needs {}, which is not made here",
            missing.needs
        ));
    }
    for (object, needs) in &order.unread {
        let what = &object.name;
        script.remark(&format!(
            "a part of {what} needs {}, which was not read",
            needs.name
        ));
    }
    for (object, needs) in &order.left_out {
        let what = &object.name;
        script.remark(&format!(
            "{what} is left out: it needs {}, which was not read",
            needs.name
        ));
    }
    script.text.push_str(HEAD);

    let needed = order.schemas(prerequisites);
    let is_needed = |definition: &&Definition| match definition.object.kind {
        ObjectKind::Schema => needed.contains(definition.object.name.name.as_str()),
        ObjectKind::Extension | ObjectKind::Server => true,
        _ => false,
    };
    let before: Vec<_> = prerequisites.definitions.iter().filter(is_needed).collect();
    for definition in &before {
        script.define(definition);
    }
    for node in order.nodes() {
        script.push(&node.statement);
    }
    late::statements(schema, prerequisites, &order, &mut script);
    for definition in before.into_iter().chain(order.definitions(prerequisites)) {
        if let Some(comment) = &definition.comment {
            script.push(comment);
        }
    }
    comment::statements(schema, prerequisites, &order, &mut script);
    script.text
}

/// The text that is being written.
#[derive(Default)]
struct Script {
    text: String,
}

impl Script {
    /// Adds a statement, which has no semicolon yet.
    fn push(&mut self, statement: &str) {
        let _ = write!(self.text, "\n{statement};\n");
    }

    /// Adds a line that the server does not read.
    fn remark(&mut self, text: &str) {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(self.text, "-- {line}");
    }

    fn define(&mut self, definition: &Definition) {
        if let Some(statement) = &definition.statement {
            self.push(statement);
        }
    }
}

/// `(actor_id, film_id)`.
fn list(columns: &[String]) -> String {
    let names: Vec<_> = columns.iter().map(|column| quoted(column)).collect();
    format!("({})", names.join(", "))
}

/// A text as SQL writes it.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The relation of that name, if it was read.
fn relation<'a>(schema: &'a Schema, name: &ObjectName) -> Option<&'a Relation> {
    let found = schema
        .relations
        .binary_search_by(|relation| relation.name.cmp(name));
    found.ok().map(|at| &schema.relations[at])
}
