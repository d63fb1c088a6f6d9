//! A way from a row over relations to a column: `Film::LANGUAGE.to(Language::NAME)`.

use std::marker::PhantomData;

use crate::catalog::{By, ColumnDef, Hop, Link};
use crate::model::{BelongsTo, Column, HasMany, ManyToMany, Model, ToOne};
use crate::values::FieldType;

/// A way from a row of `M` over relations to a column of type `T`; `A` says whether it leads to one row or to many.
pub struct Path<M, T, A> {
    pub(crate) hops: Vec<Hop>,
    pub(crate) column: ColumnDef,
    types: PhantomData<fn() -> (M, T)>,
    arity: PhantomData<A>,
}

/// The way leads to at most one row, so that rows can be ordered by it.
#[derive(Debug, Clone, Copy)]
pub struct One;

/// The way may lead to many rows; a condition asks whether one of them satisfies it.
#[derive(Debug, Clone, Copy)]
pub struct Many;

/// What a relation can lead on to: a column of the other table, or a path from it.
pub trait Onward<M> {
    /// The type of the column at the end.
    type Type: FieldType;
    /// [`One`] or [`Many`].
    type Arity;

    /// The way.
    fn onward(self) -> Path<M, Self::Type, Self::Arity>;
}

impl<M, T: FieldType> Onward<M> for Column<M, T> {
    type Type = T;
    type Arity = One;

    fn onward(self) -> Path<M, T, One> {
        Path::new(Vec::new(), self.column)
    }
}

impl<M, T: FieldType, A> Onward<M> for Path<M, T, A> {
    type Type = T;
    type Arity = A;

    fn onward(self) -> Self {
        self
    }
}

impl<M, T, A> Path<M, T, A> {
    pub(crate) fn new(hops: Vec<Hop>, column: ColumnDef) -> Self {
        Self {
            hops,
            column,
            types: PhantomData,
            arity: PhantomData,
        }
    }

    fn after<N, B>(self, hop: Hop) -> Path<N, T, B> {
        let mut hops = vec![hop];
        hops.extend(self.hops);
        Path::new(hops, self.column)
    }
}

impl<M: Model, T: ToOne> BelongsTo<M, T> {
    /// The way to a column of the row that is referred to.
    pub fn to<P: Onward<T::Model>>(self, path: P) -> Path<M, P::Type, P::Arity> {
        let def = self.def("");
        let by = By::Columns(def.on);
        path.onward().after(Hop {
            table: (def.table)(),
            by,
        })
    }
}

impl<M: Model, T: Model> HasMany<M, T> {
    /// The way to a column of the rows that refer to this one.
    pub fn to<P: Onward<T>>(self, path: P) -> Path<M, P::Type, Many> {
        path.onward().after(hop(&self.def()))
    }
}

impl<M: Model, T: Model> ManyToMany<M, T> {
    /// The way to a column of the rows that are joined to this one.
    pub fn to<P: Onward<T>>(self, path: P) -> Path<M, P::Type, Many> {
        path.onward().after(hop(&self.def()))
    }
}

/// The step that a relation to many rows is.
pub(crate) fn hop(def: &crate::catalog::ReferrerDef) -> Hop {
    let by = match def.link {
        Link::Direct { on, .. } => By::Columns(on),
        Link::Junction(junction) => By::Junction(junction),
    };
    Hop {
        table: (def.table)(),
        by,
    }
}

impl<M, T, A> Clone for Path<M, T, A> {
    fn clone(&self) -> Self {
        Self::new(self.hops.clone(), self.column)
    }
}
