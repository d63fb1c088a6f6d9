//! Everything that can go wrong between a request and its answer.

mod fields;

pub use fields::FieldErrors;

/// The result of anything that asks the database or answers a request.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request could not be answered as it asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row, or no such page.
    #[error("not found")]
    NotFound,
    /// The request cannot be understood; says what is wrong with it.
    #[error("{0}")]
    BadRequest(String),
    /// The request holds more than it may; says how much that is.
    #[error("{0}")]
    TooLarge(String),
    /// The address of a request says more than it may; says how much that is.
    #[error("{0}")]
    UrlTooLong(String),
    /// What was typed, or sent, breaks rules of the table.
    #[error("the input breaks rules of the table")]
    Invalid(Box<FieldErrors>),
    /// The database refuses, for a reason that a person can act upon: still referenced, changed meanwhile.
    #[error("{0}")]
    Conflict(String),
    /// The role that the application uses may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// No connection to the database could be had.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The materialized view has not been filled yet.
    #[error("the materialized view has not been filled yet")]
    Unfilled,
    /// A table or column that the application knows is not there any more; says which.
    #[error("the database has changed since this application was made: {0}")]
    Drifted(String),
    /// A query ran longer than it may.
    #[error("the database took too long")]
    Timeout,
    /// The database has not the means for it at the moment; says which it lacks.
    #[error("the database cannot do this now: {0}")]
    Exhausted(&'static str),
    /// A trigger or a function of the database failed, and not because its author said so; in its words.
    #[error("a function of the database failed: {0}")]
    Function(String),
    /// What was asked is done, but the row cannot be seen afterwards; says why.
    #[error("{0}")]
    Unseen(String),
    /// Any other error of the database, in its words.
    #[error("database: {0}")]
    Database(String),
    /// A value or a page that cannot be shown.
    #[error("{0}")]
    Internal(String),
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(Box::new(errors))
    }
}
