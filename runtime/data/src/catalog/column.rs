//! What the runtime knows of a column.

use crate::values::Kind;

/// What the runtime knows of a column, apart from its Rust type.
#[derive(Debug, Clone, Copy)]
pub struct ColumnDef {
    /// The name in the database.
    pub name: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Whether it may be without a value.
    pub nullable: bool,
    /// What it holds.
    pub kind: Kind,
    /// Whether the database compares and orders the values, although they are known here only as text.
    pub ordered: bool,
    /// The type as which the database compares the values, where it knows no operators for their own.
    pub compared_as: Option<&'static str>,
    /// Whether its collation takes different texts for equal: LIKE needs another one.
    pub nondeterministic: bool,
    /// Whether its collation is one that only the program has that made the file: it is compared byte by byte.
    pub bytewise: bool,
    /// Whether the search of a list looks into it.
    pub searchable: bool,
    /// Whether lists neither search, filter nor sort by it: nothing of its values can be told by asking.
    pub hidden: bool,
    /// Whether it says where the row lies, as `ctid` does: to sort by it is to read the whole table.
    pub row_id: bool,
}

impl ColumnDef {
    /// A column that always has a value.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label: name,
            nullable: false,
            kind,
            ordered: false,
            compared_as: None,
            nondeterministic: false,
            bytewise: false,
            searchable: false,
            hidden: false,
            row_id: false,
        }
    }

    /// Whether the database puts the values in an order that a person would expect.
    pub const fn is_ordered(&self) -> bool {
        self.ordered || self.kind.is_ordered()
    }

    /// Whether its values are shown at all. Where a row lies is hidden from what lists are asked alone: it is all that tells
    /// the row from others.
    pub const fn is_told(&self) -> bool {
        !self.hidden || self.row_id
    }

    /// Keeps the column out of what can be asked of lists.
    pub const fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    /// Says that the column is where the row lies, which lists are not asked about.
    pub const fn row_id(self) -> Self {
        let mut column = self.hidden();
        column.row_id = true;
        column
    }

    /// Lets the search of a list look into the column.
    pub const fn searchable(mut self) -> Self {
        self.searchable = true;
        self
    }
}
