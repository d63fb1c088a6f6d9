//! `.umbel/schema.lock`: the schema as of the last sync, and the names chosen for it.
//!
//! One object a line, in the order of the schema, so that a diff shows what changed and git merges two
//! branches. Nothing in it depends on the server that the schema was read from: no identifiers, no estimates.
//! It is enough to emit the application again.

mod merge;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub(crate) use merge::merge;
pub(crate) use parse::parse;
pub(crate) use print::print;

use std::collections::BTreeSet;

use umbel_schema::Schema;

use crate::plan::Kept;

/// The version of the format, to be raised when an older umbel could not read it.
const FORMAT: u32 = 1;

/// The lists of a relation that stand on lines of their own: the member, and the word on the line.
const PARTS: [(&str, &str); 8] = [
    ("columns", "column"),
    ("uniques", "unique"),
    ("foreign_keys", "foreign_key"),
    ("checks", "check"),
    ("exclusions", "exclusion"),
    ("indexes", "index"),
    ("triggers", "trigger"),
    ("policies", "policy"),
];

/// What the lock remembers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lock {
    pub(crate) schema: Schema,
    pub(crate) names: Kept,
    /// What `umbel.toml` speaks of that the database had once: `column film.rating`.
    pub(crate) gone: BTreeSet<String>,
}
