//! Generated schemas and generated changes to them, for property tests.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};
use umbel_schema::Schema;
use umbel_schema::model::{Column, Enum, ForeignKey, Key, Relation};

use crate::plan::{App, Kept, Options, plan};

const TABLES: [&str; 8] = [
    "actor",
    "category",
    "film",
    "language",
    "news",
    "order",
    "sales_person",
    "type",
];

const COLUMNS: [&str; 12] = [
    "body",
    "code",
    "created_at",
    "description",
    "labels",
    "length",
    "name",
    "notes",
    "price",
    "rating",
    "title",
    "type",
];

/// A schema of some tables that refer to each other.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    subsequence(TABLES.to_vec(), 1..5)
        .prop_flat_map(|names| {
            let tables: Vec<_> = names.iter().map(|name| table(name)).collect();
            (
                Just(names),
                tables,
                prop::collection::vec(any::<bool>(), 12),
            )
        })
        .prop_map(|(names, mut tables, refers)| {
            let mut refers = refers.into_iter();
            for at in 0..tables.len() {
                for target in &names[..at] {
                    if refers.next().unwrap_or(false) {
                        add_reference(&mut tables[at], target);
                    }
                }
            }
            from_json(json!({
                "dialect": "postgres",
                "relations": tables,
                "enums": [rating(&["G", "PG-13", "R"])],
                "domains": [], "composites": [], "ranges": [], "notes": [],
            }))
        })
}

/// The schema, changed in one to four ways: columns and tables come, go and change, and so do what links them.
pub(crate) fn changed(schema: Schema) -> impl Strategy<Value = Schema> {
    prop::collection::vec(
        (0..11_u8, any::<prop::sample::Index>(), select(&COLUMNS[..])),
        1..5,
    )
    .prop_map(move |changes| {
        let mut schema = schema.clone();
        for (kind, at, name) in changes {
            change(&mut schema, kind, &at, name);
        }
        schema
    })
}

/// The application of a schema, whose names are chosen afresh.
pub(crate) fn app(schema: &Schema) -> App {
    plan(schema, &options(), &Kept::default()).unwrap()
}

pub(crate) fn options() -> Options {
    Options {
        schemas: vec!["public".to_owned()],
        ..Options::new("shop")
    }
}

