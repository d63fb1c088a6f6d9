//! Collects the text of a statement and the values that are bound to it.

use std::fmt;

use sea_query::{QueryBuilder, SqlWriter};

use crate::database::{Dialect, Statement};
use crate::values::Value;

/// Collects the text of a statement and, in the order of their numbers, the values that are bound to it.
///
/// The numbers of LIMIT and OFFSET stand in the text: bound, they would keep the server from planning a page once.
#[derive(Debug)]
pub(super) struct Writer {
    dialect: Dialect,
    sql: String,
    params: Vec<Value>,
    /// The values, at the places that stand for them in the expressions.
    bound: Vec<Value>,
}

impl Writer {
    pub(super) fn new(dialect: Dialect, bound: Vec<Value>) -> Self {
        Self {
            dialect,
            sql: String::with_capacity(1024),
            params: Vec::with_capacity(bound.len()),
            bound,
        }
    }

    pub(super) fn finish(self) -> Statement {
        Statement::new(self.sql, self.params)
    }
}

impl SqlWriter for Writer {
    fn push_param<T: QueryBuilder>(&mut self, value: sea_query::Value, _: &T) {
        let value = match value {
            sea_query::Value::Unsigned(Some(place)) => {
                let place = self.bound.get_mut(place as usize);
                place.map_or(Value::Null, |value| std::mem::replace(value, Value::Null))
            }
            sea_query::Value::BigUnsigned(Some(number)) => {
                self.sql.push_str(&number.min(i64::MAX as u64).to_string());
                return;
            }
            _ => Value::Null,
        };
        self.params.push(value);
        self.sql.push(match self.dialect {
            Dialect::Postgres => '$',
            Dialect::Sqlite => '?',
        });
        self.sql.push_str(&self.params.len().to_string());
    }

    fn as_writer(&mut self) -> &mut dyn fmt::Write {
        self
    }
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.sql.push_str(text);
        Ok(())
    }

    fn write_char(&mut self, letter: char) -> fmt::Result {
        self.sql.push(letter);
        Ok(())
    }
}

impl fmt::Display for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sql)
    }
}
