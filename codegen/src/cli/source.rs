//! Where the schema comes from.

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::postgres::{self, ReadOptions};

use super::report::Failure;
use super::sql;

/// The arguments that name a schema's source.
#[derive(Debug, Args)]
pub(crate) struct Source {
    /// The database: `postgres://user@host/name`
    #[arg(
        long,
        value_name = "URL",
        required_unless_present = "sql",
        conflicts_with = "sql"
    )]
    pub(crate) database: Option<String>,

    /// SQL files instead of a database, read in their order; a folder, a pattern, or `-` for standard input
    #[arg(long, value_name = "FILE", num_args = 1..)]
    sql: Vec<String>,

    /// A server on which the SQL files are loaded into a temporary database to be read
    #[arg(long, value_name = "URL", requires = "sql")]
    scratch: Option<String>,

    /// List the statements of the SQL files that carry no structure
    #[arg(long, requires = "sql")]
    verbose: bool,

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

    /// Reads the schema; says on standard error what was not read, unless `quiet`.
    pub(crate) fn read(&self, quiet: bool) -> Result<Schema, Failure> {
        match &self.database {
            Some(url) => read(url, self.schemas()),
            None => sql::read(&sql::Request {
                patterns: &self.sql,
                scratch: self.scratch.as_deref(),
                verbose: self.verbose,
                quiet,
                schemas: self.schemas(),
            }),
        }
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
