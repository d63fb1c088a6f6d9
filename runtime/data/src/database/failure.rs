//! What a database answers when it does not do as asked, before anyone has put it into words.

use super::wording;
use crate::error::Error;

/// Why a statement failed.
#[derive(Debug)]
pub enum Failure {
    /// The database refused a value or a change.
    Refused(Box<Refusal>),
    /// Anything else.
    Other(Error),
}

/// A refusal, in the words of the database.
#[derive(Debug, Default, Clone)]
pub struct Refusal {
    /// Which rule was broken.
    pub rule: Rule,
    /// The message of the database.
    pub message: String,
    /// More about it: PostgreSQL's DETAIL.
    pub detail: Option<String>,
    /// What to do about it: PostgreSQL's HINT.
    pub hint: Option<String>,
    /// The schema of the table, where the database names it.
    pub schema: Option<String>,
    /// The table, where the database names it.
    pub table: Option<String>,
    /// The columns, where the database names them.
    pub columns: Vec<String>,
    /// The constraint, where the database names it.
    pub constraint: Option<String>,
    /// The value of the statement that could not be read, counted from 0, where the database tells.
    pub parameter: Option<usize>,
    /// Whether it is a statement of a function that was refused, not the one that called it.
    pub within: bool,
}

/// Which rule a refused statement broke.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Another row has the same values.
    Unique,
    /// The row that is referred to does not exist, or the row to be deleted is referred to.
    ForeignKey,
    /// The row is referred to by its old values.
    Referenced,
    /// A value is missing.
    NotNull,
    /// A CHECK of the table or of a domain.
    Check,
    /// A row overlaps with another.
    Exclusion,
    /// A text is too long for its column.
    TooLong,
    /// A number is too big or too small for its column.
    OutOfRange,
    /// A text is no value of the column's type.
    Unreadable,
    /// What the author of a trigger or a function says.
    Raised,
    /// A rule of the database that stands for the statement says nothing of the rows that it writes.
    Silent,
    /// A policy of the database does not allow such a row, or does not let it be seen afterwards.
    Policy,
    /// Any other objection to a value.
    #[default]
    Value,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => wording::explain(&refusal, None),
            Failure::Other(error) => error,
        }
    }
}
