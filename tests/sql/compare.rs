//! Two schemas, object by object.

use std::fmt;

use serde_json::Value;
use umbel_schema::Schema;

/// One thing that two schemas say differently.
#[derive(Debug)]
pub(crate) struct Difference {
    /// `relations[public.film].columns[title].default`
    path: String,
    live: Option<String>,
    files: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |side: &Option<String>| side.clone().unwrap_or_else(|| "missing".to_owned());
        write!(
            f,
            "{}\n    live:  {}\n    files: {}",
            self.path,
            shown(&self.live),
            shown(&self.files)
        )
    }
}

/// What the schemas say differently, apart from what no file can know.
pub(crate) fn differences(live: &Schema, files: &Schema) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(String::new(), &plain(live), &plain(files), &mut found);
    found
}

/// The schema without what is of the server and not of the schema: identifiers, estimates, who read it. The role
/// that read it live may do everything, so that privileges are compared.
fn plain(schema: &Schema) -> Value {
    let mut schema = schema.clone();
    schema.origin = None;
    schema.role = None;
    for relation in &mut schema.relations {
        relation.identifier = None;
        relation.estimated_rows = None;
        relation
            .columns
            .iter_mut()
            .for_each(|column| column.identifier = None);
    }
    for item in &mut schema.enums {
        item.identifier = None;
        item.label_identifiers.clear();
    }
    for composite in &mut schema.composites {
        composite
            .attributes
            .iter_mut()
            .for_each(|column| column.identifier = None);
    }
    serde_json::to_value(schema).expect("a schema is JSON")
}

fn compare(path: String, live: &Value, files: &Value, found: &mut Vec<Difference>) {
    match (live, files) {
        (Value::Object(live), Value::Object(files)) => {
            for (key, value) in live {
                let own = files.get(key).unwrap_or(&Value::Null);
                compare(join(&path, key), value, own, found);
            }
        }
        (Value::Array(live), Value::Array(files)) if named(live) && named(files) => {
            lists(&path, live, files, found);
        }
        (Value::Array(live), Value::Array(files)) if live.len() == files.len() => {
            for (index, (live, files)) in live.iter().zip(files).enumerate() {
                compare(format!("{path}[{index}]"), live, files, found);
            }
        }
        (live, files) if live == files => {}
        (live, files) => found.push(Difference {
            path,
            live: Some(live.to_string()),
            files: Some(files.to_string()),
        }),
    }
}

/// Lists of objects with names, in the same order.
fn lists(path: &str, live: &[Value], files: &[Value], found: &mut Vec<Difference>) {
    let of =
        |list: &[Value], name: &str| list.iter().find(|item| self::name(item) == name).cloned();
    for item in live {
        let name = name(item);
        let path = format!("{path}[{name}]");
        match of(files, &name) {
            Some(own) => compare(path, item, &own, found),
            None => found.push(Difference {
                path,
                live: Some(item.to_string()),
                files: None,
            }),
        }
    }
    for item in files {
        let name = name(item);
        if of(live, &name).is_none() {
            found.push(Difference {
                path: format!("{path}[{name}]"),
                live: None,
                files: Some(item.to_string()),
            });
        }
    }
    let order = |list: &[Value]| list.iter().map(name).collect::<Vec<_>>();
    if live.len() == files.len() && order(live) != order(files) {
        found.push(Difference {
            path: format!("{path} in order"),
            live: Some(order(live).join(", ")),
            files: Some(order(files).join(", ")),
        });
    }
}

fn named(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|item| item.get("name").is_some())
}

fn name(item: &Value) -> String {
    match &item["name"] {
        Value::String(name) => name.clone(),
        name => format!("{}.{}", text(&name["schema"]), text(&name["name"])),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
