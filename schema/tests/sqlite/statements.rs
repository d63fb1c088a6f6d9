//! The statements of a file make the same file again.

use rusqlite::Connection;
use umbel_schema::sqlite;

use crate::file::File;

/// Every object of a file and its statement.
fn objects(file: &File) -> Vec<(String, String, Option<String>)> {
    let connection = Connection::open(&file.path).unwrap();
    let mut query = connection
        .prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2")
        .unwrap();
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn made_again() {
    let file = File::with(
        "CREATE VIEW early AS SELECT title FROM film;
         CREATE TABLE film (film_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT UNIQUE -- what it is called
         );
         CREATE TABLE `odd name` (a INT, b INT AS (a + 1) STORED, PRIMARY KEY (a)) WITHOUT ROWID, STRICT;
         CREATE UNIQUE INDEX by_length ON film (length(title)) WHERE title <> ';' -- not those
         ;
         CREATE TRIGGER touch AFTER UPDATE ON film BEGIN UPDATE film SET title = upper(title); SELECT 1; END;
         CREATE VIRTUAL TABLE words USING fts5 (text);
         ALTER TABLE film ADD COLUMN added DATE;
         INSERT INTO film (title) VALUES ('a');
         ANALYZE;",
    );
    let again = File::with(&sqlite::statements(&file.path).unwrap());
    Connection::open(&again.path)
        .unwrap()
        .execute_batch("INSERT INTO film (title) VALUES ('a'); ANALYZE;")
        .unwrap();
    assert_eq!(objects(&again), objects(&file));
    assert_eq!(
        sqlite::read(&again.path).unwrap(),
        sqlite::read(&file.path).unwrap()
    );
}

#[test]
fn empty_file() {
    let file = File::with("");
    let error = sqlite::statements(&file.path).unwrap_err();
    assert!(error.to_string().starts_with("nothing to read"), "{error}");
}
