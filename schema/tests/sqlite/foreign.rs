//! Files of programs that bring collations and functions of their own, which nothing here has.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use umbel_schema::model::{Dialect, Schema};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};
use umbel_schema::sqlite;

use crate::file::{column, relation};

/// The schema of a file that such a program has made.
#[track_caller]
fn made(text: &str) -> Schema {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.db");
    let connection = Connection::open(&path).unwrap();
    connection
        .create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))
        .unwrap();
    for name in ["title_sort", "uuid4"] {
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        let function = |call: &rusqlite::functions::Context<'_>| match call.len() {
            0 => Ok(String::new()),
            _ => call.get::<String>(0),
        };
        connection
            .create_scalar_function(name, -1, flags, function)
            .unwrap();
    }
    connection.execute_batch(text).unwrap();
    let live = sqlite::read(&path).unwrap();
    // The same from the statements alone.
    let file = SqlFile {
        name: "schema.sql".to_owned(),
        text: text.to_owned(),
    };
    let read = sql::read_as(Dialect::Sqlite, &[file], &ReadOptions::default()).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(read.schema, live);
    live
}

#[track_caller]
fn note<'a>(schema: &'a Schema, subject: &str) -> &'a str {
    let mut notes = schema.notes.iter();
    let found = notes.find(|note| note.subject == subject);
    &found
        .unwrap_or_else(|| panic!("no note on {subject}: {:?}", schema.notes))
        .message
}

#[test]
fn columns_of_a_missing_collation_are_compared_byte_by_byte() {
    let schema = made(
        "CREATE TABLE deck (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE unicase, seen INT);
         CREATE UNIQUE INDEX deck_name ON deck (name);
         CREATE TABLE plain (id INTEGER PRIMARY KEY, name TEXT COLLATE unicase, other TEXT COLLATE NOCASE);
         CREATE VIEW named AS SELECT id, name FROM plain;
         CREATE VIEW alike AS SELECT a.id FROM plain a JOIN plain b ON a.name = b.name AND a.id < b.id",
    );
    let deck = relation(&schema, "deck");
    assert!(column(deck, "name").bytewise);
    assert!(!column(deck, "seen").bytewise);
    assert!(note(&schema, "main.deck.name").starts_with("compared byte by byte"));
    // The index on the name, where each row stands by its rowid, cannot be kept in order.
    assert!(!deck.privileges.insert && !deck.privileges.delete && deck.privileges.update);
    assert!(!column(deck, "name").can_update && column(deck, "seen").can_update);
    assert_eq!(
        note(&schema, "main.deck"),
        "rows cannot be added or deleted, `id`, `name` cannot be changed, because that needs the collation `unicase`, \
         which only the program has that made the file"
    );
    let plain = relation(&schema, "plain");
    assert!(column(plain, "name").bytewise && !column(plain, "other").bytewise);
    assert!(plain.privileges.insert && column(plain, "name").can_update);
    let named = relation(&schema, "named");
    assert!(column(named, "name").bytewise && !column(named, "id").bytewise);
    // By another order, it would show other rows.
    assert!(
        note(&schema, "main.alike")
            .starts_with("left out, because it needs the collation `unicase`")
    );
}

#[test]
fn keys_of_a_missing_collation_are_read() {
    let schema = made(
        "CREATE TABLE tag (tag TEXT NOT NULL PRIMARY KEY COLLATE unicase, seen INT) WITHOUT ROWID;
         CREATE TABLE tagged (id INTEGER PRIMARY KEY, tag TEXT REFERENCES tag)",
    );
    let tag = relation(&schema, "tag");
    assert_eq!(tag.columns.len(), 2);
    assert!(tag.columns.iter().all(|column| column.can_select));
    assert!(note(&schema, "main.tag").starts_with("only read, because a change needs"));
    assert!(relation(&schema, "tagged").foreign_keys.is_empty());
    assert!(note(&schema, "main.tagged.tag").starts_with("a plain value"));
}

#[test]
fn what_a_missing_function_keeps_is_only_read() {
    let schema = made(
        "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, sort TEXT);
         CREATE TRIGGER book_sort AFTER UPDATE ON book BEGIN
             UPDATE book SET sort = title_sort(NEW.title) WHERE id = NEW.id;
         END;
         CREATE TABLE checked (id INTEGER PRIMARY KEY, title TEXT CHECK (title_sort(title) <> ''));
         CREATE TABLE indexed (id INTEGER PRIMARY KEY, title TEXT, pages INT);
         CREATE INDEX indexed_sort ON indexed (title_sort(title));
         CREATE TABLE made (id INTEGER PRIMARY KEY, title TEXT,
             short TEXT AS (title_sort(title)), long TEXT AS (title_sort(title)) STORED);
         CREATE VIEW sorted AS SELECT title_sort(title) AS sort FROM book",
    );
    let book = relation(&schema, "book");
    assert!(book.privileges.insert && book.privileges.delete && !book.privileges.update);
    assert_eq!(
        note(&schema, "main.book"),
        "rows cannot be changed, because that needs the function `title_sort`, which only the \
         program has that made the file"
    );
    let checked = relation(&schema, "checked");
    assert!(!checked.privileges.insert && checked.privileges.delete);
    assert!(!column(checked, "title").can_update);
    let indexed = relation(&schema, "indexed");
    assert!(!indexed.privileges.insert && !indexed.privileges.delete);
    let made = relation(&schema, "made");
    assert!(!column(made, "short").can_select && column(made, "long").can_select);
    assert!(note(&schema, "main.made.short").starts_with("left out, because it needs"));
    assert!(note(&schema, "main.sorted").contains("needs the function `title_sort`"));
    assert!(schema.relations.iter().all(|r| r.name.name != "sorted"));
}
