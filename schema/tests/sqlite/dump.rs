//! SQL files of SQLite: what the shell writes with `.dump` and `.schema`, and what is wrong in a file.

use umbel_schema::model::{Dialect, RelationKind};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Error, Reading, SqlFile};

use crate::file::{main, relation};

fn files(texts: &[&str]) -> Vec<SqlFile> {
    let files = texts.iter().enumerate();
    files
        .map(|(number, text)| SqlFile {
            name: format!("{number}.sql"),
            text: (*text).to_owned(),
        })
        .collect()
}

#[track_caller]
fn read(texts: &[&str]) -> Reading {
    sql::read(&files(texts), &ReadOptions::default()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// What is said, each with its place and the text that it points at.
#[track_caller]
fn refused(texts: &[&str]) -> Vec<String> {
    let read = sql::read_as(Dialect::Sqlite, &files(texts), &ReadOptions::default());
    match read.and_then(Reading::strictly) {
        Err(Error::Statements { dialect, found }) => {
            assert_eq!(dialect, Dialect::Sqlite);
            let said = found.iter().map(|diagnostic| {
                let span = diagnostic.span.clone();
                format!("{diagnostic} at `{}`", &texts[span.file][span.range])
            });
            said.collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dump_with_a_virtual_table() {
    // As `.dump` of SQLite 3.40 writes it.
    let dump = "PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE [a b] (`id` INTEGER PRIMARY KEY AUTOINCREMENT, \"x;y\" TEXT DEFAULT 'it''s;');
INSERT INTO \"a b\" VALUES(1,'PRAGMA; CREATE TABLE z (a)');
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','note','note',0,'CREATE VIRTUAL TABLE note USING fts5(body)');
CREATE TABLE IF NOT EXISTS 'note_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE IF NOT EXISTS 'note_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS 'note_content'(id INTEGER PRIMARY KEY, c0);
CREATE TABLE IF NOT EXISTS 'note_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE IF NOT EXISTS 'note_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO note_data VALUES(1,X'');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('a b',1);
CREATE TRIGGER t AFTER INSERT ON [a b] BEGIN
    UPDATE \"a b\" SET \"x;y\" = CASE WHEN new.id > 1 THEN 'a' ELSE 'b' END;
    SELECT 1;
END;
CREATE VIEW v AS SELECT id FROM \"a b\";
PRAGMA writable_schema=OFF;
COMMIT;
";
    let reading = read(&[dump]);
    assert_eq!(reading.warnings, []);
    let schema = &reading.schema;
    assert_eq!(schema.dialect, Dialect::Sqlite);
    assert_eq!(schema.notes, []);
    let note = relation(schema, "note");
    assert_eq!(
        (note.kind, note.columns.len()),
        (RelationKind::ForeignTable, 1)
    );
    assert_eq!(relation(schema, "a b").triggers.len(), 1);
    assert_eq!(relation(schema, "v").kind, RelationKind::View);
    let kinds: Vec<&str> = reading
        .skipped
        .iter()
        .map(|one| one.kind.as_str())
        .collect();
    let expect = [
        "PRAGMA", "BEGIN", "INSERT", "PRAGMA", "INSERT", "DELETE", "INSERT", "PRAGMA", "COMMIT",
    ];
    assert_eq!(kinds, expect);
}

#[test]
fn the_shells_list_of_statements() {
    let schema = read(&[
        "CREATE TABLE t (id integer primary key autoincrement);\nCREATE TABLE sqlite_sequence(name,seq);",
    ])
    .schema;
    assert_eq!(schema.relations.len(), 1);
}

#[test]
fn migrations_are_one_schema() {
    let reading = read(&[
        "CREATE TABLE film (id INTEGER PRIMARY KEY, name TEXT);",
        "ALTER TABLE film RENAME COLUMN name TO title;\nALTER TABLE film ADD COLUMN year INT;",
        "CREATE TABLE actor (id INTEGER PRIMARY KEY AUTOINCREMENT);\nALTER TABLE film RENAME TO movie;",
    ]);
    let names: Vec<_> = reading
        .schema
        .relations
        .iter()
        .map(|one| &one.name)
        .collect();
    assert_eq!(names, [&main("actor"), &main("movie")]);
    let columns = relation(&reading.schema, "movie").columns.iter();
    let columns: Vec<_> = columns.map(|column| column.name.as_str()).collect();
    assert_eq!(columns, ["id", "title", "year"]);
}

#[test]
fn all_that_is_wrong_with_its_place() {
    let said = refused(&[
        "CREATE TABLE a (b INT,);\n\nCREATE TABLE c (d INT);",
        "CREATE TABLE c (d INT);\nCREATE INDEX i ON nowhere (x);\n.read x.sql\n;CREATE TABLE e (f 'x",
    ]);
    let expect = [
        "0.sql:1:23: near \")\": syntax error at `)`",
        "1.sql:1:14: table c already exists at `c`",
        "1.sql:2:1: no such table: main.nowhere at `CREATE INDEX i ON nowhere (x);`",
        "1.sql:3:1: near \".\": syntax error at `.`",
        "1.sql:4:20: unrecognized token: \"'x\" at `'x`",
    ];
    assert_eq!(said, expect);
}

#[test]
fn a_transaction_without_an_end() {
    let text = "BEGIN;\nCREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);\n";
    let reading = read(&[text, "CREATE TABLE u (id INT);"]);
    assert_eq!(reading.schema.relations.len(), 2);
    let said: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("0.sql:2:") && said[0].contains("transaction"),
        "{said:?}"
    );
}

/// Reading a file touches no other one.
#[test]
fn statements_that_reach_elsewhere_are_not_run() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.db");
    let text = format!(
        "PRAGMA foreign_keys = ON;\nATTACH '{0}' AS other;\nCREATE TABLE t (a);\nVACUUM INTO '{0}';",
        path.display()
    );
    let reading = read(&[&text]);
    assert!(!path.exists());
    let skipped: Vec<&str> = reading
        .skipped
        .iter()
        .map(|one| one.kind.as_str())
        .collect();
    assert_eq!(skipped, ["PRAGMA", "ATTACH", "VACUUM"]);
}

#[test]
fn files_that_make_nothing_and_schemas_that_are_none() {
    let options = ReadOptions::default();
    let nothing = sql::read(&files(&["PRAGMA foreign_keys = ON;"]), &options).unwrap_err();
    assert!(matches!(nothing, Error::Empty { .. }), "{nothing}");
    let options = ReadOptions {
        schemas: vec!["public".to_owned()],
    };
    let unknown = sql::read(&files(&["CREATE TABLE t (a);"]), &options).unwrap_err();
    assert!(matches!(unknown, Error::UnknownSchema { .. }), "{unknown}");
}
