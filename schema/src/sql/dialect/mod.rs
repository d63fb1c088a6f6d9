//! Which database the files are written for: what all of their statements tell, weighed against each other.
//!
//! Only what stands in statements counts, never a comment or a quoted text, and each sign once.

mod signs;
mod words;

use std::collections::BTreeMap;

use signs::{Product, Sign, of_lines, signs};

use super::diagnostic::SqlFile;
use super::error::Error;
use super::split::{Kind, Statement, split};
use crate::model::Dialect;

/// Less than that tells nothing: one sign of those that others have as well.
const ENOUGH: u32 = 2;

/// A file that has this much of one database, and next to nothing of others, is looked through no further.
const CERTAIN: u32 = 20;

/// What tells that a file is for a database that is not read at all.
const ENOUGH_FOR_FOREIGN: u32 = 4;

/// The dialect of all files together, since a folder of migrations is written for one database; none where no
/// statement tells.
pub(super) fn recognise(
    files: &[SqlFile],
    pieces: &[Vec<Statement>],
) -> Result<Option<Dialect>, Error> {
    let mut found = Found::default();
    for (file, statements) in files.iter().zip(pieces) {
        if found.file(file, statements) {
            continue;
        }
        // MySQL takes a backslash before a quote for the quote itself, which would cut its statements elsewhere.
        if file.text.contains("\\'") || file.text.contains("\\\"") {
            found.escaped(file);
        }
    }
    let foreign = [
        (Product::MySql, "MySQL"),
        (Product::SqlServer, "SQL Server"),
        (Product::Oracle, "Oracle"),
    ];
    let own = found
        .weight(Product::Postgres)
        .max(found.weight(Product::Sqlite));
    let surest = foreign
        .into_iter()
        .max_by_key(|(product, _)| found.weight(*product));
    if let Some((product, name)) = surest {
        let weight = found.weight(product);
        if weight >= ENOUGH_FOR_FOREIGN && weight > own {
            return Err(Error::Foreign {
                file: found.first(product),
                product: name,
            });
        }
    }
    let (postgres, sqlite) = (
        found.weight(Product::Postgres),
        found.weight(Product::Sqlite),
    );
    Ok(if sqlite >= ENOUGH && sqlite > postgres {
        Some(Dialect::Sqlite)
    } else if postgres >= ENOUGH {
        Some(Dialect::Postgres)
    } else {
        None
    })
}

/// The signs of all files, each with the file that has it first.
#[derive(Default)]
struct Found<'a>(BTreeMap<Sign, &'a SqlFile>);

impl<'a> Found<'a> {
    /// Adds what a file has; whether it is certain that it is PostgreSQL's.
    fn file(&mut self, file: &'a SqlFile, statements: &[Statement]) -> bool {
        let mut own = Found::default();
        let mut is_certain = false;
        let mut end = 0;
        for statement in statements {
            let range = statement.range.clone();
            let found = match statement.kind {
                Kind::Copy => vec![signs::PSQL],
                Kind::Meta if is_of_psql(&file.text[range.clone()]) => vec![signs::PSQL],
                Kind::Meta => Vec::new(),
                Kind::Sql => of_piece(&file.text[range.clone()]),
                // What was never closed is only the end of a statement.
                Kind::Unclosed(_) => signs(&file.text[end..]),
            };
            own.add(file, found);
            end = range.end;
            is_certain = own.is_certain();
            if is_certain {
                break;
            }
        }
        if !is_certain {
            own.add(file, of_lines(&file.text));
        }
        self.add(file, own.0.into_keys().collect());
        is_certain
    }

    fn is_certain(&self) -> bool {
        let postgres = self.weight(Product::Postgres);
        let all: u32 = self.0.keys().map(|sign| sign.weight).sum();
        postgres >= CERTAIN && all - postgres < ENOUGH
    }

    /// What tells that it is MySQL's, where a backslash takes the meaning from a quote.
    fn escaped(&mut self, file: &'a SqlFile) {
        let text = file.text.replace("\\'", "..").replace("\\\"", "..");
        for statement in split(&text) {
            let found = signs(&text[statement.range.clone()]);
            let of_mysql = found
                .into_iter()
                .filter(|sign| sign.product == Product::MySql);
            self.add(file, of_mysql.collect());
        }
    }

