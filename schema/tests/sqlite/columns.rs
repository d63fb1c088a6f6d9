//! Columns: their types, defaults, keys and expressions.

use umbel_schema::model::{DataType, Generated};

use crate::file::{column, relation, schema};

#[test]
fn declared_types() {
    let schema = schema(
        "CREATE TABLE t (
             a INTEGER, b NVARCHAR(40), c DECIMAL(10,2), d DATETIME, e BOOLEAN, f, g geometry, h JSON, i BLOB,
             j INT CHECK (j IN (0, 1)), k INT CHECK (k IN (1, 2))
         )",
    );
    let table = relation(&schema, "t");
    let types: Vec<_> = table.columns.iter().map(|c| c.data_type.clone()).collect();
    assert_eq!(
        types,
        [
            DataType::Int8,
            DataType::Varchar { length: Some(40) },
            DataType::Numeric {
                precision: Some(10),
                scale: Some(2)
            },
            DataType::Timestamp,
            DataType::Bool,
            DataType::Unknown,
            DataType::Other(crate::file::main("geometry")),
            DataType::Json,
            DataType::Bytea,
            DataType::Bool,
            DataType::Int8,
        ]
    );
    assert_eq!(column(table, "b").sql_type, "nvarchar(40)");
    assert_eq!(column(table, "f").sql_type, "any");
}

#[test]
fn strict_and_without_rowid() {
    let schema = schema(
        "CREATE TABLE strict (id INTEGER PRIMARY KEY, a INT NOT NULL, b REAL, c TEXT, d BLOB, e ANY) STRICT;
         CREATE TABLE keyed (id INTEGER PRIMARY KEY, code TEXT) WITHOUT ROWID",
    );
    let strict = relation(&schema, "strict");
    assert!(column(strict, "a").not_null && !column(strict, "b").not_null);
    assert_eq!(column(strict, "b").data_type, DataType::Float8);
    assert_eq!(
        column(strict, "e").data_type,
        DataType::Other(crate::file::main("ANY"))
    );
    assert!(column(strict, "id").identity.is_some());
    let keyed = relation(&schema, "keyed");
    assert!(column(keyed, "id").identity.is_none());
    assert_eq!(keyed.primary_key.as_ref().unwrap().columns, ["id"]);
}

#[test]
fn keys_that_count() {
    let schema = schema(
        "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);
         CREATE TABLE b (id INT PRIMARY KEY);
         CREATE TABLE c (id INTEGER, n INTEGER, PRIMARY KEY (id, n));
         CREATE TABLE d (id INTEGER PRIMARY KEY REFERENCES a)",
    );
    let counts = |table| {
        let id = column(relation(&schema, table), "id");
        assert!(id.not_null);
        id.identity.is_some()
    };
    assert_eq!(
        ["a", "b", "c", "d"].map(counts),
        [true, false, false, false]
    );
}

#[test]
fn defaults() {
    let schema = schema(
        "CREATE TABLE t (
             a TEXT DEFAULT 'it''s', b INT DEFAULT 3, c BOOLEAN DEFAULT 1, d TEXT DEFAULT NULL,
             e TEXT DEFAULT \"old\", f DATETIME DEFAULT CURRENT_TIMESTAMP, g TEXT DEFAULT (datetime('now'))
         )",
    );
    let table = relation(&schema, "t");
    let defaults: Vec<_> = table.columns.iter().map(|c| c.default.as_deref()).collect();
    assert_eq!(
        defaults,
        [
            Some("'it''s'"),
            Some("3"),
            Some("true"),
            None,
            Some("'old'"),
            Some("CURRENT_TIMESTAMP"),
            Some("datetime('now')"),
        ]
    );
}

#[test]
fn generated_and_collated() {
    let schema = schema(
        "CREATE TABLE t (
             Net REAL, gross REAL GENERATED ALWAYS AS (net * 1.19) STORED, half AS ([NET] / 2),
             name TEXT COLLATE NOCASE
         )",
    );
    let table = relation(&schema, "t");
    let generated = |name| column(table, name).generated.clone();
    let expect = |expression: &str, stored| {
        Some(Generated {
            expression: expression.to_owned(),
            stored,
        })
    };
    assert_eq!(generated("gross"), expect("\"Net\" * 1.19", true));
    assert_eq!(generated("half"), expect("\"Net\" / 2", false));
    let collation = column(table, "name").collation.as_ref();
    assert_eq!(collation.unwrap().name, "NOCASE");
}

#[test]
fn names_that_are_none() {
    let schema = schema(
        "CREATE TABLE \"2024 sales\" (\"a \"\"b\" INT, [c d] TEXT, `select` INT, größe INT, PRIMARY KEY ([c d]))",
    );
    let table = relation(&schema, "2024 sales");
    let names: Vec<_> = table.columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["a \"b", "c d", "select", "größe"]);
    assert_eq!(table.primary_key.as_ref().unwrap().columns, ["c d"]);
}