fn change(schema: &mut Schema, kind: u8, at: &prop::sample::Index, name: &str) {
    let count = schema.relations.len();
    let table = &mut schema.relations[at.index(count)];
    let plain = |column: &&mut Column| !column.name.ends_with("_id");
    match kind {
        0 | 1 => {
            if !table.columns.iter().any(|column| column.name == name) {
                table.columns.push(from_json(column(name, true)));
            }
        }
        2 => table.columns.retain(|column| column.name != name),
        3 => {
            if let Some(column) = table.columns.iter_mut().find(plain) {
                column.not_null = !column.not_null;
            }
        }
        4 => {
            if let Some(column) = table.columns.iter_mut().rfind(plain) {
                column.comment = Some(format!("What is called {name}"));
            }
        }
        5 => {
            let labels = &mut schema.enums[0].labels;
            labels.push(format!("{name} {}", labels.len()));
        }
        6 => {
            let new = format!("{name}_log");
            if !schema.relations.iter().any(|table| table.name.name == new) {
                schema.relations.push(from_json(plain_table(&new)));
                schema.relations.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
        7 => {
            if let Some(column) = table.columns.iter_mut().rfind(plain) {
                let int = json!("int4");
                (column.data_type, column.sql_type) = (from_json(int), "integer".to_owned());
                column.default = None;
            }
        }
        8 => {
            // What links two tables, or one with itself.
            let (one, other) = (at.index(count), count - 1);
            let names = [one, other].map(|at| schema.relations[at].name.name.clone());
            let new = format!("{}_{}", names[0], names[1]);
            if !schema.relations.iter().any(|table| table.name.name == new) {
                schema.relations.push(junction(&new, &names));
                schema.relations.sort_by(|a, b| a.name.cmp(&b.name));
            }
        }
        9 => {
            let key = table.foreign_keys.pop();
            table.columns.retain(|column| {
                let of_key = |key: &ForeignKey| key.columns.contains(&column.name);
                !key.as_ref().is_some_and(of_key)
            });
        }
        _ => {
            if count > 1 {
                let gone = schema.relations.remove(at.index(count)).name;
                for table in &mut schema.relations {
                    table.foreign_keys.retain(|key| key.target != gone);
                }
            }
        }
    }
}

fn table(name: &'static str) -> impl Strategy<Value = Relation> {
    (
        subsequence(COLUMNS.to_vec(), 1..6),
        prop::collection::vec(any::<bool>(), 6),
        any::<bool>(),
    )
        .prop_map(move |(columns, not_null, keyed)| {
            let mut table = plain_table(name);
            let list = table["columns"].as_array_mut().unwrap();
            list.extend(
                columns
                    .iter()
                    .zip(not_null)
                    .map(|(name, not_null)| column(name, not_null)),
            );
            if !keyed {
                table["primary_key"] = Value::Null;
            }
            from_json(table)
        })
}

/// A table with a key of its own and nothing else.
fn plain_table(name: &str) -> Value {
    let id = format!("{name}_id");
    json!({
        "name": { "schema": "public", "name": name },
        "kind": "table",
        "persistence": "permanent",
        "columns": [{
            "name": id, "data_type": "int4", "sql_type": "integer", "not_null": true,
            "default": format!("nextval('{name}_{id}_seq'::regclass)"),
            "can_select": true, "can_insert": true, "can_update": true, "inherited": false,
        }],
        "primary_key": { "name": format!("{name}_pkey"), "columns": [id] },
        "privileges": { "select": true, "insert": true, "update": true, "delete": true },
    })
}

/// A table of two references and nothing else.
fn junction(name: &str, targets: &[String; 2]) -> Relation {
    let mut table = plain_table(name);
    table["columns"] = json!([]);
    let mut table: Relation = from_json(table);
    for (target, end) in targets.iter().zip(["one_", "other_"]) {
        add_reference(&mut table, target);
        let column = format!("{end}{target}_id");
        let last = table.columns.last_mut().expect("it was added");
        (last.name, last.not_null) = (column.clone(), true);
        let key = table.foreign_keys.last_mut().expect("it was added");
        key.name = format!("{name}_{column}_fkey");
        key.columns = vec![column];
    }
    let columns = table.columns.iter().map(|column| column.name.clone());
    table.primary_key = Some(from_json(
        json!({ "name": format!("{name}_pkey"), "columns": columns.collect::<Vec<_>>() }),
    ));
    table
}

fn column(name: &str, not_null: bool) -> Value {
    let rating = json!({ "enum": { "schema": "public", "name": "rating" } });
    let (data_type, sql_type, default) = match name {
        "rating" => (rating, "rating", Some("'G'::rating")),
        "length" => (json!("int4"), "integer", None),
        "price" => (
            json!({ "numeric": { "precision": 8, "scale": 2 } }),
            "numeric(8,2)",
            Some("4.99"),
        ),
        "created_at" => (
            json!("timestamp_tz"),
            "timestamp with time zone",
            Some("now()"),
        ),
        "code" => (
            json!({ "varchar": { "length": 20 } }),
            "character varying(20)",
            None,
        ),
        _ => (json!("text"), "text", None),
    };
    json!({
        "name": name, "data_type": data_type, "sql_type": sql_type, "not_null": not_null,
        "default": default, "can_select": true, "can_insert": true, "can_update": true,
    })
}

fn add_reference(table: &mut Relation, target: &str) {
    let column_name = format!("{target}_id");
    table.columns.push(from_json(json!({
        "name": column_name, "data_type": "int4", "sql_type": "integer",
        "can_select": true, "can_insert": true, "can_update": true,
    })));
    let key: ForeignKey = from_json(json!({
        "name": format!("{}_{column_name}_fkey", table.name.name),
        "columns": [column_name],
        "target": { "schema": "public", "name": target },
        "target_columns": [column_name],
        "on_delete": "no_action", "on_update": "no_action", "match_type": "simple",
        "validated": true,
    }));
    table
        .uniques
        .retain(|unique: &Key| unique.columns != key.columns);
    table.foreign_keys.push(key);
}

fn rating(labels: &[&str]) -> Enum {
    from_json(json!({ "name": { "schema": "public", "name": "rating" }, "labels": labels }))
}

fn from_json<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
