//! A schema for people and other programs to read.

mod mermaid;
mod name;
pub(crate) mod parts;
mod sql;
mod table;
#[cfg(test)]
mod tests;
mod text;

pub use mermaid::mermaid;
pub use sql::sql;
pub use text::text;

use crate::model::Schema;

/// The whole model as JSON; the same schema always gives the same text.
pub fn json(schema: &Schema) -> String {
    serde_json::to_string_pretty(schema).expect("the model is plain data without maps")
}
