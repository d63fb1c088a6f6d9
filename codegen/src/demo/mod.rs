//! The example application's database: a newsroom, its schema and its rows.

mod rows;
mod words;

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;

/// The tables of the newsroom.
const SCHEMA: &str = include_str!("newsroom.sql");

/// Why the database could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DemoError {
    #[error("cannot write `{path}`: {error}")]
    Write { path: String, error: io::Error },
    #[error("cannot fill `{path}`: {error}")]
    Fill {
        path: String,
        error: rusqlite::Error,
    },
}

/// Makes the database without rows, in place of what may be there.
pub(crate) fn create_empty(file: &Path) -> Result<(), DemoError> {
    create(file, |_| Ok(()))
}

/// Makes the database with its rows, in place of what may be there.
pub(crate) fn create_filled(file: &Path) -> Result<(), DemoError> {
    create(file, rows::fill)
}

fn create(file: &Path, fill: fn(&mut Connection) -> rusqlite::Result<()>) -> Result<(), DemoError> {
    let path = || file.display().to_string();
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(DemoError::Write {
                path: path(),
                error,
            });
        }
        _ => {}
    }
    let make = || {
        let mut database = Connection::open(file)?;
        database.execute_batch(SCHEMA)?;
        fill(&mut database)
    };
    make().map_err(|error| DemoError::Fill {
        path: path(),
        error,
    })
}
