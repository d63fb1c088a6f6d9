//! From a schema and its names to the lines of the lock.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Value, json};
use umbel_schema::Schema;
use umbel_schema::model::{ObjectName, Relation};

use super::{FORMAT, PARTS};
use crate::plan::{Kept, KeptTable};

/// The text of the lock of a schema and its names, and of what is gone and spoken of.
pub(crate) fn print(schema: &Schema, names: &Kept, gone: &BTreeSet<String>) -> String {
    let mut lines = Lines::default();
    lines.add(
        "lock",
        json!({ "format": FORMAT, "dialect": schema.dialect }),
    );
    for (schema, module) in &names.groups {
        lines.add("group", json!({ "schema": schema, "module": module }));
    }
    for item in &schema.enums {
        let mut value = to_value(item);
        take_out(&mut value, &["identifier", "label_identifiers"]);
        put(&mut value, "names", names.enums.get(&item.name));
        lines.add("enum", value);
    }
    for item in &schema.domains {
        lines.add("domain", to_value(item));
    }
    for item in &schema.composites {
        let mut value = to_value(item);
        if let Some(Value::Array(attributes)) = value.get_mut("attributes") {
            for attribute in attributes {
                take_out(attribute, &["identifier"]);
            }
        }
        lines.add("composite", value);
    }
    for item in &schema.ranges {
        lines.add("range", to_value(item));
    }
    for relation in &schema.relations {
        relation_lines(relation, names.tables.get(&relation.name), &mut lines);
    }
    for what in gone {
        lines.add("gone", json!({ "name": what }));
    }
    lines.text
}

/// The relation without its parts, then each part on a line of its own.
fn relation_lines(relation: &Relation, names: Option<&KeptTable>, lines: &mut Lines) {
    let mut whole = to_value(relation);
    let mut parts = Vec::new();
    take_out(&mut whole, &["identifier", "estimated_rows"]);
    if let Value::Object(members) = &mut whole {
        for (list, kind) in PARTS {
            if let Some(Value::Array(items)) = members.remove(list) {
                parts.extend(items.into_iter().map(|item| (kind, item)));
            }
        }
    }
    put(&mut whole, "names", names.map(|names| &names.own));
    lines.add("relation", whole);
    let owner = owner(&relation.name);
    for (kind, mut part) in parts {
        take_out(&mut part, &["identifier"]);
        if kind == "column"
            && let Some(Value::String(column)) = part.get("name")
        {
            let member = names.and_then(|names| names.fields.get(column));
            put(&mut part, "names", member);
        }
        put(&mut part, "relation", Some(&owner));
        lines.add(kind, part);
    }
    let relations = names.into_iter().flat_map(|names| &names.relations);
    let relations = relations.map(|(origin, member)| (origin, to_value(member)));
    let rows = names.into_iter().flat_map(|names| &names.rows);
    let rows = rows.map(|(origin, constant)| (origin, json!({ "constant": constant })));
    let mut relations: Vec<(&String, Value)> = relations.chain(rows).collect();
    relations.sort_by_key(|(origin, _)| *origin);
    for (origin, mut value) in relations {
        put(&mut value, "relation", Some(&owner));
        put(&mut value, "origin", Some(origin));
        lines.add("names", value);
    }
}

/// A relation as its parts name it: short, and plain whatever characters the names have.
fn owner(name: &ObjectName) -> Value {
    json!([name.schema, name.name])
}

/// The lines as they are made.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// `{"column":{…}}` without what is empty.
    fn add(&mut self, kind: &str, mut item: Value) {
        strip(&mut item);
        let item = serde_json::to_string(&item).expect("a value has only keys that are strings");
        self.text.extend(["{\"", kind, "\":", &item, "}\n"]);
    }
}

fn to_value(item: &impl Serialize) -> Value {
    serde_json::to_value(item).expect("the model has only keys that are strings")
}

fn take_out(value: &mut Value, members: &[&str]) {
    if let Value::Object(object) = value {
        for member in members {
            object.remove(*member);
        }
    }
}

fn put(value: &mut Value, member: &str, item: Option<&impl Serialize>) {
    if let (Value::Object(object), Some(item)) = (value, item) {
        object.insert(member.to_owned(), to_value(item));
    }
}

/// Takes out what says nothing: null, false, empty lists. Reading puts the same back as defaults.
fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => members.retain(|_, value| {
            strip(value);
            !says_nothing(value)
        }),
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(is_true) => !is_true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}
