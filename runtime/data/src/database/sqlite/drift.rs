//! The columns that the tables of a file have now.

use crate::catalog::Table;
use crate::database::Statement;
use crate::database::drift::{Asked, Question};
use crate::values::Value;

/// Asks for the columns of each table by itself: of a view whose table is gone there is no answer.
pub(in crate::database) fn question(tables: &[&'static Table]) -> Question {
    let statements = tables.iter().map(|table| Asked {
        table: Some(table),
        statement: Statement::new(
            include_str!("drift.sql"),
            vec![Value::Text(table.name.into())],
        ),
    });
    Question {
        statements: statements.collect(),
        // A column holds values of any type, whatever it declares.
        suits: |_, _| true,
    }
}
