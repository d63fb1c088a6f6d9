//! One connection to PostgreSQL.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};

use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use futures_util::future::try_join_all;

use super::encode::Param;
use super::error::Fault;
use super::row::DbRow;
use crate::db::rows::{Inner, OwnedInner};
use crate::db::{Failure, OwnedRow, RowStream, Rows, Statement};

/// One connection to PostgreSQL, taken from the pool until it is dropped.
#[derive(Debug)]
pub(crate) struct Session(Object);

impl Session {
    pub(super) fn new(client: Object) -> Self {
        Self(client)
    }

    /// Runs statements, all sent before the first answer is awaited.
    pub(crate) async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
        Ok(self.try_run(statements).await?)
    }

    /// Like `run`, and says whether trying once more may help.
    pub(super) async fn try_run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Fault> {
        if let [statement] = statements {
            return Ok(vec![self.query(statement).await?]);
        }
        try_join_all(statements.iter().map(|statement| self.query(statement))).await
    }

    /// Runs a statement; the connection stays with the stream of its rows.
    pub(crate) async fn stream(
        self: Arc<Self>,
        statement: Statement,
    ) -> Result<RowStream, Failure> {
        let rows = self.send_query(&statement).await?;
        let rows = rows.map_err(|error| Failure::from(Fault::from(error)).into());
        Ok(RowStream(Box::pin(rows.map_ok(move |row| {
            let _connection = &self;
            OwnedRow(OwnedInner::Postgres(DbRow(row)))
        }))))
    }

    /// Whether the connection was opened for this session.
    pub(super) fn is_fresh(&self) -> bool {
        Object::metrics(&self.0).recycle_count == 0
    }

    /// Closes the connection instead of giving it back.
    pub(super) fn discard(self) {
        drop(Object::take(self.0));
    }

    /// Begins a transaction; dropped while it waits, the transaction is rolled back.
    pub(super) async fn begin(&self) -> Result<(), Fault> {
        let mut undo = Undo {
            session: self,
            armed: true,
        };
        let outcome = self.0.batch_execute("BEGIN").await;
        undo.armed = false;
        Ok(outcome?)
    }

    /// Runs a command that has no values and no rows.
    pub(crate) async fn command(&self, sql: &str) -> Result<(), Failure> {
        Ok(self.0.batch_execute(sql).await.map_err(Fault::from)?)
    }

    /// Puts a command on its way; the driver sends it when it is first polled, and drops the answer.
    pub(crate) fn send(&self, sql: &str) {
        let sending = pin!(self.0.batch_execute(sql));
        let _ = sending.poll(&mut Context::from_waker(Waker::noop()));
    }

    async fn query(&self, statement: &Statement) -> Result<Rows, Fault> {
        let mut stream = pin!(self.send_query(statement).await?);
        let mut rows = Vec::new();
        while let Some(row) = self.watch(statement, stream.as_mut().try_next().await)? {
            rows.push(DbRow(row));
        }
        Ok(Rows {
            affected: stream.rows_affected().unwrap_or(0),
            inner: Inner::Postgres(rows),
        })
    }

    async fn send_query(&self, statement: &Statement) -> Result<tokio_postgres::RowStream, Fault> {
        let prepared = self.0.prepare_cached(&statement.sql).await?;
        let params = statement.params.iter().map(Param);
        self.watch(statement, self.0.query_raw(&prepared, params).await)
    }

    /// Forgets a prepared statement that the schema has outgrown.
    fn watch<T>(
        &self,
        statement: &Statement,
        outcome: Result<T, tokio_postgres::Error>,
    ) -> Result<T, Fault> {
        outcome.map_err(|error| {
            let fault = Fault::from(error);
            if matches!(fault, Fault::StalePlan(_)) {
                self.0.statement_cache.remove(&statement.sql, &[]);
            }
            fault
        })
    }
}

/// Rolls back when it is dropped while armed.
struct Undo<'a> {
    session: &'a Session,
    armed: bool,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if self.armed {
            self.session.send("ROLLBACK");
        }
    }
}
