//! What can run a statement: a database, a transaction.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Dialect, Failure, RowStream, Rows, Rule};
use crate::error::Result;
use crate::row::Row;
use crate::value::Value;

/// A future of which only the outcome is known.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One SQL statement and the values bound to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The text, with `$1`, `$2`, … where values go; `?1`, `?2`, … in SQLite.
    pub sql: Arc<str>,
    /// The values, in the order of their numbers.
    pub params: Vec<Value>,
}

impl Statement {
    /// A statement of fixed text.
    pub fn new(sql: impl Into<Arc<str>>, params: Vec<Value>) -> Self {
        Self {
            sql: sql.into(),
            params,
        }
    }

    /// Whether running it twice does no harm.
    pub(crate) fn reads(&self) -> bool {
        self.sql.starts_with("SELECT") || self.sql.starts_with("EXPLAIN (FORMAT JSON) SELECT")
    }
}

/// What can run statements: a [`Database`](super::Database) or a [`Transaction`](super::Transaction).
pub trait Executor: Send + Sync {
    /// Whose SQL it takes.
    fn dialect(&self) -> Dialect;

    /// Runs the statements, one after the other on one connection, without waiting in between.
    fn run<'a>(&'a self, statements: &'a [Statement]) -> BoxFuture<'a, Result<Vec<Rows>, Failure>>;

    /// Runs the statements likewise, and hands their rows on one by one: where the database allows, none is copied
    /// before it is read.
    fn run_into<'a>(
        &'a self,
        statements: &'a [Statement],
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        Box::pin(async move { fill(sink, &self.run(statements).await?) })
    }

    /// Runs a statement; where a rule refuses it that is among those, the other one instead. Says which rule did.
    fn run_or<'a>(
        &'a self,
        statement: Statement,
        otherwise: Otherwise<'a>,
    ) -> BoxFuture<'a, Result<(Rows, Option<Rule>), Failure>> {
        Box::pin(async move {
            let rows = self.run(std::slice::from_ref(&statement)).await;
            match otherwise.refused(&rows) {
                None => Ok((only(rows?), None)),
                Some(rule) => {
                    let rows = self.run(&[(otherwise.statement)()?]).await?;
                    Ok((only(rows), Some(rule)))
                }
            }
        })
    }

    /// Whether what a statement does is kept at once, not with the transaction that it is a part of.
    fn keeps(&self) -> bool {
        true
    }

    /// Runs a statement whose rows are handed on as they arrive.
    fn stream(&self, statement: Statement) -> BoxFuture<'_, Result<RowStream, Failure>>;
}

/// What is run instead of a statement that is refused.
pub struct Otherwise<'a> {
    /// The rules by one of which it is refused.
    pub rules: &'a [Rule],
    /// The other statement.
    pub statement: &'a (dyn Fn() -> Result<Statement> + Sync),
}

impl Otherwise<'_> {
    /// The rule that has refused a statement, if it is one of those.
    pub(super) fn refused<T>(&self, outcome: &Result<T, Failure>) -> Option<Rule> {
        match outcome {
            Err(Failure::Refused(refusal)) => {
                Some(refusal.rule).filter(|rule| self.rules.contains(rule))
            }
            _ => None,
        }
    }
}

/// What takes the rows of statements, one by one.
pub trait Sink: Send {
    /// Takes a row of a statement, by its number among the statements.
    ///
    /// # Errors
    /// Where no more rows are of use.
    fn take(&mut self, statement: usize, row: Row<'_>) -> Result<()>;

    /// Forgets what it took: the statements begin again.
    fn restart(&mut self);
}

/// Hands rows on that are there already.
pub(super) fn fill(sink: &mut dyn Sink, answers: &[Rows]) -> Result<(), Failure> {
    for (number, rows) in answers.iter().enumerate() {
        for row in rows.iter() {
            sink.take(number, row)?;
        }
    }
    Ok(())
}

/// Runs one statement.
pub(crate) async fn run_one(db: &dyn Executor, statement: Statement) -> Result<Rows, Failure> {
    Ok(only(db.run(std::slice::from_ref(&statement)).await?))
}

/// The rows of the one statement that was run.
pub(super) fn only(mut answers: Vec<Rows>) -> Rows {
    answers.pop().unwrap_or_default()
}
