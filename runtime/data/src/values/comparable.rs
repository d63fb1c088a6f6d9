//! Which types can be compared in conditions.

use super::FieldType;

/// A type whose values can be told apart by `=`.
#[diagnostic::on_unimplemented(message = "the values of `{Self}` cannot be told apart by `=`")]
pub trait Comparable: FieldType {}

/// A type whose values have an order in the database.
#[diagnostic::on_unimplemented(message = "the values of `{Self}` have no order in the database")]
pub trait Ordered: Comparable {}

/// A type whose values can be told apart, and have an order.
macro_rules! ordered {
    ($type:ty) => {
        impl $crate::values::Comparable for $type {}
        impl $crate::values::Ordered for $type {}
    };
}

pub(super) use ordered;
