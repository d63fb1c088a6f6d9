//! Keys, foreign keys, checks, indexes and triggers.

use umbel_schema::model::{Deferrable, ReferenceAction};
use umbel_schema::rules::Rule;

use crate::file::{main, relation, schema};

#[test]
fn keys() {
    let schema = schema(
        "CREATE TABLE t (
             a INT, b TEXT UNIQUE, c TEXT, d TEXT,
             CONSTRAINT pair UNIQUE (a, c), PRIMARY KEY (d, a)
         )",
    );
    let table = relation(&schema, "t");
    let key = table.primary_key.as_ref().unwrap();
    assert_eq!(
        (key.name.as_str(), key.columns.join(" ")),
        ("t_pkey", "d a".to_owned())
    );
    let uniques: Vec<_> = table
        .uniques
        .iter()
        .map(|key| (key.name.as_str(), key.columns.join(" ")))
        .collect();
    assert_eq!(
        uniques,
        [("pair", "a c".to_owned()), ("t_b_key", "b".to_owned())]
    );
    assert!(table.indexes.iter().all(|index| index.constraint.is_some()));
}

#[test]
fn foreign_keys() {
    let schema = schema(
        "CREATE TABLE place (x INT, y INT, name TEXT UNIQUE, PRIMARY KEY (x, y));
         CREATE TABLE t (
             id INTEGER PRIMARY KEY,
             up INT REFERENCES T (ID) ON DELETE CASCADE ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
             town TEXT REFERENCES place (name) ON DELETE RESTRICT,
             px INT, py INT,
             CONSTRAINT at FOREIGN KEY (px, py) REFERENCES Place
         )",
    );
    let keys = &relation(&schema, "t").foreign_keys;
    let names: Vec<_> = keys.iter().map(|key| key.name.as_str()).collect();
    assert_eq!(names, ["at", "t_town_fkey", "t_up_fkey"]);
    assert_eq!(keys[0].target, main("place"));
    assert_eq!(keys[0].target_columns, ["x", "y"]);
    assert_eq!(keys[0].deferrable, None);
    assert_eq!(keys[1].on_delete, ReferenceAction::Restrict);
    assert_eq!(
        (keys[2].target.clone(), keys[2].target_columns.join(" ")),
        (main("t"), "id".to_owned())
    );
    assert_eq!(keys[2].on_delete, ReferenceAction::Cascade);
    assert_eq!(keys[2].on_update, ReferenceAction::SetNull);
    assert_eq!(keys[2].deferrable, Some(Deferrable::InitiallyDeferred));
}

#[test]
fn foreign_keys_that_cannot_hold_are_noted() {
    let schema = schema(
        "CREATE TABLE pair (x INT, y INT, PRIMARY KEY (x, y));
         CREATE VIEW seen AS SELECT 1 AS id;
         CREATE TABLE t (
             a INT REFERENCES gone (id), b INT REFERENCES pair (z), c INT REFERENCES pair, d INT REFERENCES seen (id)
         )",
    );
    assert_eq!(relation(&schema, "t").foreign_keys, []);
    let notes: Vec<_> = schema
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    for (note, word) in notes.iter().zip(["`gone`", "`z`", "`pair`", "`seen`"]) {
        assert!(note.contains(word) && note.contains("left out"), "{note}");
    }
    assert_eq!(notes.len(), 4);
}

#[test]
fn checks() {
    let schema = schema(
        "CREATE TABLE t (
             Kind TEXT CHECK (KIND IN ('a', 'b')),
             n INT CONSTRAINT small CHECK (t.n < 10),
             CHECK ( n > 0 OR \"Kind\" == \"none\" )
         )",
    );
    let checks = &relation(&schema, "t").checks;
    let told: Vec<_> = checks
        .iter()
        .map(|check| {
            (
                check.name.as_str(),
                check.expression.as_str(),
                check.columns.join(" "),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "KIND IN ('a', 'b')",
                "\"Kind\" IN ('a', 'b')",
                "Kind".to_owned()
            ),
            (
                "n > 0 OR \"Kind\" == \"none\"",
                "n > 0 OR \"Kind\" = 'none'",
                "n Kind".to_owned()
            ),
            ("small", "n < 10", "n".to_owned()),
        ]
    );
    assert!(matches!(
        Rule::parse(&checks[0].expression),
        Rule::OneOf { column, values, .. } if column == "Kind" && values.len() == 2
    ));
    assert!(
        checks
            .iter()
            .all(|check| Rule::parse(&check.expression).is_complete())
    );
}

#[test]
fn indexes() {
    let schema = schema(
        "CREATE TABLE t (Id INTEGER PRIMARY KEY, name TEXT, price REAL);
         CREATE UNIQUE INDEX by_name ON t (lower(NAME) COLLATE NOCASE, price DESC) WHERE price > 0;
         CREATE INDEX plain ON t (name COLLATE NOCASE)",
    );
    let indexes = &relation(&schema, "t").indexes;
    let by_name = &indexes[0];
    assert!(by_name.unique && by_name.constraint.is_none());
    assert_eq!(
        by_name.columns[0].expression.as_deref(),
        Some("lower(name)")
    );
    assert_eq!(by_name.columns[1].column.as_deref(), Some("price"));
    assert!(by_name.columns[1].descending && !by_name.columns[1].nulls_first);
    assert_eq!(by_name.predicate.as_deref(), Some("price > 0"));
    assert_eq!(indexes[1].columns[0].collation.as_deref(), Some("NOCASE"));
}

#[test]
fn triggers() {
    let schema = schema(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, changed TEXT);
         CREATE TRIGGER touch AFTER UPDATE OF id ON T BEGIN
             UPDATE t SET changed = datetime('now') WHERE id = new.id;
         END",
    );
    let trigger = &relation(&schema, "t").triggers[0];
    assert!(trigger.on_update && !trigger.before);
    assert_eq!(trigger.update_columns, ["id"]);
}

#[test]
fn estimates_of_analyze() {
    let schema = schema(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT);
         CREATE INDEX i ON t (a);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700)
         INSERT INTO t (a) SELECT i FROM n;
         ANALYZE;
         CREATE TABLE empty (a)",
    );
    assert_eq!(relation(&schema, "t").estimated_rows, Some(700));
    assert_eq!(relation(&schema, "empty").estimated_rows, None);
}
