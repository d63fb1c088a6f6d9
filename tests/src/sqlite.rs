//! A database in an SQLite file for one test, deleted afterwards.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use tempfile::TempDir;

use crate::corpus::Corpus;

/// A database in a file of its own.
#[derive(Debug)]
pub struct File {
    pub path: PathBuf,
    pub url: String,
    _folder: TempDir,
}

impl File {
    /// A file in which one SQL text was run.
    #[track_caller]
    pub fn with(sql: &str) -> Self {
        Self::made(sql, |_| Ok(()))
    }

    /// A file in which a program has run the text that has a collation `unicase` and functions of its own.
    #[track_caller]
    pub fn of_program(sql: &str) -> Self {
        Self::made(sql, |connection| {
            connection
                .create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))?;
            let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
            for name in ["title_sort", "uuid4"] {
                connection.create_scalar_function(name, -1, flags, |_| Ok("made"))?;
            }
            Ok(())
        })
    }

    #[track_caller]
    fn made(sql: &str, prepare: fn(&Connection) -> rusqlite::Result<()>) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("shop.db");
        let connection = Connection::open(&path).expect("a file can be made");
        let run = prepare(&connection).and_then(|()| connection.execute_batch(sql));
        if let Err(error) = run {
            panic!("{error}");
        }
        Self {
            url: format!("sqlite:{}", path.display()),
            path,
            _folder: folder,
        }
    }

    /// A file with a schema of the corpus and its rows.
    pub fn of(corpus: &Corpus) -> Self {
        let texts = corpus
            .files()
            .iter()
            .map(|file| fs::read_to_string(file).unwrap_or_else(|error| panic!("{error}")))
            .collect::<Vec<_>>();
        Self::with(&translated(&texts.join("\n")))
    }

    /// Runs SQL and returns the rows: a line each, columns separated by `|`, null as nothing.
    #[track_caller]
    pub fn run(&self, sql: &str) -> String {
        let connection = Connection::open(&self.path).expect("the file is there");
        connection
            .pragma_update(None, "foreign_keys", true)
            .expect("it is known");
        query(&connection, sql).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The file, locked against everyone else who writes, until it is dropped.
    pub fn lock(&self) -> Connection {
        let connection = Connection::open(&self.path).expect("the file is there");
        connection
            .execute_batch("BEGIN IMMEDIATE")
            .expect("nobody else writes");
        connection
    }

    /// Runs several statements, none of which returns rows.
    #[track_caller]
    pub fn run_all(&self, sql: &str) {
        let connection = Connection::open(&self.path).expect("the file is there");
        if let Err(error) = connection.execute_batch(sql) {
            panic!("{sql}: {error}");
        }
    }
}

impl AsRef<str> for File {
    fn as_ref(&self) -> &str {
        &self.url
    }
}

fn query(connection: &Connection, sql: &str) -> rusqlite::Result<String> {
    let mut statement = connection.prepare(sql)?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let mut cells = Vec::new();
        for index in 0..width {
            cells.push(match row.get_ref(index)? {
                ValueRef::Null => String::new(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => bytes.iter().fold(String::new(), |mut hex, byte| {
                    hex.push_str(&format!("{byte:02x}"));
                    hex
                }),
            });
        }
        lines.push(cells.join("|"));
    }
    Ok(lines.join("\n"))
}

