//! `.umbel/schema.lock`: the schema as of the last sync, and the names chosen for it.
//!
//! One object a line, sorted, so that a diff shows what changed and git merges two branches. Nothing in it
//! depends on the server that the schema was read from: no identifiers, no estimates.

use serde::Serialize;
use serde_json::{Map, Value, json};
use umbel_schema::Schema;
use umbel_schema::model::Relation;

use crate::plan::App;

/// The version of the format, to be raised when an older umbel could not read it.
const FORMAT: u32 = 1;

/// The text of the lock.
pub(crate) fn lock(schema: &Schema, app: &App) -> String {
    let mut lines = vec![line(
        "lock",
        &json!({ "format": FORMAT, "dialect": schema.dialect }),
    )];
    lines.extend(schema.enums.iter().map(|item| line("enum", item)));
    lines.extend(schema.domains.iter().map(|item| line("domain", item)));
    lines.extend(schema.composites.iter().map(|item| line("composite", item)));
    lines.extend(schema.ranges.iter().map(|item| line("range", item)));
    for relation in &schema.relations {
        relation_lines(relation, &mut lines);
    }
    for table in &app.tables {
        let fields: Map<String, Value> = table
            .fields
            .iter()
            .map(|field| (field.column.clone(), json!(field.name.to_string())))
            .collect();
        lines.push(line(
            "names",
            &json!({
                "relation": table.qualified_name(),
                "folder": table.names.folder,
                "model": table.names.model.to_string(),
                "fields": fields,
            }),
        ));
    }
    lines.concat()
}

/// The relation without its parts, then each part on a line of its own.
fn relation_lines(relation: &Relation, lines: &mut Vec<String>) {
    const PARTS: [(&str, &str); 8] = [
        ("columns", "column"),
        ("uniques", "unique"),
        ("foreign_keys", "foreign_key"),
        ("checks", "check"),
        ("exclusions", "exclusion"),
        ("indexes", "index"),
        ("triggers", "trigger"),
        ("policies", "policy"),
    ];
    let mut whole = to_value(relation);
    let mut parts = Vec::new();
    if let Value::Object(members) = &mut whole {
        members.remove("identifier");
        members.remove("estimated_rows");
        for (list, kind) in PARTS {
            if let Some(Value::Array(items)) = members.remove(list) {
                parts.extend(items.into_iter().map(|item| (kind, item)));
            }
        }
    }
    lines.push(line("relation", &whole));
    for (kind, mut part) in parts {
        if let Value::Object(members) = &mut part {
            members.remove("identifier");
            members.insert("relation".to_owned(), json!(relation.name.to_string()));
        }
        lines.push(line(kind, &part));
    }
}

/// `{"column":{…}}` without what is empty.
fn line(kind: &str, item: &impl Serialize) -> String {
    let mut item = to_value(item);
    strip(&mut item);
    format!("{}\n", json!({ kind: item }))
}

fn to_value(item: &impl Serialize) -> Value {
    serde_json::to_value(item).expect("the model has only keys that are strings")
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
