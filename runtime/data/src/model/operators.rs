//! What a column or an expression can be asked: `eq`, `lt`, `between`, `in_`, `contains`, …

use super::{Column, Comparable, Condition, Expr, Expression, Literal, Operand, Order, Ordered};
use crate::catalog::{Comparison, Test, Tree, escape_like};
use crate::query::OrderBy;
use crate::values::{Array, FieldType, Range};

/// The operators, the same for a column and for an expression.
macro_rules! operators {
    ($target:ident) => {
        impl<M, T: FieldType> $target<M, T> {
            /// Has no value.
            pub fn is_null(self) -> Condition<M> {
                self.test(Test::Null)
            }

            /// Has a value.
            pub fn is_not_null(self) -> Condition<M> {
                let not_null = |tree| Tree::Not(Box::new(Tree::Test(Box::new(tree), Test::Null)));
                Expr::new(self.expr().into_tree().at_the_end(not_null))
            }

            fn test(self, test: Test) -> Condition<M> {
                Expr::new(self.expr().into_tree().tested(test))
            }

            fn compare(self, comparison: Comparison, other: Tree) -> Condition<M> {
                Expr::new(self.expr().into_tree().compared(comparison, other))
            }
        }

        impl<M, T: Comparable> $target<M, T> {
            /// Is the value.
            pub fn eq(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::Equal, value.into_operand())
            }

            /// Is another value; null is none.
            pub fn ne(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::NotEqual, value.into_operand())
            }

            /// Is one of the values.
            pub fn in_(self, values: impl IntoIterator<Item = impl Literal<T>>) -> Condition<M> {
                let values = values.into_iter().map(Literal::into_literal);
                self.test(Test::In(values.collect()))
            }
        }

        impl<M, T: Ordered> $target<M, T> {
            /// Is less than the value.
            pub fn lt(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::Less, value.into_operand())
            }

            /// Is less than the value, or equal.
            pub fn le(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::LessOrEqual, value.into_operand())
            }

            /// Is greater than the value.
            pub fn gt(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::Greater, value.into_operand())
            }

            /// Is greater than the value, or equal.
            pub fn ge(self, value: impl Operand<M, T>) -> Condition<M> {
                self.compare(Comparison::GreaterOrEqual, value.into_operand())
            }

            /// Is not less than the first and not greater than the second value.
            pub fn between(
                self,
                low: impl Operand<M, T>,
                high: impl Operand<M, T>,
            ) -> Condition<M> {
                let (low, high) = (low.into_operand(), high.into_operand());
                let between = |tree: Tree| {
                    let from = tree.clone().compared(Comparison::GreaterOrEqual, low);
                    from.and(tree.compared(Comparison::LessOrEqual, high))
                };
                Expr::new(self.expr().into_tree().at_the_end(between))
            }

            /// From the least to the greatest.
            pub fn asc(self) -> Order<M> {
                Order::new(OrderBy::new(self.expr().into_tree(), false))
            }

            /// From the greatest to the least.
            pub fn desc(self) -> Order<M> {
                Order::new(OrderBy::new(self.expr().into_tree(), true))
            }
        }

        impl<M> $target<M, String> {
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
                self.test(Test::Like {
                    pattern,
                    ignore_case,
                })
            }
        }

        impl<M, T: FieldType> $target<M, Array<T>> {
            /// The array holds the value.
            pub fn has(self, value: impl Literal<T>) -> Condition<M> {
                self.test(Test::Has(value.into_literal()))
            }
        }

        impl<M, T: FieldType> $target<M, Vec<T>>
        where
            Vec<T>: FieldType,
        {
            /// The array holds the value.
            pub fn has(self, value: impl Literal<T>) -> Condition<M> {
                self.test(Test::Has(value.into_literal()))
            }
        }

        impl<M, T: FieldType> $target<M, Range<T>> {
            /// The range holds the value.
            pub fn has(self, value: impl Literal<T>) -> Condition<M> {
                self.test(Test::Has(value.into_literal()))
            }
        }
    };
}

operators!(Column);
operators!(Expr);
