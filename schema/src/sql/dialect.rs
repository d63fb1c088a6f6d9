//! Which database the files are written for.
//!
//! Only what stands in statements counts, never a comment or a quoted text.

use std::collections::BTreeMap;

use super::diagnostic::SqlFile;
use super::error::Error;
use super::scan::{Lexeme, Scanner};
use super::split::{Kind, Statement};
use crate::model::Dialect;

/// Whose statement it is, where only one database has such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Postgres,
    Sqlite,
    MySql,
    SqlServer,
}

/// The dialect of all files together, since a folder of migrations is written for one database; none where no
/// statement tells.
pub(super) fn recognise(
    files: &[SqlFile],
    pieces: &[Vec<Statement>],
) -> Result<Option<Dialect>, Error> {
    let mut signs = BTreeMap::new();
    for (file, statements) in files.iter().zip(pieces) {
        for statement in statements {
            let sign = match statement.kind {
                Kind::Copy | Kind::Meta => Some(Sign::Postgres),
                Kind::Sql | Kind::Unclosed(_) => sign(&file.text[statement.range.clone()]),
            };
            match sign {
                Some(Sign::Postgres) => return Ok(Some(Dialect::Postgres)),
                Some(sign) => {
                    signs.entry(sign).or_insert(file);
                }
                None => {}
            }
        }
    }
    let foreign = |file: &SqlFile, product| {
        Err(Error::Foreign {
            file: file.name.clone(),
            product,
        })
    };
    // MySQL and SQL Server quote names as SQLite allows it, too.
    match (
        signs.get(&Sign::MySql),
        signs.get(&Sign::SqlServer),
        signs.get(&Sign::Sqlite),
    ) {
        (Some(file), _, _) => foreign(file, "MySQL"),
        (_, Some(file), _) => foreign(file, "SQL Server"),
        (_, _, Some(_)) => Ok(Some(Dialect::Sqlite)),
        _ => Ok(None),
    }
}

