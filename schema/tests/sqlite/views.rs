//! Views, virtual tables, and what SQLite keeps for itself.

use umbel_schema::model::{RelationKind, ViewColumn};

use crate::file::{main, relation, schema};

#[test]
fn what_a_view_shows() {
    let schema = schema(
        "CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
         CREATE TABLE copy (film_id INT REFERENCES film);
         CREATE VIEW stock AS
             SELECT f.title AS name, count(*) AS copies FROM film f JOIN copy ON film_id = f.id GROUP BY f.id;
         CREATE VIEW big AS SELECT * FROM stock WHERE copies > 5;
         CREATE TRIGGER taken INSTEAD OF DELETE ON stock BEGIN SELECT 1; END",
    );
    let stock = relation(&schema, "stock");
    assert_eq!(stock.kind, RelationKind::View);
    let view = stock.view.as_ref().unwrap();
    assert!(view.definition.starts_with("SELECT f.title AS name"));
    assert_eq!(view.sources, [main("copy"), main("film")]);
    assert!(view.deletable && !view.insertable);
    let title = ViewColumn {
        relation: main("film"),
        column: "title".to_owned(),
    };
    assert_eq!(view.columns, [Some(title), None]);
    assert!(stock.primary_key.is_none());
    let big = relation(&schema, "big").view.as_ref().unwrap();
    assert!(big.sources.contains(&main("stock")));
}

#[test]
fn broken_views_are_noted() {
    let schema = schema(
        "CREATE TABLE t (a INT); CREATE TABLE gone (a INT);
         CREATE VIEW v AS SELECT a FROM gone;
         DROP TABLE gone",
    );
    assert_eq!(schema.relations.len(), 1);
    let note = &schema.notes[0];
    assert_eq!(note.subject, "main.v");
    assert!(note.message.contains("gone"), "{}", note.message);
}

#[test]
fn virtual_tables_without_what_they_keep() {
    let schema = schema(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);
         CREATE VIRTUAL TABLE words USING fts5 (body)",
    );
    let names: Vec<_> = schema
        .relations
        .iter()
        .map(|r| r.name.name.as_str())
        .collect();
    assert_eq!(names, ["t", "words"]);
    let words = relation(&schema, "words");
    assert_eq!(words.kind, RelationKind::ForeignTable);
    assert!(!words.privileges.insert);
    assert_eq!(words.columns.len(), 1);
}
