//! What a value is tested for → SQL.

use sea_query::extension::postgres::PgFunc;
use sea_query::{BinOper, DynIden, Expr, ExprTrait};

use super::like::deterministic;
use super::sql::{Sql, cast, compared};
use crate::catalog::{ColumnDef, Comparison, Test};
use crate::values::{Kind, Value};

impl Sql {
    /// That a column of the table with this alias passes a test.
    pub(super) fn test(&mut self, table: &DynIden, column: &ColumnDef, test: &Test) -> Expr {
        let own = compared(table, column);
        if let Some(condition) = self.test_notation(&own, column, test) {
            return condition;
        }
        let comparable = self.comparable(own.clone(), column);
        match (test, column.kind) {
            (Test::Has(value), Kind::Range(of)) => {
                let value = self.bind(value.clone());
                own.binary(BinOper::Custom("@>"), element(value, of))
            }
            (Test::Like { .. }, Kind::Text) if column.nondeterministic => {
                self.test_value(deterministic(comparable), test)
            }
            (Test::Like { .. }, Kind::Text | Kind::Raw) => self.test_value(comparable, test),
            (Test::Like { .. }, _) => {
                let text = cast(self.as_read(own, column), "text");
                self.test_value(text, test)
            }
            (Test::Compare(..) | Test::Same(_), _) if !column.ordered => {
                self.test_value(comparable, test)
            }
            (Test::In(_), _) => self.test_value(comparable, test),
            _ => self.test_value(own, test),
        }
    }

    /// That a value passes a test.
    pub(super) fn test_value(&mut self, value: Expr, test: &Test) -> Expr {
        match test {
            Test::Null => value.is_null(),
            Test::Compare(comparison, other) | Test::Key(comparison, other) => {
                value.binary(comparison.operator(), self.bind(other.clone()))
            }
            Test::Garbled(comparison, bytes) => {
                let bytes = self.bind(Value::Bytes(bytes.clone().into()));
                value.binary(comparison.operator(), cast(bytes, "text"))
            }
            Test::Same(other) => value.binary(
                BinOper::Custom("IS NOT DISTINCT FROM"),
                self.bind(other.clone()),
            ),
            Test::In(values) => self.is_one_of(value, values),
            Test::Has(element) => self.bind(element.clone()).eq(PgFunc::any(value)),
            Test::Like {
                pattern,
                ignore_case,
            } => self.like(value, pattern, *ignore_case),
        }
    }
}

impl Comparison {
    pub(super) fn operator(self) -> BinOper {
        match self {
            Self::Equal => BinOper::Equal,
            Self::NotEqual => BinOper::NotEqual,
            Self::Less => BinOper::SmallerThan,
            Self::LessOrEqual => BinOper::SmallerThanOrEqual,
            Self::Greater => BinOper::GreaterThan,
            Self::GreaterOrEqual => BinOper::GreaterThanOrEqual,
        }
    }
}

/// A value beside a range: without its type the database takes it for a range, too.
fn element(value: Expr, kind: &Kind) -> Expr {
    let sql_type = match kind {
        Kind::Int32 => "int4",
        Kind::Int64 => "int8",
        Kind::Numeric => "numeric",
        Kind::Date => "date",
        Kind::DateTime => "timestamp",
        Kind::Timestamp => "timestamptz",
        _ => return value,
    };
    cast(value, sql_type)
}
