//! What can go wrong between a URL and a schema, said so that a person knows what to do.
//!
//! No message holds a password.

use crate::name::in_quotes;

/// Why a schema could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error(transparent)]
    Connect(#[from] umbel_connect::Error),
    #[error("the server at {server} runs PostgreSQL {version}, which is too old")]
    TooOld { server: String, version: String },
    #[error("schema `{schema}` does not exist; the database has: {}", list(.existing))]
    UnknownSchema {
        schema: String,
        existing: Vec<String>,
    },
    #[error("the role `{role}` may not use the schema `{schema}`")]
    NoUsage { role: String, schema: String },
    #[error("nothing to read in {} of the database `{database}`: no tables, no views", schemas(.asked))]
    Empty {
        database: String,
        asked: Vec<String>,
        /// The schemas that do hold relations.
        others: Vec<String>,
    },
    #[error("the role `{role}` may not read any of the {count} tables and views in {}", schemas(.asked))]
    NothingReadable {
        role: String,
        count: usize,
        asked: Vec<String>,
    },
    #[error("the catalog of the database could not be read: {}", chain(.0))]
    Catalog(#[from] tokio_postgres::Error),
}

impl Error {
    /// What the person can do about it.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Error::Connect(error) => error.hint(),
            Error::TooOld { .. } => "PostgreSQL 12 or newer is needed".to_owned(),
            Error::UnknownSchema { .. } => return None,
            Error::NoUsage { role, schema } => {
                format!(
                    "GRANT USAGE ON SCHEMA {} TO {};",
                    in_quotes(schema),
                    in_quotes(role)
                )
            }
            Error::Empty { others, .. } if others.is_empty() => {
                "create the tables first, or check the database in the URL".to_owned()
            }
            Error::Empty { others, .. } => format!("these schemas hold tables: {}", list(others)),
            Error::NothingReadable { role, asked, .. } => format!(
                "GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {};",
                asked
                    .iter()
                    .map(|name| in_quotes(name))
                    .collect::<Vec<_>>()
                    .join(", "),
                in_quotes(role)
            ),
            Error::Catalog(_) => return None,
        };
        Some(hint)
    }
}

/// An error with what caused it, down to the last: `db error: ERROR: permission denied for …`.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(", ")
}

/// ``schema `a` `` or ``the schemas `a`, `b` ``.
fn schemas(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [one] => format!("the schema {one}"),
        many => format!("the schemas {}", many.join(", ")),
    }
}
