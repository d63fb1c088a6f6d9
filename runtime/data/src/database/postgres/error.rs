//! What PostgreSQL and its driver complain about → an error of ours, by the fields of the complaint alone: its texts are
//! in whatever language the server speaks.

use std::error::Error as _;

use tokio_postgres::error::{DbError, ErrorPosition};

use super::encode::Unsendable;
use crate::database::{Failure, Refusal, Rule};
use crate::error::Error;

/// Why a statement failed, and whether trying once more may help.
#[derive(Debug)]
pub(super) enum Fault {
    /// The prepared statement is older than the schema.
    StalePlan(Failure),
    /// Others came in between; the statement left nothing behind.
    Collided(Failure),
    /// A function of the database failed, which may remember a schema that is no more; the statement left nothing behind.
    Within(Failure),
    /// The connection is gone, as after a restart of the server.
    Closed(Failure),
    /// Trying again would not help.
    Failed(Failure),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::StalePlan(failure)
            | Fault::Collided(failure)
            | Fault::Within(failure)
            | Fault::Closed(failure)
            | Fault::Failed(failure) => failure,
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
            _ if is_raised(db) => Self::Failed(refusal(Rule::Raised, db)),
            "0A000" if db.routine() == Some("RevalidateCachedQuery") && is_ours(db) => {
                Self::StalePlan(changed())
            }
            "26000" => Self::StalePlan(changed()),
            "40001" | "40P01" => Self::Collided(
                Error::Conflict(
                    "someone else changed the same rows at the same time, so nothing was saved: try again"
                        .to_owned(),
                )
                .into(),
            ),
            "57P01" | "57P02" | "57P03" | "57P04" | "57P05" | "25P03" | "25P04" => {
                Self::Closed(Error::Unavailable(describe(&error)).into())
            }
            _ if is_within(db) => Self::Within(match is_outgrown(db) {
                true => changed(),
                false => classify(db),
            }),
            _ => Self::Failed(classify(db)),
        }
    }
}

