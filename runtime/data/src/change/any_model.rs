//! A model of which no more is known than its table, and that a person's own code has a say.

use super::Custom;
use crate::catalog::Table;

/// A model without its type: its table, and what a person's own code says about its rows. What works with any table takes
/// this, and costs no code for each.
#[derive(Debug, Clone, Copy)]
pub struct AnyModel {
    /// The table.
    pub table: &'static Table,
    /// The policy and the hooks, where there are any.
    pub custom: Custom,
}
