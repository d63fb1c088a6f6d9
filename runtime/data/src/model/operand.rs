//! What a value of a row can be compared and combined with.

use super::{Column, Expr, Expression};
use crate::catalog::Tree;
use crate::values::{
    Array, Date, DateTime, Decimal, Enum, FieldType, Inet, Interval, Json, Numeric, Range, SqlText,
    Stored, Time, Timestamp, Uuid, Value,
};

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
        Value::Text(self.to_owned())
    }
}

impl Literal<String> for &String {
    fn into_literal(self) -> Value {
        Value::Text(self.clone())
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

/// A type whose values can be told apart by `=`.
#[diagnostic::on_unimplemented(message = "the values of `{Self}` cannot be told apart by `=`")]
pub trait Comparable: FieldType {}

/// A type whose values have an order in the database.
#[diagnostic::on_unimplemented(message = "the values of `{Self}` have no order in the database")]
pub trait Ordered: Comparable {}

/// A type with whose values the database can calculate.
#[diagnostic::on_unimplemented(message = "`{Self}` is no number that the database calculates with")]
pub trait Number: Ordered {}

/// Types of the runtime that have an order.
macro_rules! ordered {
    ($($type:ty),*) => {$(
        impl Comparable for $type {}
        impl Ordered for $type {}
    )*};
}

ordered!(
    i16,
    i32,
    i64,
    u32,
    f32,
    f64,
    bool,
    String,
    Vec<u8>,
    Uuid,
    Date,
    Time,
    DateTime,
    Timestamp,
    Interval,
    Inet,
    Decimal,
    Numeric
);

/// Types of the runtime that are numbers.
macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Number for $type {}
    )*};
}

numbers!(i16, i32, i64, f32, f64, Decimal, Numeric);

impl<E: Enum> Comparable for E {}
impl<E: Enum> Ordered for E {}
impl Comparable for SqlText {}
impl Comparable for Stored {}
impl Comparable for Json {}
impl<T: FieldType> Comparable for Vec<T> where Vec<T>: FieldType {}
impl<T: FieldType> Comparable for Array<T> {}
impl<T: FieldType> Comparable for Range<T> {}
impl<T: FieldType> Ordered for Range<T> {}
