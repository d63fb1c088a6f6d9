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
    /// The type in the database, where a value is sent as text and cast to it; as SQL writes it, quoted.
    pub sql_type: Option<&'static str>,
    /// Whether the search of a list looks into it.
    pub searchable: bool,
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
                sql_type: None,
                searchable: false,
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

    /// Names the type in the database, of a column whose values are read and written as text.
    pub const fn sql_type(mut self, sql_type: &'static str) -> Self {
        self.column.sql_type = Some(sql_type);
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
