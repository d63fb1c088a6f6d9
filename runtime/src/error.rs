//! Everything that can go wrong between a request and its answer.

use axum::http::StatusCode;

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
    /// The request holds more than it may; says how much that is.
    #[error("{0}")]
    TooLarge(String),
    /// The address of a request says more than it may; says how much that is.
    #[error("{0}")]
    UrlTooLong(String),
    /// What was typed, or sent, breaks rules of the table.
    #[error("the input breaks rules of the table")]
    Invalid(Box<Errors>),
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

impl Error {
    /// What is wrong with the form, if that is what went wrong.
    ///
    /// # Errors
    /// Anything that is not about the form, as it came.
    pub fn into_errors(self) -> Result<Errors> {
        match self {
            Self::Invalid(errors) => Ok(*errors),
            Self::Conflict(message) => Ok(Errors::conflict(message)),
            Self::Forbidden(message) => Ok(Errors::refused(StatusCode::FORBIDDEN, message)),
            Self::Timeout => Ok(Errors::refused(
                StatusCode::GATEWAY_TIMEOUT,
                "the database needed longer than it is given, so nothing was saved: try again later",
            )),
            Self::Exhausted(why) => Ok(Errors::refused(
                StatusCode::SERVICE_UNAVAILABLE,
                format!("{why}, so nothing was saved: try again later"),
            )),
            Self::Function(detail) => {
                tracing::error!(detail, "a function of the database failed");
                Ok(Errors::refused(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "a trigger or a function of the database failed, so nothing was saved: whoever looks after this \
                     application finds more in its log",
                ))
            }
            other => Err(other),
        }
    }
}

impl From<Errors> for Error {
    fn from(errors: Errors) -> Self {
        Self::Invalid(Box::new(errors))
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::Internal(format!("the page cannot be written: {error}"))
    }
}
