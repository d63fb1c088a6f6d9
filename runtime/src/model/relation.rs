//! Relations between tables: typed on the models, untyped in their tables.

use std::marker::PhantomData;

use super::{Model, Table};

/// Pairs of column names that are equal in two related rows.
pub type On = &'static [(&'static str, &'static str)];

/// A row of `M` refers to a row of `T`; to at most one, where `T` is an `Option`.
pub struct BelongsTo<M, T> {
    on: On,
    types: PhantomData<fn() -> (M, T)>,
}

/// Rows of `T` refer to a row of `M`.
pub struct HasMany<M, T> {
    label: &'static str,
    on: On,
    on_delete: OnDelete,
    types: PhantomData<fn() -> (M, T)>,
}

/// Rows of `M` and rows of `T` are joined by the rows of a junction table.
pub struct ManyToMany<M, T> {
    label: &'static str,
    junction: Junction,
    types: PhantomData<fn() -> (M, T)>,
}

/// The end of a relation to one row: a model, or an `Option` of one.
pub trait ToOne: Send + Sized + 'static {
    /// The model apart from being optional.
    type Model: Model;
    /// Whether there may be no row.
    const OPTIONAL: bool;

    /// The end, from the row if there is one.
    fn from_found(found: Option<Self::Model>) -> Option<Self>;
}

impl<M: Model> ToOne for M {
    type Model = M;
    const OPTIONAL: bool = false;

    fn from_found(found: Option<M>) -> Option<Self> {
        found
    }
}

impl<M: Model> ToOne for Option<M> {
    type Model = M;
    const OPTIONAL: bool = true;

    fn from_found(found: Option<M>) -> Option<Self> {
        Some(found)
    }
}

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
    /// The schema and the name of the table whose rows refer to this one.
    pub(crate) fn place(&self) -> (&'static str, &'static str) {
        match self.link {
            Link::Direct { .. } => {
                let table = (self.table)();
                (table.schema, table.name)
            }
            Link::Junction(junction) => (junction.schema, junction.name),
        }
    }

    /// Whether it leads to rows by a column of this table.
    pub(crate) fn refers_to(&self, column: &str) -> bool {
        let on = match self.link {
            Link::Direct { on, .. } => on,
            Link::Junction(junction) => junction.mine,
        };
        on.iter().any(|(own, _)| *own == column)
    }
}

impl Junction {
    /// The same table, seen from the other end.
    pub(crate) const fn reversed(self) -> Self {
        Self {
            mine: self.theirs,
            theirs: self.mine,
            ..self
        }
    }
}

impl<M: Model, T: ToOne> BelongsTo<M, T> {
    /// A relation by pairs of (this table's column, the other table's column).
    pub const fn new(on: On) -> Self {
        let types = PhantomData;
        Self { on, types }
    }

    /// Pairs of (this table's column, the other table's column).
    pub(super) const fn on(self) -> On {
        self.on
    }

    /// The relation as its table has it, with what a person calls it.
    pub const fn def(self, label: &'static str) -> RelationDef {
        RelationDef {
            label,
            table: table_of::<T::Model>,
            on: self.on,
            optional: T::OPTIONAL,
        }
    }
}

impl<M: Model, T: Model> HasMany<M, T> {
    /// A relation by pairs of (this table's column, the other table's column).
    pub const fn new(label: &'static str, on: On, on_delete: OnDelete) -> Self {
        let types = PhantomData;
        Self {
            label,
            on,
            on_delete,
            types,
        }
    }

    /// The relation as its table has it.
    pub const fn def(self) -> ReferrerDef {
        ReferrerDef {
            label: self.label,
            table: table_of::<T>,
            link: Link::Direct {
                on: self.on,
                on_delete: self.on_delete,
            },
        }
    }
}

impl<M: Model, T: Model> ManyToMany<M, T> {
    /// A relation by a junction table, with pairs of (this table's column, the junction's column) and of
    /// (the other table's column, the junction's column).
    pub const fn new(
        label: &'static str,
        schema: &'static str,
        name: &'static str,
        mine: On,
        theirs: On,
    ) -> Self {
        let types = PhantomData;
        let junction = Junction {
            schema,
            name,
            mine,
            theirs,
            on_delete: OnDelete::Restrict,
        };
        Self {
            label,
            junction,
            types,
        }
    }

    /// Says what happens to the rows of the junction when a row of `M` is deleted; else they keep it from being so.
    pub const fn on_delete(mut self, on_delete: OnDelete) -> Self {
        self.junction.on_delete = on_delete;
        self
    }

    /// The relation as its table has it.
    pub const fn def(self) -> ReferrerDef {
        ReferrerDef {
            label: self.label,
            table: table_of::<T>,
            link: Link::Junction(self.junction),
        }
    }

    pub(crate) const fn junction(self) -> Junction {
        self.junction
    }
}

/// A pointer to this function stands for a table: tables that refer to each other could not be constants.
fn table_of<M: Model>() -> &'static Table {
    M::TABLE
}

/// Copies, whatever the models are.
macro_rules! copies {
    ($($type:ident),*) => {$(
        impl<M, T> Clone for $type<M, T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<M, T> Copy for $type<M, T> {}
    )*};
}

copies!(BelongsTo, HasMany, ManyToMany);
