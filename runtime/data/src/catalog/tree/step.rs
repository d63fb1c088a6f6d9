//! Steps from a row to related rows.

use crate::catalog::{Junction, Link, On, ReferrerDef, RelationDef, Table};

/// A step from a row to related rows.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The table that the step leads to.
    pub table: &'static Table,
    /// How its rows are found.
    pub via: Via,
}

/// How related rows are found.
#[derive(Debug, Clone, Copy)]
pub enum Via {
    /// Pairs of (this table's column, the other table's column).
    Columns(On),
    /// Pairs of (the other table's column, this table's column).
    Reversed(On),
    /// A junction table.
    Junction(Junction),
}

impl From<RelationDef> for Step {
    fn from(relation: RelationDef) -> Self {
        Self {
            table: (relation.table)(),
            via: Via::Columns(relation.on),
        }
    }
}

impl From<ReferrerDef> for Step {
    fn from(relation: ReferrerDef) -> Self {
        Self {
            table: (relation.table)(),
            via: match relation.link {
                Link::Direct { on, .. } => Via::Columns(on),
                Link::Junction(junction) => Via::Junction(junction),
            },
        }
    }
}
