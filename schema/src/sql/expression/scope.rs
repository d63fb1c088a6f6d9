//! What can be named where an expression stands.

use super::ColumnRef;
use crate::sql::catalog::TypeUse;

/// What names mean where an expression stands.
#[derive(Debug, Clone, Default)]
pub(in crate::sql) struct Scope {
    pub(in crate::sql) entries: Vec<Entry>,
    /// The base type of the domain in whose check VALUE may stand.
    pub(in crate::sql) value: Option<TypeUse>,
    /// How many queries stand around it.
    pub(in crate::sql) depth: usize,
}

/// A table whose columns can be named.
#[derive(Debug, Clone, Default)]
pub(in crate::sql) struct Entry {
    pub(in crate::sql) schema: Option<String>,
    pub(in crate::sql) name: String,
    pub(in crate::sql) columns: Vec<(String, ColumnRef, TypeUse)>,
    /// Whether its columns need its name before them.
    pub(in crate::sql) qualified_only: bool,
}
