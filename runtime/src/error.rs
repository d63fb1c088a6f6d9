//! Everything that can go wrong between a request and its answer.

use crate::form::Errors;

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
    /// What was typed, or sent, breaks rules of the table.
    #[error("the input breaks rules of the table")]
    Invalid(Errors),
    /// The database refuses, for a reason that a person can act upon: still referenced, changed meanwhile.
    #[error("{0}")]
    Conflict(String),
    /// The role that the application uses may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// No connection to the database could be had.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A query ran longer than it may.
    #[error("the database took too long")]
    Timeout,
    /// Any other error of the database, in its words.
    #[error("database: {0}")]
    Database(String),
    /// A value or a page that cannot be shown.
    #[error("{0}")]
    Internal(String),
}
