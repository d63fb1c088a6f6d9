//! What SQLite complains about → an error of ours. Its texts are always the same, in English, and are read only where it
//! has no code for what they say.

use rusqlite::ffi;

use crate::database::{Failure, Refusal, Rule};
use crate::error::Error;

/// The one table of extended codes.
pub(super) fn failure(error: &rusqlite::Error) -> Failure {
    let (code, message) = match error {
        rusqlite::Error::SqliteFailure(code, message) => (code, message.clone()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error, Some(msg.clone())),
        other => return Error::Database(other.to_string()).into(),
    };
    let message = message.unwrap_or_else(|| error.to_string());
    let rule = match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => Rule::Unique,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Rule::ForeignKey,
        // ON DELETE RESTRICT is a trigger within, with the message of a foreign key.
        ffi::SQLITE_CONSTRAINT_TRIGGER if message == "FOREIGN KEY constraint failed" => {
            Rule::ForeignKey
        }
        ffi::SQLITE_CONSTRAINT_TRIGGER => Rule::Raised,
        ffi::SQLITE_CONSTRAINT_NOTNULL => Rule::NotNull,
        ffi::SQLITE_CONSTRAINT_CHECK => Rule::Check,
        ffi::SQLITE_CONSTRAINT_DATATYPE | ffi::SQLITE_MISMATCH => Rule::Unreadable,
        ffi::SQLITE_TOOBIG => Rule::TooLong,
        other if other & 0xff == ffi::SQLITE_CONSTRAINT => Rule::Value,
        other => return self::other(other & 0xff, message).into(),
    };
    Failure::Refused(Box::new(refusal(rule, message)))
}

fn other(code: i32, message: String) -> Error {
    // A foreign key may lead to a table or a column that is not there: SQLite says so where a row is written.
    let missing = ["no such table", "no such column", "foreign key mismatch"];
    if missing.iter().any(|words| message.starts_with(words))
        || message.contains(" has no column named ")
    {
        return Error::Drifted(message);
    }
    if message == "LIKE or GLOB pattern too complex" {
        return Error::TooLarge(
            "what is searched for is longer than the database takes".to_owned(),
        );
    }
    if let Some(foreign) = foreign(&message) {
        return Error::Forbidden(format!(
            "the table needs {foreign}, which only the program has that made the file: with it, such rows are changed"
        ));
    }
    match code {
        ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Error::Conflict(
            "someone else is changing the database and has not finished: nothing was saved, try again"
                .to_owned(),
        ),
        ffi::SQLITE_INTERRUPT => Error::Timeout,
        ffi::SQLITE_READONLY => Error::Forbidden(
            "the file of the database cannot be written to: it, or the folder in which it lies, is read-only"
                .to_owned(),
        ),
        ffi::SQLITE_FULL => Error::Exhausted("the disk of the database is full"),
        ffi::SQLITE_NOMEM => Error::Exhausted("the database has no memory left for this"),
        ffi::SQLITE_SCHEMA => Error::Drifted(message),
        ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR => Error::Unavailable(message),
        _ => Error::Database(message),
    }
}

/// What a table needs and nothing here brings: `no such collation sequence: unicase`, `unknown function: uuid4()`.
fn foreign(message: &str) -> Option<String> {
    let known = [
        ("no such collation sequence: ", "collation"),
        ("no such function: ", "function"),
        ("unknown function: ", "function"),
        ("no such module: ", "module"),
        ("no such tokenizer: ", "tokenizer"),
        ("unknown tokenizer: ", "tokenizer"),
    ];
    known.iter().find_map(|(said, noun)| {
        let name = message.strip_prefix(said)?.trim_end_matches("()");
        Some(format!("the {noun} `{name}`"))
    })
}

/// What the message of a refusal names.
///
/// `UNIQUE constraint failed: film.title, film.year` and `NOT NULL constraint failed: film.title` name columns,
/// `UNIQUE constraint failed: index 'by_lower_title'` an index, `CHECK constraint failed: short` a check by its name
/// or its text, `cannot store TEXT value in INTEGER column film.length` a column.
fn refusal(rule: Rule, message: String) -> Refusal {
    let mut refusal = Refusal {
        rule,
        ..Refusal::default()
    };
    if rule == Rule::Raised {
        refusal.message = message;
        return refusal;
    }
    let named = message.split_once("constraint failed: ");
    match (rule, named) {
        (Rule::Check, Some((_, name))) => refusal.constraint = Some(name.to_owned()),
        (_, Some((_, list))) => match list.strip_prefix("index '") {
            Some(index) => refusal.constraint = Some(index.trim_end_matches('\'').to_owned()),
            None => refusal.columns = list.split(", ").map(column).collect(),
        },
        (_, None) => {
            let column = message
                .rsplit_once(" column ")
                .map(|(_, name)| column(name));
            refusal.columns = column.into_iter().collect();
        }
    }
    refusal.message = message;
    refusal
}

/// `film.title` → `title`
fn column(qualified: &str) -> String {
    let name = qualified.rsplit_once('.').map(|(_, column)| column);
    name.unwrap_or(qualified).to_owned()
}