    fn add(&mut self, file: &'a SqlFile, signs: Vec<Sign>) {
        for sign in signs {
            self.0.entry(sign).or_insert(file);
        }
    }

    fn weight(&self, product: Product) -> u32 {
        let signs = self.0.keys().filter(|sign| sign.product == product);
        signs.map(|sign| sign.weight).sum()
    }

    /// The file that tells a product most surely.
    fn first(&self, product: Product) -> String {
        let signs = self.0.iter().filter(|(sign, _)| sign.product == product);
        let surest = signs.max_by_key(|(sign, _)| sign.weight);
        surest.map_or_else(String::new, |(_, file)| file.name.clone())
    }
}

/// What a piece tells. Where nothing ends statements that PostgreSQL knows of, as in files of SQL Server, it holds
/// several.
fn of_piece(text: &str) -> Vec<Sign> {
    let lines = text.match_indices(['\n', '\r']).map(|(at, _)| at + 1);
    let starts = lines.filter(|at| {
        let start = text.get(*at..at + "CREATE ".len());
        start.is_some_and(|start| start.eq_ignore_ascii_case("CREATE "))
    });
    let mut found = Vec::new();
    let mut from = 0;
    for start in starts.chain([text.len()]) {
        found.extend(signs(&text[from..start]));
        from = start;
    }
    found
}

