//! Expressions over a row of a model: what has a value for each row, and conditions on it.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Not;

use super::{BelongsTo, Column, HasMany, ManyToMany, Model, ToOne};
use crate::catalog::{Aggregate, Step, Tree};
use crate::values::FieldType;

/// An expression that has a value of `T` for each row of `M`, or null.
///
/// It is a tree without types inside, so that nothing is compiled for it but what makes it.
pub struct Expr<M, T> {
    tree: Tree,
    types: PhantomData<fn() -> (M, T)>,
}

/// A condition on the rows of `M`.
pub type Condition<M> = Expr<M, bool>;

/// What has a value for each row of `M`: a column, or an expression.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no value for a row of `{M}`",
    label = "neither a column of `{M}` nor an expression over its rows",
    note = "a column of a row that it refers to is reached by the relation: `Film::LANGUAGE.to(Language::NAME)`"
)]
pub trait Expression<M> {
    /// The type of the value.
    type Type: FieldType;

    /// The expression.
    fn expr(self) -> Expr<M, Self::Type>;
}

impl<M, T: FieldType> Expression<M> for Column<M, T> {
    type Type = T;

    fn expr(self) -> Expr<M, T> {
        Expr::new(Tree::Column(self.column))
    }
}

impl<M, T: FieldType> Expression<M> for Expr<M, T> {
    type Type = T;

    fn expr(self) -> Self {
        self
    }
}

impl<M, T> Expr<M, T> {
    pub(crate) fn new(tree: Tree) -> Self {
        let types = PhantomData;
        Self { tree, types }
    }

    pub(crate) fn into_tree(self) -> Tree {
        self.tree
    }
}

impl<M> Condition<M> {
    /// Holds for every row.
    pub fn always() -> Self {
        Self::new(Tree::TRUE)
    }

    /// Holds where every one of them holds.
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let trees = conditions.into_iter().map(Self::into_tree);
        Self::new(Tree::All(trees.collect()))
    }

    /// Holds where one of them holds.
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let trees = conditions.into_iter().map(Self::into_tree);
        Self::new(Tree::Any(trees.collect()))
    }

    /// Holds where both hold.
    pub fn and(self, other: Self) -> Self {
        Self::new(self.tree.and(other.tree))
    }

    /// Holds where one or both hold.
    pub fn or(self, other: Self) -> Self {
        Self::new(Tree::Any(vec![self.tree, other.tree]))
    }
}

impl<M> Not for Condition<M> {
    type Output = Self;

    fn not(self) -> Self {
        Self::new(Tree::Not(Box::new(self.tree)))
    }
}

impl<M: Model, T: ToOne> BelongsTo<M, T> {
    /// A value of the row that is referred to; null where there is none.
    pub fn to<E: Expression<T::Model>>(self, of: E) -> Expr<M, E::Type> {
        let tree = of.expr().tree;
        Expr::new(Tree::Of(self.def("").into(), Box::new(tree)))
    }
}

/// What can be asked of the many rows of a relation.
macro_rules! to_many {
    ($relation:ident) => {
        impl<M: Model, T: Model> $relation<M, T> {
            /// There is a row among them that satisfies the condition.
            pub fn any(self, condition: Condition<T>) -> Condition<M> {
                Expr::new(Tree::Exists(self.step(), Box::new(condition.tree)))
            }

            /// How many of them there are.
            pub fn count(self) -> Expr<M, i64> {
                self.count_of(Condition::always())
            }

            /// How many of them satisfy the condition.
            pub fn count_of(self, condition: Condition<T>) -> Expr<M, i64> {
                Expr::new(Tree::Gathered {
                    step: self.step(),
                    aggregate: Aggregate::Count,
                    of: Box::new(Tree::Row),
                    filter: Box::new(condition.tree),
                })
            }

            fn step(self) -> Step {
                self.def().into()
            }
        }
    };
}

to_many!(HasMany);
to_many!(ManyToMany);

impl<M, T> Clone for Expr<M, T> {
    fn clone(&self) -> Self {
        Self::new(self.tree.clone())
    }
}

impl<M, T> fmt::Debug for Expr<M, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree.fmt(f)
    }
}
