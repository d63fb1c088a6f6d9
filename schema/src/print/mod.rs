//! A schema for people and other programs to read.

mod mermaid;
mod sql;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use mermaid::mermaid;
pub use sql::sql;
pub use text::{text, thousands};

use std::io::{self, Write};

use crate::model::Schema;

/// Writes the whole model as JSON, piece by piece; the same schema always gives the same text.
pub fn json(schema: &Schema, to: impl Write) -> io::Result<()> {
    Ok(serde_json::to_writer_pretty(to, schema)?)
}
