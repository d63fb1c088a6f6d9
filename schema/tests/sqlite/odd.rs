//! Files as no program makes them on purpose: each is read, with notes on what is not, or refused in words.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use umbel_schema::model::Schema;
use umbel_schema::sqlite;

/// What becomes of a file: what its schema holds and says, or why there is none.
#[track_caller]
fn check(make: impl FnOnce(&Path), expect: Result<&[&str], &str>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.db");
    make(&path);
    let read = sqlite::read(&path);
    // The statements of a file are read apart from its schema, and from no other file.
    let statements = sqlite::statements(&path);
    match (read, expect) {
        (Ok(schema), Ok(expect)) => {
            let found = described(&schema);
            assert_eq!(found, expect);
            statements.unwrap();
        }
        (Err(error), Err(expect)) => {
            let said = error.to_string();
            assert!(said.contains(expect), "{said}");
        }
        (found, expect) => panic!("{found:?} instead of {expect:?}"),
    }
}

/// Relations with their columns, then the notes.
fn described(schema: &Schema) -> Vec<String> {
    let relations = schema.relations.iter().map(|relation| {
        let columns = relation.columns.iter().map(|column| column.name.as_str());
        let columns: Vec<&str> = columns.collect();
        format!("{} ({})", relation.name.name, columns.join(", "))
    });
    let notes = schema.notes.iter();
    let notes = notes.map(|note| format!("{}: {}", note.subject, note.message));
    relations.chain(notes).collect()
}

/// A file in which some SQL was run.
fn run(sql: &str) -> impl FnOnce(&Path) {
    move |path| {
        let connection = Connection::open(path).unwrap();
        connection.execute_batch(sql).unwrap();
    }
}

/// A file whose catalog was written into, past SQLite's own checks.
fn rewrite(sql: &str, catalog: &str) -> impl FnOnce(&Path) {
    move |path| {
        let connection = Connection::open(path).unwrap();
        let catalog = format!("PRAGMA writable_schema = ON; {catalog}");
        connection.execute_batch(sql).unwrap();
        connection.execute_batch(&catalog).unwrap();
    }
}

/// A file with a table, of which the bytes are changed.
fn bytes(change: impl FnOnce(&mut Vec<u8>)) -> impl FnOnce(&Path) {
    move |path| {
        run("CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT)")(path);
        let mut bytes = fs::read(path).unwrap();
        change(&mut bytes);
        fs::write(path, bytes).unwrap();
    }
}

const FILM: &str = "CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT);";

#[test]
fn files_that_are_no_databases() {
    check(bytes(|bytes| bytes.clear()), Err("no tables, no views"));
    check(bytes(|bytes| bytes.truncate(20)), Err("no SQLite database"));
    check(bytes(|bytes| bytes.truncate(100)), Err("is damaged"));
    check(bytes(|bytes| bytes.fill(0)), Err("no SQLite database"));
    check(
        bytes(|bytes| bytes[100..4000].fill(0xff)),
        Err("is damaged"),
    );
    // Of a format that is still to come: its schema, and how it may be read.
    check(
        bytes(|bytes| bytes[44..48].fill(9)),
        Err("unsupported file format"),
    );
    check(bytes(|bytes| bytes[19] = 9), Err("no SQLite database"));
    let old = b"** This file contains an SQLite 2.1 database **";
    check(
        |path| fs::write(path, [&old[..], &[0; 1000]].concat()).unwrap(),
        Err("no SQLite database"),
    );
}

#[test]
fn files_in_other_encodings() {
    for encoding in ["UTF-16le", "UTF-16be"] {
        let sql = format!(
            "PRAGMA encoding = '{encoding}';
             CREATE TABLE \"größe\" (id INTEGER PRIMARY KEY, 日本 TEXT CHECK (日本 <> 'ß'));"
        );
        check(run(&sql), Ok(&["größe (id, 日本)"]));
    }
}

#[test]
fn files_beside_a_log() {
    check(
        |path| {
            run("PRAGMA journal_mode = WAL;")(path);
            let other = path.with_file_name("other.db");
            let connection = Connection::open(path).unwrap();
            connection.execute_batch(FILM).unwrap();
            // What was written lies in the log alone, as after a crash.
            fs::copy(path, &other).unwrap();
            fs::copy(
                path.with_file_name("odd.db-wal"),
                path.with_file_name("other.db-wal"),
            )
            .unwrap();
            drop(connection);
            fs::rename(&other, path).unwrap();
            fs::rename(
                path.with_file_name("other.db-wal"),
                path.with_file_name("odd.db-wal"),
            )
            .unwrap();
        },
        Ok(&["film (id, title)"]),
    );
}