impl Fault {
    /// Why a statement failed that was prepared before: it may fit a schema that is no more.
    pub(super) fn of_prepared(error: tokio_postgres::Error) -> Self {
        let may_be_outdated = error.as_db_error().is_some_and(|db| {
            let code = db.code().code();
            // A column or a type that is another one now, or none.
            (code.starts_with("42") || code == "XX000") && code != "42501" && is_ours(db)
        });
        match Self::from(error) {
            Self::Failed(Failure::Other(error)) if may_be_outdated => Self::StalePlan(error.into()),
            fault => fault,
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

/// A statement that the driver did not send, as where a value does not fit into the type that its column has now.
fn unsent(error: &tokio_postgres::Error) -> Failure {
    match error.source().and_then(|cause| cause.downcast_ref()) {
        Some(Unsendable { parameter, reason }) => Failure::Refused(Box::new(Refusal {
            rule: Rule::Unreadable,
            message: reason.clone(),
            parameter: Some(*parameter),
            ..Refusal::default()
        })),
        None => Error::Database(describe(error)).into(),
    }
}

/// The value that PostgreSQL was reading, counted from 0. The last line of the context names it, in any language with
/// the number that it has in the statement: `unnamed portal parameter $2 = '…'`.
fn parameter(db: &DbError) -> Option<usize> {
    let line = db.where_()?.lines().last()?;
    let mut words = line.split_whitespace().take_while(|word| *word != "=");
    let number = words.find_map(|word| word.strip_prefix('$'))?;
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    error
        .source()
        .is_some_and(|source| source.is::<std::io::Error>())
}

fn changed() -> Failure {
    Error::Conflict("the database was changed meanwhile: try again".to_owned()).into()
}

/// Whether a person wrote the complaint, in a trigger or a function, whatever code it was given.
fn is_raised(db: &DbError) -> bool {
    let code = db.code().code();
    // PL/pgSQL's RAISE; what it raises again is as it was first. MapRows RAISE without a code, ASSERT, and what functions in
    // other languages give up with.
    db.routine() == Some("exec_stmt_raise")
        || matches!(code, "P0001" | "P0004" | "38000")
        || is_own(code)
        || is_unnamed(db)
}

/// Whether a code is in none of PostgreSQL's classes, so that somebody else made it up.
fn is_own(code: &str) -> bool {
    const CLASSES: [&str; 42] = [
        "00", "01", "02", "03", "08", "09", "0A", "0B", "0F", "0L", "0P", "0Z", "10", "20", "21",
        "22", "23", "24", "25", "26", "27", "28", "2B", "2D", "2F", "34", "38", "39", "3B", "3D",
        "3F", "40", "42", "44", "53", "54", "55", "57", "58", "72", "F0", "HV",
    ];
    let class = code.get(..2).unwrap_or_default();
    !CLASSES.contains(&class) && !["P0", "XX"].contains(&class)
}

/// Whether it is said that a rule was broken, but not of which table or type: PostgreSQL itself always says that.
fn is_unnamed(db: &DbError) -> bool {
    db.code().code().starts_with("23") && db.table().is_none() && db.datatype().is_none()
}

/// The one table of SQLSTATEs.
fn classify(db: &DbError) -> Failure {
    let rule = match db.code().code() {
        "23505" => Rule::Unique,
        // Which side of it was broken depends on what was written.
        "23503" | "23001" => Rule::ForeignKey,
        "23502" => Rule::NotNull,
        "23514" | "44000" => Rule::Check,
        "23P01" => Rule::Exclusion,
        "0A000" if db.routine() == Some("RewriteQuery") => Rule::Silent,
        "42501" if db.routine() == Some("ExecWithCheckOptions") => Rule::Policy,
        "22001" => Rule::TooLong,
        // What an index takes.
        "54000" => Rule::TooLong,
        "22003" => Rule::OutOfRange,
        "22P02" | "22007" | "22008" | "22021" | "22P05" => Rule::Unreadable,
        code if code.starts_with("22") || code.starts_with("23") => Rule::Value,
        // What a type thinks of a text that it cannot read has many codes: `tsquery` calls it an error of syntax.
        code if parameter(db).is_some() && !is_passing(code) => Rule::Unreadable,
        code => return other(code, db).into(),
    };
    refusal(rule, db)
}

fn refusal(rule: Rule, db: &DbError) -> Failure {
    Failure::Refused(Box::new(Refusal {
        rule,
        message: db.message().to_owned(),
        detail: db.detail().map(str::to_owned),
        hint: db.hint().map(str::to_owned),
        schema: db.schema().map(str::to_owned),
        table: db.table().map(str::to_owned),
        columns: db.column().map(str::to_owned).into_iter().collect(),
        constraint: db.constraint().map(str::to_owned),
        parameter: parameter(db),
        within: !is_ours(db) && parameter(db).is_none(),
    }))
}

/// Whether the fault lies with the moment, not with a value: cancelled, overloaded, deadlocked, cut off.
fn is_passing(code: &str) -> bool {
    ["08", "40", "53", "57", "58"]
        .iter()
        .any(|class| code.starts_with(class))
}

fn other(code: &str, db: &DbError) -> Error {
    match (code, db.routine()) {
        ("55P03", _) => Error::Conflict(
            "someone else is changing this and has not finished: nothing was saved, try again"
                .to_owned(),
        ),
        ("57014", _) => Error::Timeout,
        ("55000", Some("ExecOpenScanRelation")) => Error::Unfilled,
        ("42501", _) => {
            Error::Forbidden(format!("the database does not allow it: {}", db.message()))
        }
        // A relation, a column, a type that is gone or another one now.
        ("42P01" | "42703" | "42704" | "3F000" | "42883" | "42804" | "42846" | "42809", _)
            if is_ours(db) =>
        {
            Error::Drifted(db.message().to_owned())
        }
        ("25006", _) => Error::Forbidden(
            "the database takes no changes now: it is a standby, or has been made read-only"
                .to_owned(),
        ),
        ("53100", _) => Error::Exhausted("the disk of the database is full"),
        ("53200", _) => Error::Exhausted("the database has no memory left for this"),
        ("53400", _) => Error::Exhausted("this takes more than the database gives to one request"),
        ("53000" | "53300", _) => Error::Unavailable(db.message().to_owned()),
        _ if code.starts_with("08") => Error::Unavailable(db.message().to_owned()),
        _ => {
            let words = match db.hint() {
                Some(hint) => format!("{} ({hint})", db.message()),
                None => db.message().to_owned(),
            };
            match db.where_() {
                Some(place) => Error::Function(format!("{words}: {place}")),
                None => Error::Database(words),
            }
        }
    }
}

/// Whether it is a function of the database that failed, over a type, a column, a relation or a value that does not fit.
fn is_within(db: &DbError) -> bool {
    let class = db.code().code().get(..2).unwrap_or_default();
    !is_ours(db) && parameter(db).is_none() && ["0A", "22", "42", "XX"].contains(&class)
}

/// Whether a function goes by types that its values no longer have.
fn is_outgrown(db: &DbError) -> bool {
    let routine = db.routine().unwrap_or_default();
    matches!(
        routine,
        "RevalidateCachedQuery" | "CheckVarSlotCompatibility" | "ExecEvalParamExtern"
    ) || routine.starts_with("plpgsql_param_eval")
}

/// Whether it is the statement itself that is wrong, not a function that it called.
fn is_ours(db: &DbError) -> bool {
    !matches!(db.position(), Some(ErrorPosition::Internal { .. })) && db.where_().is_none()
}
