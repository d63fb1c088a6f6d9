//! Reads the schema of an SQLite database file.
//!
//! The file is never written to. What the pragmas do not tell is taken from the text of the CREATE statements.

mod catalog;
mod create;
mod error;
mod expression;
mod foreign_key;
mod index;
mod open;
mod relation;
mod token;
mod trigger;
mod types;
mod view;

use std::path::Path;

pub use error::Error;

use crate::model::{Dialect, ObjectName, Schema};
use catalog::Catalog;

/// The name that SQLite gives to the schema of the file itself.
pub const SCHEMA: &str = "main";

/// Reads the database in a file.
pub fn read(path: &Path) -> Result<Schema, Error> {
    let mut connection = open::open(path)?;
    let fault = |error| Error::of(path, error);
    let catalog = Catalog::read(&connection).map_err(fault)?;
    if catalog.tables.is_empty() {
        return Err(Error::Empty(path.to_owned()));
    }
    let mut notes = Vec::new();
    let relations = relation::relations(&mut connection, &catalog, &mut notes).map_err(fault)?;
    Ok(Schema {
        dialect: Dialect::Sqlite,
        role: None,
        origin: None,
        relations,
        enums: Vec::new(),
        domains: Vec::new(),
        composites: Vec::new(),
        ranges: Vec::new(),
        notes,
    })
}

/// A name in the schema of the file itself.
fn name(name: &str) -> ObjectName {
    ObjectName::new(SCHEMA, name)
}
