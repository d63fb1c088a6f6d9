//! Where the schema comes from.

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::postgres::{self, ReadOptions};

use super::report::Failure;

/// The arguments that name a schema's source.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The database: `postgres://user@host/name`
    #[arg(long, value_name = "URL")]
    pub(crate) database: String,

    /// A database schema to include, instead of `public`; may be given several times
    #[arg(long = "schema", value_name = "NAME")]
    pub(crate) schemas: Vec<String>,
}

impl Source {
    /// The database schemas to read: those that were named, else `public`.
    pub(crate) fn schemas(&self) -> Vec<String> {
        if self.schemas.is_empty() {
            vec!["public".to_owned()]
        } else {
            self.schemas.clone()
        }
    }

    /// Reads the schema.
    pub(crate) fn read(&self) -> Result<Schema, Failure> {
        read(&self.database, self.schemas())
    }
}

/// Reads database schemas from the database that a URL names.
pub(crate) fn read(url: &str, schemas: Vec<String>) -> Result<Schema, Failure> {
    let options = ReadOptions { schemas };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime
        .block_on(postgres::read(url, &options))
        .map_err(|error| Failure {
            messages: vec![error.to_string()],
            hint: error.hint().map(|hint| hint.to_string()),
        })
}
