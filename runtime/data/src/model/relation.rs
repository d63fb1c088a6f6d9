//! The relations of a model, with the models that they lead to.

use std::marker::PhantomData;

use super::Model;
use crate::catalog::{Junction, Link, On, OnDelete, ReferrerDef, RelationDef, Table};

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
