//! Reads SQLite's statements: loads them into a database in memory, which tells what they have made.
//!
//! Only what makes, changes and drops objects is run: no row is written, no other file is opened.

mod names;

use std::ops::Range;

use rusqlite::Connection;

use names::{Change, Names};

use super::diagnostic::{Diagnostic, Problem, Severity, Span, SqlFile};
use super::error::Error;
use super::lines::Lines;
use super::{Reading, Skipped, is_error, placed};
use crate::model::Dialect;
use crate::name::MAIN;
use crate::sqlite::missing::Lent;
use crate::sqlite::{self, token};
use token::Token;

/// Reads the files, one after the other, as one schema.
pub(super) fn read(files: &[SqlFile], schemas: &[String]) -> Result<Reading, Error> {
    if let Some(schema) = schemas.iter().find(|name| *name != MAIN) {
        return Err(Error::UnknownSchema {
            schema: schema.clone(),
            existing: vec![MAIN.to_owned()],
        });
    }
    let mut connection = Connection::open_in_memory().map_err(Error::Embedded)?;
    // The order of statements is the file's, and no row is there to be checked.
    connection
        .pragma_update(None, "foreign_keys", false)
        .map_err(Error::Embedded)?;
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    let mut names = Names::default();
    let mut failed = Vec::new();
    let mut has_unreadable = false;
    let mut lent = Lent::default();
    for (number, file) in files.iter().enumerate() {
        let lines = Lines::new(&file.text);
        let (mut read, mut garbled) = (0, 0);
        for statement in statements(&file.text) {
            let text = &file.text[statement.range.clone()];
            let start = statement.range.start;
            let run = match &statement.run {
                Run::Nothing => "",
                Run::AsWritten => text,
                Run::Instead(other) => other,
            };
            if let Some(kind) = statement.kind.clone() {
                let place = lines.place(file, start);
                skipped.push(Skipped { place, kind });
            }
            let change = Change::of(&connection, run);
            match execute(&connection, run, &mut lent) {
                Ok(()) => {
                    read += 1;
                    change.into_iter().for_each(|change| names.follow(change));
                }
                Err(error) => {
                    match is_garbled(&error) {
                        true => garbled += 1,
                        false => read += 1,
                    }
                    failed.push(Span {
                        file: number,
                        range: statement.range.clone(),
                    });
                    let problem = problem(error, &statement.run, text);
                    found.push(placed(problem, number, file, &lines, start));
                }
            }
        }
        found.extend(finish(&connection, number, file, &lines)?);
        // Such a file may be no SQL at all.
        has_unreadable |= garbled > 0 && read == 0;
    }
    lent.take_back(&connection).map_err(Error::Embedded)?;
    let schema = sqlite::read_open(&mut connection).map_err(Error::Embedded)?;
    if has_unreadable || schema.is_none() && found.iter().any(is_error) {
        return Err(Error::Statements {
            dialect: Dialect::Sqlite,
            found,
        });
    }
    Ok(Reading {
        schema: schema.ok_or_else(|| Error::Empty {
            asked: vec![MAIN.to_owned()],
            others: Vec::new(),
        })?,
        warnings: found,
        skipped,
        failed,
        former: names.former(),
    })
}

/// Runs a statement; what it needs and only the program has that the file is for, is lent it meanwhile.
fn execute(connection: &Connection, sql: &str, lent: &mut Lent) -> rusqlite::Result<()> {
    loop {
        match connection.execute_batch(sql) {
            Ok(()) => return Ok(()),
            Err(error) => lent.answer(connection, error)?,
        }
    }
}

/// Ends a file's session: what it left open is said, and kept.
fn finish(
    connection: &Connection,
    number: usize,
    file: &SqlFile,
    lines: &Lines,
) -> Result<Option<Diagnostic>, Error> {
    // What was written into the catalog itself is known only after that.
    connection
        .execute_batch("PRAGMA writable_schema = RESET")
        .map_err(Error::Embedded)?;
    if connection.is_autocommit() {
        return Ok(None);
    }
    connection
        .execute_batch("COMMIT")
        .map_err(Error::Embedded)?;
    let end = file.text.trim_end().len();
    let problem = Problem {
        severity: Severity::Warning,
        range: 0..0,
        message: "the file ends within a transaction, as if something were missing".to_owned(),
        hint: None,
    };
    Ok(Some(placed(problem, number, file, lines, end)))
}

/// Whether SQLite makes nothing of a statement, as against one that makes no sense where it stands.
fn is_garbled(error: &rusqlite::Error) -> bool {
    let said = error.to_string();
    said.contains("syntax error")
        || said.contains("unrecognized token")
        || said.contains("incomplete input")
}

/// What SQLite says against a statement.
fn problem(error: rusqlite::Error, run: &Run, statement: &str) -> Problem {
    let (message, at) = match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let at = usize::try_from(offset).ok();
            (msg, at.filter(|_| *run == Run::AsWritten))
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message, None),
        error => (error.to_string(), None),
    };
    let range = match at {
        Some(at) => {
            let words = token::tokens(statement);
            let word = words
                .iter()
                .find(|word| word.start <= at && at < word.end());
            word.map_or(0..statement.len(), |word| word.start..word.end())
        }
        None => 0..statement.len(),
    };
    Problem {
        severity: Severity::Error,
        range,
        message,
        hint: None,
    }
}

