//! The columns of a model, with the types of their values.

use std::marker::PhantomData;

use crate::catalog::ColumnDef;
use crate::values::FieldType;

/// A column of `M` that holds values of `T`.
pub struct Column<M, T> {
    pub(crate) column: ColumnDef,
    types: PhantomData<fn() -> (M, T)>,
}

impl<M, T: FieldType> Column<M, T> {
    /// A column that always has a value.
    pub const fn new(name: &'static str) -> Self {
        Self {
            column: ColumnDef::new(name, T::KIND),
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

impl<M, T> Clone for Column<M, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, T> Copy for Column<M, T> {}
