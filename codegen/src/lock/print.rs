//! From a schema and its names to the lines of the lock.

use serde::Serialize;
use serde_json::{Map, Value, json};
use umbel_schema::Schema;
use umbel_schema::model::{ObjectName, Relation};

use super::{FORMAT, PARTS};
use crate::plan::{Kept, KeptTable};

/// The text of the lock of a schema and its names.
pub(crate) fn print(schema: &Schema, names: &Kept) -> String {
    let mut lines = vec![line(
        "lock",
        json!({ "format": FORMAT, "dialect": schema.dialect }),
    )];
    for (schema, module) in &names.groups {
        lines.push(line("group", json!({ "schema": schema, "module": module })));
    }
    for item in &schema.enums {
        let mut value = to_value(item);
        take_out(&mut value, &["identifier", "label_identifiers"]);
        put(&mut value, "names", names.enums.get(&item.name));
        lines.push(line("enum", value));
    }
    lines.extend(schema.domains.iter().map(|item| line("domain", item)));
    for item in &schema.composites {
        let mut value = to_value(item);
        if let Some(Value::Array(attributes)) = value.get_mut("attributes") {
            for attribute in attributes {
                take_out(attribute, &["identifier"]);
            }
        }
        lines.push(line("composite", value));
    }
    lines.extend(schema.ranges.iter().map(|item| line("range", item)));
    for relation in &schema.relations {
        relation_lines(relation, names.tables.get(&relation.name), &mut lines);
    }
    lines.concat()
}

/// The relation without its parts, then each part on a line of its own.
fn relation_lines(relation: &Relation, names: Option<&KeptTable>, lines: &mut Vec<String>) {
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
    lines.push(line("relation", whole));
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
        lines.push(line(kind, part));
    }
    for (origin, member) in names.into_iter().flat_map(|names| &names.relations) {
        let mut value = to_value(member);
        put(&mut value, "relation", Some(&owner));
        put(&mut value, "origin", Some(origin));
        lines.push(line("names", value));
    }
}

/// A relation as its parts name it: short, and plain whatever characters the names have.
fn owner(name: &ObjectName) -> Value {
    json!([name.schema, name.name])
}

/// `{"column":{…}}` without what is empty.
fn line(kind: &str, item: impl Serialize) -> String {
    let mut item = to_value(&item);
    strip(&mut item);
    let line = Map::from_iter([(kind.to_owned(), item)]);
    format!("{}\n", Value::Object(line))
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
            !(value.is_null() || *value == json!(false) || *value == json!([]))
        }),
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}
