//! What a column can be asked: `eq`, `lt`, `between`, `in_`, `contains`, …

use super::Order;
use super::condition::Condition;
use super::path::{One, Onward, Path};
use crate::catalog::{Comparison, Node, Test, escape_like};
use crate::model::Column;
use crate::query::OrderBy;
pub use crate::values::{Comparable, Ordered};
use crate::values::{FieldType, Value};

/// A value that a column of type `T` can be compared with.
pub trait Operand<T> {
    /// The value, to be bound.
    fn into_operand(self) -> Value;
}

impl<T: FieldType> Operand<T> for T {
    fn into_operand(self) -> Value {
        self.into_value()
    }
}

impl Operand<String> for &str {
    fn into_operand(self) -> Value {
        Value::Text(self.to_owned().into())
    }
}

impl Operand<String> for &String {
    fn into_operand(self) -> Value {
        Value::Text(self.clone().into())
    }
}

/// The operators, the same for a column and for a path to one.
macro_rules! operators {
    ($target:ty, $type:ident; $($generics:ident),*) => {
        impl<$($generics,)* $type: FieldType> $target {
            /// Has no value.
            pub fn is_null(self) -> Condition<M> {
                self.test(Test::Null)
            }

            /// Has a value.
            pub fn is_not_null(self) -> Condition<M> {
                let path = self.onward();
                let test = Node::Test(path.column, Test::Null);
                Condition::new(Node::Not(Box::new(test)).behind(&path.hops))
            }

            fn test(self, test: Test) -> Condition<M> {
                let path = self.onward();
                Condition::new(Node::Test(path.column, test).behind(&path.hops))
            }

            fn compare(self, comparison: Comparison, value: Value) -> Condition<M> {
                self.test(Test::Compare(comparison, value))
            }
        }

        impl<$($generics,)* $type: Comparable> $target {
            /// Is the value.
            pub fn eq(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::Equal, value.into_operand())
            }

            /// Is another value; null is none.
            pub fn ne(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::NotEqual, value.into_operand())
            }

            /// Is one of the values.
            pub fn in_(self, values: impl IntoIterator<Item = impl Operand<$type>>) -> Condition<M> {
                self.test(Test::In(values.into_iter().map(Operand::into_operand).collect()))
            }
        }

        impl<$($generics,)* $type: Ordered> $target {
            /// Is less than the value.
            pub fn lt(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::Less, value.into_operand())
            }

            /// Is less than the value, or equal.
            pub fn le(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::LessOrEqual, value.into_operand())
            }

            /// Is greater than the value.
            pub fn gt(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::Greater, value.into_operand())
            }

            /// Is greater than the value, or equal.
            pub fn ge(self, value: impl Operand<$type>) -> Condition<M> {
                self.compare(Comparison::GreaterOrEqual, value.into_operand())
            }

            /// Is not less than the first and not greater than the second value.
            pub fn between(self, low: impl Operand<$type>, high: impl Operand<$type>) -> Condition<M> {
                let path = self.onward();
                let low = Node::compare(&path.column, Comparison::GreaterOrEqual, low.into_operand());
                let high = Node::compare(&path.column, Comparison::LessOrEqual, high.into_operand());
                Condition::new(low.and(high).behind(&path.hops))
            }
        }
    };
}

operators!(Column<M, T>, T; M);
operators!(Path<M, T, A>, T; M, A);

/// What text can be asked, the same for a column and for a path to one.
macro_rules! text_operators {
    ($target:ty; $($generics:ident),*) => {
        impl<$($generics),*> $target {
            /// Matches a LIKE pattern: `%` is any text, `_` any letter.
            pub fn like(self, pattern: impl Into<String>) -> Condition<M> {
                self.matches(pattern.into(), false)
            }

            /// Matches a LIKE pattern, upper or lower case.
            pub fn ilike(self, pattern: impl Into<String>) -> Condition<M> {
                self.matches(pattern.into(), true)
            }

            /// Has the text somewhere within, upper or lower case.
            pub fn contains(self, text: &str) -> Condition<M> {
                self.matches(format!("%{}%", escape_like(text)), true)
            }

            /// Begins with the text.
            pub fn starts_with(self, text: &str) -> Condition<M> {
                self.matches(format!("{}%", escape_like(text)), false)
            }

            /// Ends with the text.
            pub fn ends_with(self, text: &str) -> Condition<M> {
                self.matches(format!("%{}", escape_like(text)), false)
            }

            fn matches(self, pattern: String, ignore_case: bool) -> Condition<M> {
                self.test(Test::Like { pattern, ignore_case })
            }
        }
    };
}

text_operators!(Column<M, String>; M);
text_operators!(Path<M, String, A>; M, A);

/// The orders, the same for a column and for a path that leads to one row.
macro_rules! orders {
    ($target:ty) => {
        impl<M, T: Ordered> $target {
            /// From the least to the greatest.
            pub fn asc(self) -> Order<M> {
                let path = self.onward();
                Order::new(OrderBy {
                    hops: path.hops,
                    ..OrderBy::column(&path.column, false)
                })
            }

            /// From the greatest to the least.
            pub fn desc(self) -> Order<M> {
                let path = self.onward();
                Order::new(OrderBy {
                    hops: path.hops,
                    ..OrderBy::column(&path.column, true)
                })
            }
        }
    };
}

orders!(Column<M, T>);
orders!(Path<M, T, One>);

impl<M, T: FieldType> Column<M, Vec<T>>
where
    Vec<T>: FieldType,
{
    /// The array holds the value.
    pub fn has(self, value: impl Operand<T>) -> Condition<M> {
        Condition::new(Node::Test(self.column, Test::Has(value.into_operand())))
    }
}

impl<M, T: FieldType> Column<M, crate::values::Array<T>> {
    /// The array holds the value.
    pub fn has(self, value: impl Operand<T>) -> Condition<M> {
        Condition::new(Node::Test(self.column, Test::Has(value.into_operand())))
    }
}

impl<M, T: FieldType> Column<M, crate::values::Range<T>> {
    /// The range holds the value.
    pub fn has(self, value: impl Operand<T>) -> Condition<M> {
        Condition::new(Node::Test(self.column, Test::Has(value.into_operand())))
    }
}
