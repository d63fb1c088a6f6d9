//! What a value of a row can be compared and combined with.

use super::{Column, Expr, Expression};
use crate::catalog::Tree;
use crate::values::{Decimal, FieldType, Numeric, Ordered, Value};

/// A value of a column's type, as Rust code has it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of a column of `{T}`",
    label = "not a `{T}`"
)]
pub trait Literal<T> {
    /// The value, to be bound.
    fn into_literal(self) -> Value;
}

impl<T: FieldType> Literal<T> for T {
    fn into_literal(self) -> Value {
        self.into_value()
    }
}

impl Literal<String> for &str {
    fn into_literal(self) -> Value {
        Value::Text(self.to_owned().into())
    }
}

impl Literal<String> for &String {
    fn into_literal(self) -> Value {
        Value::Text(self.clone().into())
    }
}

/// What a value of type `T` of a row of `M` can be compared with: another value of that type, or of the same row.
#[diagnostic::on_unimplemented(
    message = "a `{T}` of `{M}` cannot be compared with `{Self}`",
    label = "neither a `{T}` nor a column of `{M}` that holds one"
)]
pub trait Operand<M, T> {
    /// The value as an expression.
    fn into_operand(self) -> Tree;
}

impl<M, T: FieldType> Operand<M, T> for T {
    fn into_operand(self) -> Tree {
        Tree::Value(self.into_value())
    }
}

impl<M> Operand<M, String> for &str {
    fn into_operand(self) -> Tree {
        Tree::Value(self.into_literal())
    }
}

impl<M> Operand<M, String> for &String {
    fn into_operand(self) -> Tree {
        Tree::Value(self.into_literal())
    }
}

impl<M, T: FieldType> Operand<M, T> for Column<M, T> {
    fn into_operand(self) -> Tree {
        self.expr().into_tree()
    }
}

impl<M, T: FieldType> Operand<M, T> for Expr<M, T> {
    fn into_operand(self) -> Tree {
        self.into_tree()
    }
}

/// A type with whose values the database can calculate.
#[diagnostic::on_unimplemented(message = "`{Self}` is no number that the database calculates with")]
pub trait Number: Ordered {}

/// Types of the runtime that are numbers.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Number for $type {}
    )*};
}

numbers!(i16, i32, i64, f32, f64, Decimal, Numeric);
