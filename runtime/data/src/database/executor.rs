//! What can run a statement: a database, a transaction.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::{Dialect, Failure, Part, RowStream, Rows, Rule, Storages};
use crate::actor::Actor;
use crate::database::Row;
use crate::error::Result;
use crate::values::Value;

/// A future of which only the outcome is known.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One SQL statement and the values bound to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The text, with `$1`, `$2`, … where values go; `?1`, `?2`, … in SQLite.
    pub sql: Arc<str>,
    /// The values, in the order of their numbers.
    pub params: Vec<Value>,
    /// How much it may take, if less than any statement.
    pub bounds: Option<Bounds>,
}

/// How much a statement may take: more is `Error::Timeout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// How long it may run.
    pub time: Duration,
    /// How many rows SQLite may read for it, if not any number.
    pub rows: Option<u64>,
    /// Whether PostgreSQL plans it for its own values each time it is run, not once for any: as it did when it was asked
    /// what the statement costs.
    pub anew: bool,
}

impl Statement {
    /// A statement of fixed text.
    pub fn new(sql: impl Into<Arc<str>>, params: Vec<Value>) -> Self {
        Self {
            sql: sql.into(),
            params,
            bounds: None,
        }
    }

    /// The statement, which may take no more than that.
    pub(crate) fn within(mut self, bounds: Bounds) -> Self {
        self.bounds = Some(bounds);
        self
    }

    /// What the database says of how it would run it.
    pub(crate) fn explained(self, dialect: Dialect) -> Self {
        let explain = match dialect {
            Dialect::Postgres => EXPLAIN_POSTGRES,
            Dialect::Sqlite => EXPLAIN_SQLITE,
        };
        Self::new(format!("{explain}{}", self.sql), self.params)
    }

    /// Whether running it twice does no harm.
    pub(crate) fn reads(&self) -> bool {
        let sql = [EXPLAIN_POSTGRES, EXPLAIN_SQLITE]
            .into_iter()
            .find_map(|explain| self.sql.strip_prefix(explain));
        starts_with_select(sql.unwrap_or(&self.sql))
    }
}

/// Whether a text is a SELECT, whatever comments stand before it.
fn starts_with_select(sql: &str) -> bool {
    let sql = sql.trim_start();
    match sql.strip_prefix("--") {
        Some(comment) => {
            let rest = comment.split_once('\n');
            rest.is_some_and(|(_, rest)| starts_with_select(rest))
        }
        None => sql.starts_with("SELECT"),
    }
}

const EXPLAIN_POSTGRES: &str = "EXPLAIN (FORMAT JSON) ";
const EXPLAIN_SQLITE: &str = "EXPLAIN QUERY PLAN ";

/// How long some statements may take together, if any is bounded.
pub(super) fn time(statements: &[Statement]) -> Option<Duration> {
    let bounds = statements.iter().filter_map(|statement| statement.bounds);
    bounds.map(|bounds| bounds.time).min()
}

/// What can run statements: a [`Db`](super::Db) for somebody, a [`Database`](super::Database) for nobody, or the
/// [`Transaction`](super::Transaction) of either.
pub trait Executor: Send + Sync {
    /// Whose SQL it takes.
    fn dialect(&self) -> Dialect;

    /// For whom rows are read and written; for nobody, if nothing is to be asked about that.
    fn actor(&self) -> Option<&Actor> {
        None
    }

    /// Begins a transaction, or a part of the one that it is.
    fn begin(&self) -> BoxFuture<'_, Result<Part>>;

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

    /// What is known of how its tables are stored; nothing within a transaction, which leaves lists as they are asked.
    fn storages(&self) -> Option<&Storages> {
        None
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
pub async fn run_one(db: &dyn Executor, statement: Statement) -> Result<Rows, Failure> {
    Ok(only(db.run(std::slice::from_ref(&statement)).await?))
}

/// The rows of the one statement that was run.
pub(super) fn only(mut answers: Vec<Rows>) -> Rows {
    answers.pop().unwrap_or_default()
}
