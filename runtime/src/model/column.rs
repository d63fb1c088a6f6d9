//! The columns of a table: typed on the model, untyped in its table.

use std::marker::PhantomData;

use crate::types::{FieldType, Kind};

/// A column of `M` that holds values of `T`.
pub struct Column<M, T> {
    pub(crate) column: ColumnDef,
    types: PhantomData<fn() -> (M, T)>,
}

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

impl<M, T: FieldType> Column<M, T> {
    /// A column that always has a value.
    pub const fn new(name: &'static str) -> Self {
        Self {
            column: ColumnDef {
                name,
                label: name,
                nullable: false,
                kind: T::KIND,
                ordered: false,
                compared_as: None,
                nondeterministic: false,
                bytewise: false,
                searchable: false,
                hidden: false,
                row_id: false,
            },
            types: PhantomData,
        }
    }

    /// A column that may be null.
    pub const fn nullable(name: &'static str) -> Self {
        let mut column = Self::new(name);
        column.column.nullable = true;
        column
    }

    /// Lets lists compare and sort by a column whose values are known here only as text, as the database orders them.
    pub const fn ordered(mut self) -> Self {
        self.column.ordered = true;
        self
    }

    /// Lets the database compare the values as those of another type, as a domain over an enum has to be.
    pub const fn compared_as(mut self, sql_type: &'static str) -> Self {
        self.column.compared_as = Some(sql_type);
        self
    }

    /// Says that the column's collation takes different texts for equal, which LIKE does not.
    pub const fn nondeterministic(mut self) -> Self {
        self.column.nondeterministic = true;
        self
    }

    /// Compares the values byte by byte, because only the program that made the file has the column's collation.
    pub const fn bytewise(mut self) -> Self {
        self.column.bytewise = true;
        self
    }

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        self.column.name
    }

    /// The column as its table has it, with what a person calls it.
    pub const fn def(self, label: &'static str) -> ColumnDef {
        let mut column = self.column;
        column.label = label;
        column
    }
}

impl ColumnDef {
    /// Whether the database puts the values in an order that a person would expect.
    pub(crate) const fn is_ordered(&self) -> bool {
        self.ordered || self.kind.is_ordered()
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

impl<M, T> Clone for Column<M, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T> Copy for Column<M, T> {}
