//! The tables that an application of ours keeps for itself, beside those that it is made for: users, sessions, history.
//!
//! On PostgreSQL they have a schema of their own, which is read where somebody names it. A file of SQLite has but one: there
//! they are known by their names, and never shown.

use super::MAIN;
use crate::model::{ObjectName, Schema};

/// The schema that holds them on PostgreSQL.
pub(crate) const SCHEMA: &str = "umbel";

/// What their names begin with in SQLite.
pub(crate) const PREFIX: &str = "umbel_";

/// The table of their versions. Without it, what is called as they are is somebody else's.
pub(crate) const LEDGER: &str = "migration";

/// What the ledger is told by.
pub(crate) const LEDGER_COLUMNS: [&str; 3] = ["version", "checksum", "applied_at"];

/// Takes them out of the schema of a file of SQLite.
pub(crate) fn leave_out(schema: &mut Schema) {
    let ledger = ObjectName::new(MAIN, format!("{PREFIX}{LEDGER}"));
    let is_ledger = schema.relations.iter().any(|relation| {
        let has = |name: &&str| relation.columns.iter().any(|column| column.name == **name);
        relation.name == ledger && LEDGER_COLUMNS.iter().all(has)
    });
    if is_ledger {
        let first = ObjectName::new(MAIN, PREFIX).to_string();
        (schema.relations).retain(|relation| !relation.name.name.starts_with(PREFIX));
        schema
            .notes
            .retain(|note| !note.subject.starts_with(&first));
    }
}