/// A statement of a file.
#[derive(Debug, PartialEq, Eq)]
struct Statement {
    /// Where it stands, with its semicolon.
    range: Range<usize>,
    /// What it is called, where it carries no structure.
    kind: Option<String>,
    run: Run,
}

/// What is done with a statement.
#[derive(Debug, PartialEq, Eq)]
enum Run {
    Nothing,
    AsWritten,
    Instead(String),
}

/// The statements of a text: a semicolon ends each, but within a trigger only the one after `END`.
fn statements(text: &str) -> Vec<Statement> {
    let all = token::tokens(text.strip_prefix('\u{feff}').unwrap_or(text));
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut statements = Vec::new();
    let mut start = 0;
    for at in 0..all.len() {
        let words = &all[start..=at];
        let is_last = at + 1 == all.len();
        let ends = all[at].is_symbol(";")
            && (!is_trigger(words)
                || matches!(words, [.., before, end, _] if before.is_symbol(";") && end.is("END")));
        if !ends && !is_last {
            continue;
        }
        start = at + 1;
        if let [first, .., last] | [first @ last] = words
            && !first.is_symbol(";")
        {
            statements.push(statement(words, mark + first.start..mark + last.end()));
        }
    }
    statements
}

fn is_trigger(words: &[Token<'_>]) -> bool {
    let mut words = words.iter().take(3);
    words.next().is_some_and(|word| word.is("CREATE"))
        && words
            .find(|word| !word.is("TEMP") && !word.is("TEMPORARY"))
            .is_some_and(|word| word.is("TRIGGER"))
}

fn statement(words: &[Token<'_>], range: Range<usize>) -> Statement {
    /// Rows, questions, settings, and what reaches beyond this database.
    const WITHOUT_STRUCTURE: [&str; 13] = [
        "ANALYZE", "ATTACH", "DELETE", "DETACH", "EXPLAIN", "INSERT", "REINDEX", "REPLACE",
        "SELECT", "UPDATE", "VACUUM", "VALUES", "WITH",
    ];
    const TRANSACTION: [&str; 6] = ["BEGIN", "COMMIT", "END", "RELEASE", "ROLLBACK", "SAVEPOINT"];
    let first = words[0].text.to_ascii_uppercase();
    let names = |name: &str| {
        let mut words = words.iter().take(6);
        words.any(|word| word.name().eq_ignore_ascii_case(name))
    };
    let of_catalog = names("sqlite_schema") || names("sqlite_master");
    let (kind, run) = match first.as_str() {
        "CREATE" if names("sqlite_sequence") || names("sqlite_stat1") || names("sqlite_stat4") => {
            (Some("CREATE TABLE"), Run::Nothing)
        }
        "PRAGMA" if names("writable_schema") || names("legacy_alter_table") => {
            (Some("PRAGMA"), Run::AsWritten)
        }
        "PRAGMA" => (Some("PRAGMA"), Run::Nothing),
        "INSERT" if of_catalog => match virtual_table(words) {
            Some(made) => (None, Run::Instead(made)),
            None => (None, Run::AsWritten),
        },
        "UPDATE" | "DELETE" if of_catalog => (None, Run::AsWritten),
        first if WITHOUT_STRUCTURE.contains(&first) => (Some(first), Run::Nothing),
        first if TRANSACTION.contains(&first) => (Some(first), Run::AsWritten),
        _ => (None, Run::AsWritten),
    };
    Statement {
        range,
        kind: kind.map(str::to_owned),
        run,
    }
}

/// A dump writes a virtual table into the catalog and fills the tables behind it row by row, which is not done here:
/// `INSERT INTO sqlite_schema … VALUES('table','note','note',0,'CREATE VIRTUAL TABLE …')` → the statement in it.
fn virtual_table(words: &[Token<'_>]) -> Option<String> {
    let mut texts = words.iter().filter(|word| word.kind == token::Kind::Text);
    let made = texts.next_back()?.name();
    let mut first = token::tokens(&made).into_iter().skip(1);
    first.next()?.is("VIRTUAL").then_some(made)
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let found: Vec<&str> = statements(text)
            .into_iter()
            .map(|statement| &text[statement.range])
            .collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn semicolons() {
        check(
            "a 'x;' b; c /* ; */ d;; -- e;\n f",
            &["a 'x;' b;", "c /* ; */ d;", "f"],
        );
        check("\u{feff}a [x;y]; b `;`;", &["a [x;y];", "b `;`;"]);
        check("", &[]);
    }

    #[test]
    fn triggers() {
        let trigger =
            "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN SELECT CASE WHEN a THEN b END; c; END;";
        check(&format!("{trigger} d;"), &[trigger, "d;"]);
    }
}
