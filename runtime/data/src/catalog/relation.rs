//! Relations between tables.

use super::Table;

/// Pairs of column names that are equal in two related rows.
pub type On = &'static [(&'static str, &'static str)];

/// What the runtime knows of a relation to one row.
#[derive(Debug, Clone, Copy)]
pub struct RelationDef {
    /// What a person calls it.
    pub label: &'static str,
    /// The table that is referred to.
    pub table: fn() -> &'static Table,
    /// Pairs of (this table's column, the other table's column).
    pub on: On,
    /// Whether there may be no row.
    pub optional: bool,
}

/// What the runtime knows of a relation to many rows.
#[derive(Debug, Clone, Copy)]
pub struct ReferrerDef {
    /// What a person calls it.
    pub label: &'static str,
    /// The table of the many rows.
    pub table: fn() -> &'static Table,
    /// How the rows are joined.
    pub link: Link,
}

/// How a row is joined to many rows.
#[derive(Debug, Clone, Copy)]
pub enum Link {
    /// By a foreign key of theirs.
    Direct {
        /// Pairs of (this table's column, the other table's column).
        on: On,
        /// What happens to them when the row is deleted.
        on_delete: OnDelete,
    },
    /// By the rows of a junction table.
    Junction(Junction),
}

/// A table that only joins the rows of two others.
#[derive(Debug, Clone, Copy)]
pub struct Junction {
    /// Its schema in the database.
    pub schema: &'static str,
    /// Its name in the database.
    pub name: &'static str,
    /// Pairs of (this table's column, the junction's column).
    pub mine: On,
    /// Pairs of (the other table's column, the junction's column).
    pub theirs: On,
    /// What happens to its rows when this table's row is deleted.
    pub on_delete: OnDelete,
}

/// What happens to rows that refer to a row when it is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// They keep it from being deleted.
    Restrict,
    /// They are deleted too.
    Cascade,
    /// They refer to nothing any more.
    SetNull,
    /// They refer to the default of their column.
    SetDefault,
}

impl ReferrerDef {
    /// What happens to the many rows, or to what links them, when the row is deleted.
    pub fn on_delete(&self) -> OnDelete {
        match self.link {
            Link::Direct { on_delete, .. } => on_delete,
            Link::Junction(junction) => junction.on_delete,
        }
    }

    /// The schema and the name of the table whose rows refer to this one.
    pub fn place(&self) -> (&'static str, &'static str) {
        match self.link {
            Link::Direct { .. } => {
                let table = (self.table)();
                (table.schema, table.name)
            }
            Link::Junction(junction) => (junction.schema, junction.name),
        }
    }

    /// Whether it leads to rows by a column of this table.
    pub fn refers_to(&self, column: &str) -> bool {
        let on = match self.link {
            Link::Direct { on, .. } => on,
            Link::Junction(junction) => junction.mine,
        };
        on.iter().any(|(own, _)| *own == column)
    }
}

impl Junction {
    /// The same table, seen from the other end.
    pub const fn reversed(self) -> Self {
        Self {
            mine: self.theirs,
            theirs: self.mine,
            ..self
        }
    }
}
