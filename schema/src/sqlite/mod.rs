//! Reads the schema of an SQLite database file.
//!
//! The file is never written to. What the pragmas do not tell is taken from the text of the CREATE statements.

mod catalog;
mod create;
mod error;
mod expression;
mod foreign;
mod foreign_key;
mod index;
pub(crate) mod missing;
mod open;
mod relation;
mod sizes;
mod statements;
pub(crate) mod token;
mod trigger;
mod types;
mod view;

use std::path::Path;

use rusqlite::Connection;

pub use error::Error;
pub use statements::statements;

use crate::model::{Dialect, ObjectName, Schema, Sizes};
use crate::name::{MAIN, own};
use catalog::Catalog;

/// Reads the database in a file.
pub fn read(path: &Path) -> Result<Schema, Error> {
    let mut connection = open::open(path)?;
    let schema = read_open(&mut connection).map_err(|error| Error::of(path, error))?;
    schema.ok_or_else(|| Error::Empty(path.to_owned()))
}

/// Reads the same, and how large it is; up to `exact` rows of each table are counted.
pub fn read_sizes(path: &Path, exact: u64) -> Result<(Schema, Sizes), Error> {
    let mut connection = open::open(path)?;
    let read = read_open(&mut connection).and_then(|schema| match schema {
        Some(schema) => {
            let sizes = sizes::sizes(&connection, &schema, exact)?;
            Ok(Some((schema, sizes)))
        }
        None => Ok(None),
    });
    let read = read.map_err(|error| Error::of(path, error))?;
    read.ok_or_else(|| Error::Empty(path.to_owned()))
}

/// Reads a database that is open; none where it holds nothing but what an application keeps for itself.
pub(crate) fn read_open(connection: &mut Connection) -> rusqlite::Result<Option<Schema>> {
    let catalog = Catalog::read(connection)?;
    if catalog.tables.is_empty() {
        return Ok(None);
    }
    let mut notes = Vec::new();
    let relations = relation::relations(connection, &catalog, &mut notes)?;
    let mut schema = Schema {
        dialect: Dialect::Sqlite,
        role: None,
        origin: None,
        relations,
        enums: Vec::new(),
        domains: Vec::new(),
        composites: Vec::new(),
        ranges: Vec::new(),
        notes,
    };
    own::leave_out(&mut schema);
    let holds_anything = !schema.relations.is_empty() || !schema.notes.is_empty();
    Ok(holds_anything.then_some(schema))
}

/// A name in the schema of the file itself.
fn name(name: &str) -> ObjectName {
    ObjectName::new(MAIN, name)
}
