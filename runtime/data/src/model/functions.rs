//! What is made of the values of a row: arithmetic, functions, choices, and SQL of a person's own.

use std::marker::PhantomData;
use std::ops::{Add, Div, Mul, Sub};

use super::{Column, Condition, Expr, Expression, Number, Operand};
use crate::catalog::{Function, Math, Piece, Tree};
use crate::values::FieldType;

fn call<M, T>(function: Function, trees: Vec<Tree>) -> Expr<M, T> {
    Expr::new(Tree::Call(function, trees))
}

/// The functions, the same for a column and for an expression.
macro_rules! functions {
    ($target:ident) => {
        impl<M, T: FieldType> $target<M, T> {
            /// The value, or another one where it is null.
            pub fn coalesce(self, other: impl Operand<M, T>) -> Expr<M, T> {
                call(
                    Function::Coalesce,
                    vec![self.expr().into_tree(), other.into_operand()],
                )
            }
        }

        impl<M> $target<M, String> {
            /// The text in lower case.
            pub fn lower(self) -> Expr<M, String> {
                call(Function::Lower, vec![self.expr().into_tree()])
            }

            /// The text in upper case.
            pub fn upper(self) -> Expr<M, String> {
                call(Function::Upper, vec![self.expr().into_tree()])
            }

            /// The text without space at its ends.
            pub fn trim(self) -> Expr<M, String> {
                call(Function::Trim, vec![self.expr().into_tree()])
            }

            /// How many letters the text has.
            pub fn length(self) -> Expr<M, i32> {
                call(Function::Length, vec![self.expr().into_tree()])
            }

            /// The text, and another one behind it.
            pub fn concat(self, other: impl Operand<M, String>) -> Expr<M, String> {
                math(self, Math::Concatenate, other)
            }
        }

        impl<M, T: Number> $target<M, T> {
            /// The number without its sign.
            pub fn abs(self) -> Expr<M, T> {
                call(Function::Absolute, vec![self.expr().into_tree()])
            }

            /// The number, rounded to a whole one.
            pub fn round(self) -> Expr<M, T> {
                call(Function::Round, vec![self.expr().into_tree()])
            }
        }

        arithmetic!($target: Add add Add, Sub sub Subtract, Mul mul Multiply, Div div Divide);
    };
}

/// The operators of arithmetic.
macro_rules! arithmetic {
    ($target:ident: $($operator:ident $method:ident $math:ident),*) => {$(
        impl<M, T: Number, O: Operand<M, T>> $operator<O> for $target<M, T> {
            type Output = Expr<M, T>;

            fn $method(self, other: O) -> Expr<M, T> {
                math(self, Math::$math, other)
            }
        }
    )*};
}

fn math<M, T, E: Expression<M>>(
    left: E,
    math: Math,
    right: impl Operand<M, E::Type>,
) -> Expr<M, T> {
    let (left, right) = (left.expr().into_tree(), right.into_operand());
    Expr::new(Tree::Math(Box::new(left), math, Box::new(right)))
}

functions!(Column);
functions!(Expr);

/// The first value where a condition holds: `when(cheap, "cheap").or_when(dear, "dear").otherwise("fair")`.
pub fn when<M, T: FieldType>(condition: Condition<M>, value: impl Operand<M, T>) -> Case<M, T> {
    let cases = vec![(condition.into_tree(), value.into_operand())];
    let types = PhantomData;
    Case { cases, types }
}

/// Values that depend on conditions, before it is said which one is left.
#[derive(Debug)]
pub struct Case<M, T> {
    cases: Vec<(Tree, Tree)>,
    types: PhantomData<fn() -> (M, T)>,
}

impl<M, T: FieldType> Case<M, T> {
    /// Another value, where none of the conditions before holds, but this one.
    #[must_use]
    pub fn or_when(mut self, condition: Condition<M>, value: impl Operand<M, T>) -> Self {
        self.cases
            .push((condition.into_tree(), value.into_operand()));
        self
    }

    /// The value where no condition holds.
    pub fn otherwise(self, value: impl Operand<M, T>) -> Expr<M, T> {
        Expr::new(Tree::Case(self.cases, Box::new(value.into_operand())))
    }
}

/// SQL of a person's own, piece by piece: `sql("date_part('year', ").of(Film::SEEN).sql(")").value::<f64>()`. The pieces
/// are constants of the program; values of the row and of anybody else stand between them.
pub fn sql<M>(piece: &'static str) -> Pieces<M> {
    let model = PhantomData;
    let pieces = vec![Piece::Sql(piece)];
    Pieces { pieces, model }
}

/// SQL of a person's own, before it is said what its value is.
#[derive(Debug)]
pub struct Pieces<M> {
    pieces: Vec<Piece>,
    model: PhantomData<fn() -> M>,
}

impl<M> Pieces<M> {
    /// A value of the row.
    #[must_use]
    pub fn of(self, of: impl Expression<M>) -> Self {
        self.and(Piece::Tree(of.expr().into_tree()))
    }

    /// A value that is bound.
    #[must_use]
    pub fn bind<T: FieldType>(self, value: T) -> Self {
        self.and(Piece::Tree(Tree::Value(value.into_value())))
    }

    /// More SQL.
    #[must_use]
    pub fn sql(self, piece: &'static str) -> Self {
        self.and(Piece::Sql(piece))
    }

    /// The expression, of the type that the SQL has.
    pub fn value<T: FieldType>(self) -> Expr<M, T> {
        Expr::new(Tree::Raw(self.pieces))
    }

    fn and(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }
}
