//! What is changed about the rows that a row is linked with.

use crate::catalog::ReferrerDef;

/// What a form changes about the rows that a row is linked with, by their keys: whatever it does not name stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The field that says so.
    pub field: &'static str,
    /// The keys of the rows that it links.
    pub added: Vec<String>,
    /// The keys of the rows that it links no longer.
    pub removed: Vec<String>,
}

/// Links of a relation that are changed together with a row.
#[derive(Debug, Clone)]
pub struct LinkChange {
    pub(crate) relation: ReferrerDef,
    pub(crate) links: Links,
}