/// Whose statement this is; nothing where several databases have such.
fn sign(statement: &str) -> Option<Sign> {
    let words = words(statement);
    let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
    let has = |keyword: &str| words.iter().any(|word| word.is(keyword));
    if words.iter().any(|word| word.text.starts_with('$')) || has("pg_catalog") {
        return Some(Sign::Postgres);
    }
    let first = words.first()?.text.to_ascii_uppercase();
    match first.as_str() {
        "PRAGMA" => Some(Sign::Sqlite),
        "COMMENT" if is(1, "ON") => Some(Sign::Postgres),
        "UNLOCK" => Some(Sign::MySql),
        "INSERT" if is(1, "OR") => Some(Sign::Sqlite),
        "INSERT" | "DELETE" if words.get(2).is_some_and(Word::is_of_sqlite) => Some(Sign::Sqlite),
        "ALTER" if is(1, "TABLE") && (is(2, "ONLY") || has("OWNER")) => Some(Sign::Postgres),
        "CREATE" => {
            let temporary = is(1, "TEMP") || is(1, "TEMPORARY");
            let rest = &words[if temporary { 2 } else { 1 }.min(words.len())..];
            let what = rest.first()?.text.to_ascii_uppercase();
            match what.as_str() {
                "TABLE" => table(&rest[1..]),
                "VIRTUAL" => Some(Sign::Sqlite),
                "TRIGGER" if has("BEGIN") && !has("EXECUTE") => Some(Sign::Sqlite),
                "TYPE" | "DOMAIN" | "EXTENSION" | "MATERIALIZED" => Some(Sign::Postgres),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whose CREATE TABLE it is, from the name on.
fn table(words: &[Word<'_>]) -> Option<Sign> {
    let has_condition = words.first()?.is("IF");
    let words = &words[if has_condition { 3 } else { 0 }.min(words.len())..];
    if words.first()?.is_symbol("[") {
        let is_dbo = words.get(1)?.is("dbo");
        return Some(if is_dbo {
            Sign::SqlServer
        } else {
            Sign::Sqlite
        });
    }
    // `name`, `schema.name`: then the columns, unless it is made of something else.
    let open = match words.get(1)?.is_symbol(".") {
        true => 3,
        false => 1,
    };
    if !words.get(open)?.is_symbol("(") {
        return None;
    }
    let close = closing(words, open);
    let tail = &words[(close + 1).min(words.len())..];
    let mut signs: Vec<Sign> = elements(&words[open + 1..close.min(words.len())])
        .into_iter()
        .filter_map(|element| self::element(element, tail))
        .collect();
    signs.extend(options(tail));
    if words[0].text.starts_with('`') {
        signs.push(Sign::Sqlite);
    }
    signs.into_iter().max()
}

/// Whose column or constraint it is.
fn element(words: &[Word<'_>], tail: &[Word<'_>]) -> Option<Sign> {
    let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
    // `KEY by_title (title)`, where `key varchar(10)` is a column.
    let kind = ["UNIQUE", "FULLTEXT", "SPATIAL"]
        .iter()
        .any(|kind| is(0, kind));
    let index = &words[usize::from(kind)..];
    if let [key, name, open, column, ..] = index
        && (key.is("KEY") || key.is("INDEX"))
        && name.is_name()
        && open.is_symbol("(")
        && column.is_name()
    {
        return Some(Sign::MySql);
    }
    if let [name] = words
        && name.is_name()
        && !tail.first().is_some_and(|word| word.is("AS"))
    {
        // A column without a type.
        return Some(Sign::Sqlite);
    }
    for (at, word) in words.iter().enumerate().skip(2) {
        let before = &words[at - 1];
        if word.is("AUTO_INCREMENT") && before.depth == 0 && word.depth == 0 {
            let names = ["REFERENCES", "CONSTRAINT", "COLLATE"];
            if !names.iter().any(|keyword| before.is(keyword)) && !before.is_symbol(".") {
                return Some(Sign::MySql);
            }
        }
        if word.is("AUTOINCREMENT") {
            const BEFORE: [&str; 8] = [
                "KEY", "ASC", "DESC", "ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE",
            ];
            // `PRIMARY KEY AUTOINCREMENT`, `PRIMARY KEY (id AUTOINCREMENT)`.
            let in_key = at > 2
                && words[at - 2].is_symbol("(")
                && words[at - 3].is("KEY")
                && before.is_name();
            if in_key || BEFORE.iter().any(|keyword| before.is(keyword)) {
                return Some(Sign::Sqlite);
            }
        }
        // `IDENTITY (1, 1)`, where PostgreSQL has `AS IDENTITY (START 1)`.
        let counts = words
            .get(at + 2)
            .is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if word.is("IDENTITY") && !before.is("AS") && word.depth == 0 && counts {
            return Some(Sign::SqlServer);
        }
    }
    None
}

/// Whose options a table has, after its columns.
fn options(tail: &[Word<'_>]) -> Option<Sign> {
    let engine = tail.windows(2).any(|pair| {
        pair[0].is("ENGINE") && pair[0].depth == 0 && (pair[1].is_symbol("=") || pair[1].is_name())
    });
    if engine {
        return Some(Sign::MySql);
    }
    let mut rest = tail.iter().filter(|word| !word.is_symbol(";"));
    let is_sqlite = rest.clone().count() > 0
        && rest.all(|word| {
            ["WITHOUT", "ROWID", "STRICT"]
                .iter()
                .any(|keyword| word.is(keyword))
                || word.is_symbol(",")
        });
    is_sqlite.then_some(Sign::Sqlite)
}

/// A word, a name or a symbol of a statement.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    lexeme: Lexeme,
    text: &'a str,
    /// How many brackets are open around it, those of the columns not counted.
    depth: usize,
}

impl Word<'_> {
    fn is(&self, keyword: &str) -> bool {
        self.lexeme == Lexeme::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    fn is_symbol(&self, symbol: &str) -> bool {
        self.lexeme == Lexeme::Symbol && self.text == symbol
    }

    fn is_name(&self) -> bool {
        matches!(self.lexeme, Lexeme::Word | Lexeme::Name)
    }

    /// Whether SQLite keeps a table of this name for itself.
    fn is_of_sqlite(&self) -> bool {
        let name = self.text.trim_start_matches(['"', '`']);
        let start = name.get(.."sqlite_".len());
        self.is_name() && start.is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
    }
}

/// All but the blanks, the comments and the quoted texts; of a text in dollar quotes, that it is one.
fn words(statement: &str) -> Vec<Word<'_>> {
    let mut scanner = Scanner::new(statement);
    let mut words = Vec::new();
    let mut brackets = 0_usize;
    loop {
        let start = scanner.at;
        let Ok(Some(lexeme)) = scanner.pass() else {
            return words;
        };
        let text = &statement[start..scanner.at];
        if text == ")" {
            brackets = brackets.saturating_sub(1);
        }
        let is_said = match lexeme {
            Lexeme::Nothing => false,
            Lexeme::Text => text.starts_with('$'),
            _ => true,
        };
        if is_said {
            words.push(Word {
                lexeme,
                text,
                depth: brackets.saturating_sub(1),
            });
        }
        if text == "(" {
            brackets += 1;
        }
    }
}

/// The place of the bracket that closes the one at `open`, or of the end.
fn closing(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        if word.is_symbol("(") {
            depth += 1;
        } else if word.is_symbol(")") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    words.len()
}

/// What stands between the commas of the columns.
fn elements<'w, 'a>(words: &'w [Word<'a>]) -> Vec<&'w [Word<'a>]> {
    words
        .split(|word| word.is_symbol(",") && word.depth == 0)
        .collect()
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
        either("CREATE TABLE t (auto_increment int, autoincrement int, engine text, key text)");
        either("CREATE TABLE t (a int CHECK (a > 0 AND NOT (autoincrement > engine)))");
        either("CREATE TABLE pragma (strict int, \"key\" varchar(10), rowid int)");
        either("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START 1))");
        either("CREATE TABLE t (a, b) AS SELECT 1, 2");
        either("CREATE TABLE t (a int[], b int DEFAULT (ARRAY[1])[1])");
        either("CREATE TABLE p PARTITION OF t (a NOT NULL) DEFAULT");
        either("CREATE TRIGGER x BEFORE UPDATE OF begin ON t EXECUTE FUNCTION f()");
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
        let server = |text| check(text, Err("SQL Server"));
        server("CREATE TABLE [dbo].[t] ([id] INT)");
        server("CREATE TABLE t (id INT IDENTITY(1,1) PRIMARY KEY)");
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