#[test]
fn catalogs_that_were_written_into() {
    check(
        rewrite(FILM, "UPDATE sqlite_schema SET sql = 'create tabel film ('"),
        Err("is damaged: malformed database schema (film)"),
    );
    check(
        rewrite(FILM, "UPDATE sqlite_schema SET rootpage = 99"),
        Err("is damaged"),
    );
    // The columns of a trigger and of a view are gone.
    check(
        rewrite(
            "CREATE TABLE film (id INTEGER PRIMARY KEY, title TEXT);
             CREATE TRIGGER kept AFTER UPDATE OF title ON film BEGIN SELECT NEW.title; END;
             CREATE VIEW titles AS SELECT title FROM film;",
            "UPDATE sqlite_schema SET sql = 'CREATE TABLE film (id INTEGER PRIMARY KEY)' WHERE name = 'film'",
        ),
        Ok(&[
            "film (id)",
            "main.titles: left out, because SQLite cannot read it: no such column: title",
        ]),
    );
    check(
        rewrite(
            FILM,
            "INSERT INTO sqlite_schema VALUES
                 ('table', 'place', 'place', 0, 'CREATE VIRTUAL TABLE place USING spatialindex(a)'),
                 ('table', 'words', 'words', 0, 'CREATE VIRTUAL TABLE words USING fts3(a, tokenize=icu en_US)')",
        ),
        Ok(&[
            "film (id, title)",
            "main.place: left out, because it needs the module `spatialindex`, which only the program has that made \
             the file",
            "main.words: left out, because it needs the tokenizer `icu`, which only the program has that made the file",
        ]),
    );
}

#[test]
fn statements_as_only_strangers_write_them() {
    check(
        run("CREATE TABLE \"a\"\"b\" (\"c\"\"d\" integer primary key, \"e'f\" text, [gh] text, `i``j` text, \"\" text);
             CREATE /* , ( */ TABLE -- hm
                 x /* ) */ (a int /* ) */ primary key, -- , b
                 b text default ')', c text default '--', check (b <> '('));
             CREATE TABLE made AS SELECT 1 AS a, 'x' AS b, NULL AS c, 1 + 1;
             CREATE TABLE keys (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID;
             CREATE TABLE strict (a int primary key, b any, c real) STRICT;
             CREATE TABLE computed (id integer primary key, a int, b int AS (a * 2), c int AS (a * 3) STORED UNIQUE);
             CREATE TABLE \" x.y\" (\" a.b\" int primary key, \"select\" text, rowid text, oid text);
             CREATE TABLE types (a \"long name (10, 2)\", b [x y], c 'quoted', d varchar(99999999999999), e int(-1))"),
        Ok(&[
            " x.y ( a.b, select, rowid, oid)",
            "a\"b (c\"d, e'f, gh, i`j, )",
            "computed (id, a, b, c)",
            "keys (a, b)",
            "made (a, b, c, 1 + 1)",
            "strict (a, b, c)",
            "types (a, b, c, d, e)",
            "x (a, b, c)",
        ]),
    );
}

#[test]
fn virtual_tables_and_what_they_keep() {
    check(
        run("CREATE TABLE message (id INTEGER PRIMARY KEY, body TEXT);
             CREATE VIRTUAL TABLE found USING fts5(body, content=message, content_rowid=id);
             CREATE VIRTUAL TABLE old USING fts4(body);
             CREATE VIRTUAL TABLE area USING rtree(id, x0, x1, +label);
             CREATE TRIGGER kept AFTER INSERT ON message BEGIN
                 INSERT INTO found (rowid, body) VALUES (NEW.id, NEW.body);
             END"),
        Ok(&[
            "area (id, x0, x1, label)",
            "found (body)",
            "message (id, body)",
            "old (body)",
        ]),
    );
}

#[test]
fn views_that_lead_nowhere() {
    check(
        run("CREATE TABLE film (id INTEGER PRIMARY KEY);
             CREATE VIEW twice AS SELECT 1 AS a, 2 AS a, 3 AS \"A\";
             CREATE VIEW nameless AS SELECT 1, 'x' || 'y';
             CREATE VIEW lines AS VALUES (1, 2), (3, 4);
             CREATE VIEW round AS SELECT * FROM back;
             CREATE VIEW back AS SELECT * FROM round;
             CREATE VIEW gone AS SELECT * FROM nowhere;
             CREATE VIEW wide (p, q) AS SELECT id FROM film;
             CREATE TRIGGER lost AFTER INSERT ON film BEGIN INSERT INTO nowhere VALUES (1); END"),
        Ok(&[
            "film (id)",
            "lines (column1, column2)",
            "nameless (1, 'x' || 'y')",
            "twice (a, a:1, A:2)",
            "main.back: left out, because SQLite cannot read it: view back is circularly defined",
            "main.gone: left out, because SQLite cannot read it: no such table: main.nowhere",
            "main.round: left out, because SQLite cannot read it: view round is circularly defined",
            "main.wide: left out, because SQLite cannot read it: expected 2 columns for 'wide' but got 1",
        ]),
    );
}