/// Plain PostgreSQL DDL and rows as SQLite takes them: constraints that are added later move into their table, whole
/// numbers are called so that a key counts, days and texts are written as SQLite has them.
fn translated(sql: &str) -> String {
    let mut tables: Vec<(String, Vec<String>)> = Vec::new();
    let (mut indexes, mut rows) = (Vec::new(), Vec::new());
    for statement in statements(sql) {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words.as_slice() {
            ["CREATE", "TABLE", name, ..] => {
                let body = statement.split_once('(').map_or("", |(_, body)| body);
                let body = body.trim_end().trim_end_matches(')').to_owned();
                let name = name.trim_end_matches('(').to_owned();
                tables.push((
                    name,
                    vec![
                        body.replace(" INT ", " INTEGER ")
                            .replace(" INT,", " INTEGER,"),
                    ],
                ));
            }
            ["ALTER", "TABLE", "ONLY", name, "ADD", ..] | ["ALTER", "TABLE", name, "ADD", ..] => {
                let constraint = statement.split_once(" ADD ").map_or("", |(_, rest)| rest);
                let table = tables.iter_mut().find(|(known, _)| known == name);
                table
                    .expect("a table comes before its constraints")
                    .1
                    .push(constraint.to_owned());
            }
            ["CREATE", "INDEX", ..] => indexes.push(statement),
            ["INSERT", ..] => rows.push(values(&statement)),
            _ => {}
        }
    }
    // The rows come in an order of their own.
    let mut out = String::from("PRAGMA foreign_keys = OFF;\nBEGIN;\n");
    for (name, parts) in tables {
        let _ = writeln!(out, "CREATE TABLE {name} ({});", parts.join(",\n"));
    }
    for statement in indexes.iter().chain(&rows) {
        let _ = writeln!(out, "{statement};");
    }
    out.push_str("COMMIT;\n");
    out
}

/// The statements of a text, without comments.
fn statements(sql: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut statement = String::new();
    let mut quoted = false;
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let comment = match quoted {
            false if rest.starts_with("--") => rest.find('\n'),
            false if rest.starts_with("/*") => rest.find("*/").map(|end| end + 2),
            _ => Some(0),
        };
        match comment {
            Some(0) => {}
            length => {
                rest = &rest[length.unwrap_or(rest.len())..];
                continue;
            }
        }
        quoted ^= letter == '\'';
        if letter == ';' && !quoted {
            all.push(std::mem::take(&mut statement).trim().to_owned());
        } else {
            statement.push(letter);
        }
        rest = &rest[letter.len_utf8()..];
    }
    all
}

/// The texts of an INSERT: `N'x'` → `'x'`, `'\x'` → `x''`, `'2021/1/31'` → `'2021-01-31 00:00:00'`.
fn values(statement: &str) -> String {
    let mut parts = statement.split('\'');
    let mut out = parts.next().unwrap_or_default().to_owned();
    while let Some(text) = parts.next() {
        if out.ends_with(" N") || out.ends_with("(N") {
            out.pop();
        }
        let day: Vec<u32> = text
            .split('/')
            .map_while(|part| part.parse().ok())
            .collect();
        match (text, day.as_slice()) {
            ("\\x", _) => out.push_str("x''"),
            (_, [year, month, day]) => {
                let _ = write!(out, "'{year}-{month:02}-{day:02} 00:00:00'");
            }
            (text, _) => {
                let _ = write!(out, "'{text}'");
            }
        }
        out.push_str(parts.next().unwrap_or_default());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_file() {
        let file = File::with("CREATE TABLE film (title text, length int)");
        file.run("INSERT INTO film VALUES ('Alien', NULL), ('it''s', 7)");
        assert_eq!(file.run("SELECT * FROM film"), "Alien|\nit's|7");
    }

    #[test]
    fn postgres_as_sqlite_has_it() {
        let sql = translated(
            "/* a; b */ SET x = 1; -- c;\nCREATE TABLE t (\n    id INT NOT NULL,\n    d date\n);
             INSERT INTO t VALUES (1, '2021/1/31'), (2, N'it''s; 2'), (3, '\\x');
             ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (id);",
        );
        let file = File::with(&sql);
        assert_eq!(
            file.run("SELECT * FROM t ORDER BY id"),
            "1|2021-01-31 00:00:00\n2|it's; 2\n3|"
        );
        assert!(
            file.run("SELECT sql FROM sqlite_schema")
                .contains("id INTEGER NOT NULL")
        );
    }

    #[test]
    fn chinook_has_its_tracks() {
        let corpus = Corpus::own("chinook");
        let file = File::of(&corpus);
        assert_eq!(file.run("SELECT count(*) FROM track"), "3503");
        assert_eq!(file.run("PRAGMA foreign_key_check"), "");
    }
}
