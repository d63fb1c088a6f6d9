//! Any names at all, through the whole plan and into files.

mod history;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};
use umbel_schema::model::Schema;

use crate::cases::cases;
use crate::emit::{self, Content};
use crate::plan::{App, Kept, Options, plan};

/// Names that are of use to Rust, to the runtime or to the emitted code, and some that are alike.
const KNOWN: &[&str] = &[
    "type",
    "self",
    "Self",
    "SELF",
    "crate",
    "fn",
    "model",
    "Model",
    "models",
    "film",
    "Film",
    "FILM",
    "films",
    "film_row",
    "new_film",
    "film_form",
    "form",
    "views",
    "routes",
    "main",
    "db",
    "key",
    "url",
    "id",
    "ID",
    "Id",
    "2024",
    "2_024",
    "a b",
    "a-b",
    "a_b",
    "aB",
    ".",
    "..",
    "/",
    "-",
    " ",
    "\"",
    "'",
    "\\",
    "{{x}}",
    "таблица",
    "ТАБЛИЦА",
    "電影",
    "🎬",
    "é",
    "e",
    "ß",
    "ss",
    "İ",
    "ﬁ",
    "new",
    "static",
    "table",
    "tables",
    "TABLE",
    "TABLES",
    "errors",
    "state",
    "none",
    "ok",
    "news",
];

/// A legal identifier: at most 63 bytes, no NUL.
fn name() -> impl Strategy<Value = String> {
    let any = proptest::collection::vec(any::<char>(), 1..24).prop_map(|letters| {
        let mut name = String::new();
        for letter in letters.into_iter().filter(|letter| *letter != '\0') {
            if name.len() + letter.len_utf8() <= 63 {
                name.push(letter);
            }
        }
        if name.is_empty() {
            "_".to_owned()
        } else {
            name
        }
    });
    prop_oneof![
        3 => proptest::sample::select(KNOWN).prop_map(str::to_owned),
        1 => "[a-zA-Z0-9_ .-]{1,12}",
        1 => any,
    ]
}

fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(name(), 1..most).prop_map(|names| names.into_iter().collect())
}

/// Tables with a key and texts; each table refers to the first.
fn schema(tables: &[(String, Vec<String>)]) -> Schema {
    let column = |name: &String, key: bool| {
        json!({
            "name": name, "data_type": "int4", "sql_type": "integer", "not_null": key,
            "inherited": false, "can_select": true, "can_insert": true, "can_update": true,
        })
    };
    let key = |name: &String| json!({ "name": "pkey", "columns": [name], "include": [], "nulls_not_distinct": false });
    let (first, first_columns) = &tables[0];
    let reference = |own: &String| {
        json!({
            "name": "fkey", "columns": [own], "on_delete_columns": [], "validated": true,
            "target": { "schema": "public", "name": first }, "target_columns": [first_columns[0]],
            "on_delete": "no_action", "on_update": "no_action", "match_type": "simple",
        })
    };
    let relation = |(name, columns): &(String, Vec<String>)| {
        let all: Vec<Value> = (columns.iter().enumerate())
            .map(|(at, name)| column(name, at == 0))
            .collect();
        let keys: Vec<Value> = columns.iter().skip(1).take(2).map(reference).collect();
        json!({
            "name": { "schema": "public", "name": name }, "kind": "table",
            "persistence": "permanent", "columns": all, "primary_key": key(&columns[0]),
            "uniques": [], "foreign_keys": keys, "checks": [], "exclusions": [], "indexes": [],
            "triggers": [], "parents": [], "partitions": [], "row_security": false, "policies": [],
            "privileges": { "select": true, "insert": true, "update": true, "delete": true },
        })
    };
    let relations: Vec<Value> = tables.iter().map(relation).collect();
    let schema = json!({
        "dialect": "postgres", "relations": relations, "enums": [], "domains": [],
        "composites": [], "ranges": [], "notes": [],
    });
    serde_json::from_value(schema).expect("a schema")
}

fn options() -> Options {
    Options {
        schemas: vec!["public".to_owned()],
        ..Options::new("shop")
    }
}

fn planned(schema: &Schema) -> App {
    plan(schema, &options(), &Kept::default()).expect("nothing stands in the way")
}

/// No two are the same.
#[track_caller]
fn differ<T: ToString>(what: &str, names: impl Iterator<Item = T>) {
    let mut seen = BTreeSet::new();
    for name in names {
        let name = name.to_string();
        assert!(!name.is_empty(), "{what} without a name");
        assert!(seen.insert(name.clone()), "two {what} are `{name}`");
    }
}

fn check(app: &App) {
    let tables = &app.tables;
    differ("folders", tables.iter().map(|table| &table.names.folder));
    differ("URLs", tables.iter().map(|table| &table.names.url));
    differ("functions", tables.iter().map(|table| &table.names.routes));
    let types = tables.iter().flat_map(|table| {
        let names = &table.names;
        [
            &names.model,
            &names.row,
            &names.new,
            &names.patch,
            &names.form,
        ]
    });
    let enums = app.enums.iter().map(|item| &item.model);
    differ("types", types.chain(enums));
    for item in &app.enums {
        differ(
            "variants",
            item.variants.iter().map(|variant| &variant.name),
        );
    }
    for table in tables {
        let below = format!("{}/", table.names.url);
        let meets = tables
            .iter()
            .find(|other| other.names.url.starts_with(&below));
        assert!(meets.is_none(), "a list below `{}`", table.names.url);
    }
    for table in tables {
        let names = &table.names;
        assert!(
            names.folder.len() < 200,
            "too long for a file: {}",
            names.folder
        );
        assert!(!names.title.trim().is_empty() && !names.singular.trim().is_empty());
        assert!(
            names.one != names.many,
            "`{}` and `{}`",
            names.one,
            names.many
        );
        differ("fields", table.fields.iter().map(|field| &field.name));
        let relations = table.to_one.iter().map(|relation| &relation.constant);
        let inverse = table.to_many.iter().map(|relation| &relation.constant);
        let columns = table.fields.iter().map(|field| &field.constant);
        let links = table.many_to_many.iter().map(|relation| &relation.constant);
        differ(
            "constants",
            columns.chain(relations).chain(inverse).chain(links),
        );
        let relations = table.to_one.iter().map(|relation| &relation.name);
        differ("members of a row", relations.chain([&names.one]));
        differ("inputs", table.inputs.iter().map(|input| &input.name));
        differ(
            "inputs of the browser",
            table.inputs.iter().map(|input| &input.key),
        );
        for field in &table.fields {
            assert!(
                !field.label.trim().is_empty(),
                "`{}` has no label",
                field.column
            );
        }
    }
    let files = emit::emit(app);
    differ("files", files.iter().map(|file| file.path.to_lowercase()));
    for file in &files {
        if let Content::Rust(text) = &file.content {
            let parsed = syn::parse_file(text);
            assert!(parsed.is_ok(), "{}: {:?}\n{text}", file.path, parsed.err());
        }
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_names(
        tables in names(10).prop_flat_map(|tables| {
            let columns = proptest::collection::vec(names(8), tables.len());
            (Just(tables), columns)
        })
    ) {
        let tables: Vec<(String, Vec<String>)> = tables.0.into_iter().zip(tables.1).collect();
        check(&planned(&schema(&tables)));
    }
}
