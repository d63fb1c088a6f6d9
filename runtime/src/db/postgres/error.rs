//! What PostgreSQL and its driver complain about → an error of ours.

use std::error::Error as _;

use tokio_postgres::error::DbError;

use crate::db::{Failure, Refusal, Rule};
use crate::error::Error;

/// Why a statement failed, and whether trying once more may help.
#[derive(Debug)]
pub(super) enum Fault {
    /// The prepared statement is older than the schema.
    StalePlan(Failure),
    /// The connection is gone, as after a restart of the server.
    Closed(Failure),
    /// Trying again would not help.
    Failed(Failure),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::StalePlan(failure) | Fault::Closed(failure) | Fault::Failed(failure) => failure,
        }
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            return match error.is_closed() || is_io(&error) {
                true => Self::Closed(Error::Unavailable(describe(&error)).into()),
                false => Self::Failed(unsent(&error)),
            };
        };
        match db.code().code() {
            "0A000" if db.message().contains("cached plan") => Self::StalePlan(changed()),
            "26000" => Self::StalePlan(changed()),
            "57P01" | "57P02" | "57P03" => {
                Self::Closed(Error::Unavailable(describe(&error)).into())
            }
            _ => Self::Failed(classify(db)),
        }
    }
}

/// The message of an error and of what caused it, without repetition.
pub(super) fn describe(error: &tokio_postgres::Error) -> String {
    if let Some(db) = error.as_db_error() {
        return db.message().to_owned();
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let message = inner.to_string();
        if !text.contains(&message) {
            text = format!("{text}: {message}");
        }
        cause = inner.source();
    }
    text
}

/// A statement that the driver did not send, as where a value does not fit into the type that its column has now:
/// `error serializing parameter 2: …`.
fn unsent(error: &tokio_postgres::Error) -> Failure {
    let message = describe(error);
    let parameter = message
        .strip_prefix("error serializing parameter ")
        .and_then(|rest| rest.split(':').next()?.parse().ok());
    match (parameter, error.source()) {
        (Some(parameter), Some(cause)) => Failure::Refused(Box::new(Refusal {
            rule: Rule::Unreadable,
            message: cause.to_string(),
            parameter: Some(parameter),
            ..Refusal::default()
        })),
        _ => Error::Database(message).into(),
    }
}

/// The value that PostgreSQL was reading, counted from 0: it says `unnamed portal parameter $2 = '…'`.
fn parameter(db: &DbError) -> Option<usize> {
    let (_, rest) = db.where_()?.split_once("portal parameter $")?;
    let digits = rest.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    error
        .source()
        .is_some_and(|source| source.is::<std::io::Error>())
}

fn changed() -> Failure {
    Error::Conflict("the database was changed meanwhile: try again".to_owned()).into()
}

/// The one table of SQLSTATEs.
fn classify(db: &DbError) -> Failure {
    let parameter = parameter(db);
    let rule = match db.code().code() {
        "23505" => Rule::Unique,
        "23503" | "23001" if is_referenced(db) => Rule::Referenced,
        "23503" | "23001" => Rule::ForeignKey,
        "23502" => Rule::NotNull,
        "23514" | "44000" => Rule::Check,
        "23P01" => Rule::Exclusion,
        "22001" => Rule::TooLong,
        "22003" => Rule::OutOfRange,
        "22P02" | "22007" | "22008" | "22021" | "22P05" => Rule::Unreadable,
        "P0001" => Rule::Raised,
        code if code.starts_with("22") || code.starts_with("23") => Rule::Value,
        // What a type thinks of a text that it cannot read has many codes: `tsquery` calls it an error of syntax.
        code if parameter.is_some() && !is_passing(code) => Rule::Unreadable,
        code => return other(code, db).into(),
    };
    Failure::Refused(Box::new(Refusal {
        rule,
        message: db.message().to_owned(),
        detail: db.detail().map(str::to_owned),
        table: db.table().map(str::to_owned),
        columns: db.column().map(str::to_owned).into_iter().collect(),
        constraint: db.constraint().map(str::to_owned),
        parameter,
    }))
}

/// Whether it is the row itself that others refer to, as DETAIL says.
fn is_referenced(db: &DbError) -> bool {
    db.detail()
        .is_some_and(|detail| detail.contains("still referenced"))
}

/// Whether the fault lies with the moment, not with a value: cancelled, overloaded, deadlocked, cut off.
fn is_passing(code: &str) -> bool {
    ["08", "40", "53", "57", "58"]
        .iter()
        .any(|class| code.starts_with(class))
}

fn other(code: &str, db: &DbError) -> Error {
    match code {
        "40001" | "40P01" => Error::Conflict(
            "someone else changed the same rows at the same time: try again".to_owned(),
        ),
        "55P03" => Error::Conflict("someone else is changing this row: try again".to_owned()),
        "57014" => Error::Timeout,
        "55000" if db.message().contains("has not been populated") => Error::Unfilled,
        "42501" => Error::Forbidden(format!("the database does not allow it: {}", db.message())),
        "25006" => Error::Forbidden("the database is read-only".to_owned()),
        "53300" | "53400" => Error::Unavailable(db.message().to_owned()),
        _ => match (code.starts_with("08"), db.hint()) {
            (true, _) => Error::Unavailable(db.message().to_owned()),
            (false, Some(hint)) => Error::Database(format!("{} ({hint})", db.message())),
            (false, None) => Error::Database(db.message().to_owned()),
        },
    }
}
