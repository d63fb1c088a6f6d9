//! What somebody may do with the rows of a table, whichever they are.

use super::Table;
use crate::actor::{Action, Actor, Permission};

impl Actor {
    /// Whether something may be done with rows of a table at all; with which of them, its policy says.
    pub fn may(&self, action: Action, table: &Table) -> bool {
        self.may_do(action.word(), table)
    }

    /// Whether something may be done with a table for which the application has a word of its own.
    pub fn may_do(&self, action: &str, table: &Table) -> bool {
        self.is_allowed(Permission {
            schema: table.schema,
            table: table.name,
            action,
        })
    }
}
