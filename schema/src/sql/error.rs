//! Why SQL files could not be read as a schema, said so that a person knows what to do.

use super::diagnostic::{Diagnostic, Severity};
use crate::model::Dialect;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Errors in statements, with the warnings beside them.
    #[error("{}", count(.found))]
    Statements {
        dialect: Dialect,
        found: Vec<Diagnostic>,
    },
    #[error("{file} is written for {product}, which Umbel does not read")]
    Foreign { file: String, product: &'static str },
    #[error("{file} is not UTF-8: the byte at {offset} begins no character")]
    NotUtf8 { file: String, offset: usize },
    #[error("schema `{schema}` does not exist; the files make: {}", .existing.join(", "))]
    UnknownSchema {
        schema: String,
        existing: Vec<String>,
    },
    #[error("the files make no table and no view in the schema `{}`", .asked.join("`, `"))]
    Empty {
        asked: Vec<String>,
        /// The schemas that do hold relations.
        others: Vec<String>,
    },
    #[error("SQLite could not read what the files make: {0}")]
    Embedded(rusqlite::Error),
    #[error(transparent)]
    Server(#[from] crate::postgres::Error),
    #[error("interrupted; the temporary database was dropped")]
    Interrupted,
    #[error("no memory to read the files in: {0}")]
    Stack(String),
    #[error("the reader of SQL files broke off; this is a mistake in Umbel")]
    Broken,
}

impl Error {
    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::Statements {
                dialect: Dialect::Postgres,
                ..
            } => Some(
                "correct the statements, or read them through a server of your own: `--scratch URL`; \
                 what is written for SQLite is read with `--dialect sqlite`"
                    .to_owned(),
            ),
            Error::Statements {
                dialect: Dialect::Sqlite,
                ..
            } => Some(
                "correct the statements; what is written for PostgreSQL is read with `--dialect postgres`".to_owned(),
            ),
            Error::Foreign { .. } => Some(
                "Umbel reads the SQL of PostgreSQL and of SQLite; if it is one of these, `--dialect` says so".to_owned(),
            ),
            Error::NotUtf8 { .. } => Some("convert it, as with `iconv -t UTF-8`".to_owned()),
            Error::Empty { others, .. } if others.is_empty() => None,
            Error::Empty { others, .. } => {
                Some(format!("these schemas hold tables: {}; name them with `--schema`", others.join(", ")))
            }
            Error::Broken => Some("`--scratch URL` reads the files through a PostgreSQL server".to_owned()),
            Error::Server(error) => error.hint(),
            Error::UnknownSchema { .. } | Error::Embedded(_) | Error::Interrupted | Error::Stack(_) => None,
        }
    }
}

/// `3 statements cannot be read`
fn count(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    match errors.count() {
        1 => "1 statement cannot be read".to_owned(),
        count => format!("{count} statements cannot be read"),
    }
}