/// Whether a line that begins with a backslash is a command: in a quoted text that was cut elsewhere, it is not.
fn is_of_psql(line: &str) -> bool {
    let name = line.strip_prefix('\\').unwrap_or(line);
    let name = name.split_whitespace().next().unwrap_or_default();
    name == "." || !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::split::split;

    #[track_caller]
    fn check(text: &str, expect: Result<Option<Dialect>, &'static str>) {
        let file = SqlFile {
            name: "a.sql".to_owned(),
            text: text.to_owned(),
        };
        let pieces = split(&file.text);
        let found = match recognise(&[file], &[pieces]) {
            Ok(dialect) => Ok(dialect),
            Err(Error::Foreign { product, .. }) => Err(product),
            Err(error) => panic!("{error}"),
        };
        assert_eq!(found, expect, "{text}");
    }

    #[track_caller]
    fn sqlite(text: &str) {
        check(text, Ok(Some(Dialect::Sqlite)));
    }

    #[track_caller]
    fn postgres(text: &str) {
        check(text, Ok(Some(Dialect::Postgres)));
    }

    #[track_caller]
    fn either(text: &str) {
        check(text, Ok(None));
    }

    #[test]
    fn statements_that_only_sqlite_has() {
        sqlite("PRAGMA foreign_keys = OFF;\nBEGIN TRANSACTION;");
        sqlite("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)");
        sqlite("CREATE TABLE t (id integer primary key on conflict replace autoincrement)");
        sqlite("CREATE TABLE \"t\" (\"id\" INTEGER, PRIMARY KEY(\"id\" AUTOINCREMENT))");
        sqlite("CREATE TABLE IF NOT EXISTS main.t (a INT PRIMARY KEY) WITHOUT ROWID, STRICT;");
        sqlite("CREATE TABLE t (a INT) STRICT");
        sqlite("CREATE TABLE `it's` (`a;b` int)");
        sqlite("CREATE TABLE [t] ([a b] INT)");
        sqlite("CREATE TABLE t (a, b INT)");
        sqlite("CREATE VIRTUAL TABLE t USING fts5(a)");
        sqlite("CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; END;");
        sqlite("INSERT OR IGNORE INTO t VALUES (1)");
        sqlite("DELETE FROM sqlite_sequence;");
    }

    #[test]
    fn what_stands_in_texts_and_comments_does_not_count() {
        either("-- PRAGMA foreign_keys = OFF;\nCREATE TABLE t (a int /* AUTOINCREMENT */);");
        either("-- MySQL dump 10.13\nCREATE TABLE t (a int DEFAULT ';PRAGMA x; AUTO_INCREMENT')");
        postgres("CREATE TABLE t (a text DEFAULT $$;PRAGMA x;$$)");
        postgres("COPY t FROM stdin;\nPRAGMA x;\n\\.\n");
        postgres("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ CREATE TABLE `t` (a) $$");
    }

    #[test]
    fn names_that_look_like_signs() {
        either("CREATE TABLE t (datetime text, number int, \"blob\" int, dual int)");
        either("CREATE TABLE t (auto_increment int, autoincrement int, engine text, key text)");
        either("CREATE TABLE t (a int CHECK (a > 0 AND NOT (autoincrement > engine)))");
        either("CREATE TABLE pragma (strict int, \"key\" varchar(10), rowid int)");
        postgres("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START 1))");
        either("CREATE TABLE t (a, b) AS SELECT 1, 2");
        postgres("CREATE TABLE t (a int[], b int DEFAULT (ARRAY[1])[1])");
        either("CREATE TABLE p PARTITION OF t (a NOT NULL) DEFAULT");
        either("CREATE TRIGGER x BEFORE UPDATE OF begin ON t EXECUTE FUNCTION f()");
    }

    #[test]
    fn types_and_idioms_of_sqlite() {
        sqlite("CREATE TABLE t (id INTEGER PRIMARY KEY, at DATETIME)");
        sqlite("CREATE TABLE t (a DATETIME, b BLOB)");
        sqlite("CREATE TABLE t (a text COLLATE NOCASE)");
        sqlite("CREATE TABLE t (a text DEFAULT (datetime('now')))");
        sqlite("CREATE TABLE t (a int UNIQUE ON CONFLICT REPLACE)");
        // One of them alone is too little, and what only PostgreSQL has weighs more.
        either("CREATE TABLE t (a int, at DATETIME)");
        postgres("CREATE TABLE t (id INTEGER PRIMARY KEY, at DATETIME, c timestamptz)");
    }

    #[test]
    fn files_that_could_be_either() {
        either("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL);");
        either("");
        // One statement that PostgreSQL does not know makes no other file of it.
        postgres("PRAGMA x;\nCREATE TYPE mood AS ENUM ('sad');");
    }

    #[test]
    fn other_databases() {
        let mysql = |text| check(text, Err("MySQL"));
        mysql("CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`));");
        mysql("CREATE TABLE t (id int) ENGINE = InnoDB DEFAULT CHARSET=utf8;");
        mysql("CREATE TABLE t (id int, KEY by_id (id));");
        mysql("CREATE TABLE `t` (`id` int, UNIQUE KEY `by_id` (`id`));");
        mysql("CREATE TABLE `t` (`id` int);\nUNLOCK TABLES;");
        mysql(
            "CREATE TABLE `t` (`a` varchar(9) DEFAULT 'it\\'s', `b` int);\n-- it's\nCREATE TABLE u (a int AUTO_INCREMENT);",
        );
        mysql(
            "CREATE TABLE `t` (`a` varchar(9) DEFAULT 'it\\'s', `b` int unsigned) ENGINE=InnoDB;",
        );
        mysql("/*!40101 SET NAMES utf8 */;\nCREATE TABLE `t` (`a` int);");
        mysql("CREATE TABLE t (a int unsigned, b enum('x') DEFAULT 'x', c longtext);");
        let server = |text| check(text, Err("SQL Server"));
        server("CREATE TABLE [dbo].[t] ([id] INT)");
        server("CREATE TABLE t (id INT IDENTITY(1,1) PRIMARY KEY)");
        server("SET ANSI_NULLS ON\nGO\nCREATE TABLE t (a nvarchar(max), b datetime2)\nGO");
        let oracle = |text| check(text, Err("Oracle"));
        oracle(
            "CREATE TABLE t (id NUMBER(10) NOT NULL, name VARCHAR2(40 CHAR));\nCOMMENT ON TABLE t IS 'x';",
        );
        oracle("PROMPT tables\nCREATE TABLE t (at DATE DEFAULT SYSDATE, n NUMBER);");
    }

    #[test]
    fn cut_off() {
        for text in [
            "CREATE",
            "CREATE TABLE",
            "CREATE TEMP",
            "CREATE TABLE IF",
            "CREATE TABLE t (",
        ] {
            either(text);
        }
        sqlite("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT");
    }
}
