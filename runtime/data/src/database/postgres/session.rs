//! One connection to PostgreSQL.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::encode::Param;
use super::error::Fault;
use super::manager::Object;
use super::row::DbRow;
use super::{abandoned, outdated};
use crate::database::rows::{Inner, OwnedInner};
use crate::database::{Failure, OwnedRow, RowStream, Rows, Statement, executor};
use crate::error::Error;

/// How long a statement waits before it is tried again that lost a deadlock.
pub(super) const BREATH: Duration = Duration::from_millis(50);

/// One connection to PostgreSQL, taken from the pool until it is dropped.
#[derive(Debug)]
pub(crate) struct Session {
    /// There until the session is dropped.
    client: Option<Object>,
    /// Whether a transaction was begun on it: what fails there cannot be tried again alone.
    in_transaction: AtomicBool,
    /// Whether somebody stopped waiting for an answer.
    abandoned: AtomicBool,
}

impl Session {
    pub(super) fn new(client: Object) -> Self {
        Self {
            client: Some(client),
            in_transaction: AtomicBool::new(false),
            abandoned: AtomicBool::new(false),
        }
    }

    /// Runs statements, all sent before the first answer is awaited; says whether trying once more may help.
    pub(super) async fn try_run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Fault> {
        let waiting = Waiting::on(self);
        let work = async {
            match statements {
                [statement] => self.query(statement).await.map(|rows| vec![rows]),
                _ => try_join_all(statements.iter().map(|one| self.query(one))).await,
            }
        };
        let outcome = match executor::time(statements) {
            None => work.await,
            Some(limit) => match tokio::time::timeout(limit, work).await {
                Ok(outcome) => outcome,
                // Nobody waits for it any more: it is stopped on the server.
                Err(_) => return Err(Fault::Failed(Error::Timeout.into())),
            },
        };
        // Where one of several fails, the others are not waited for.
        if outcome.is_ok() || statements.len() == 1 {
            waiting.over();
        }
        outcome
    }

    /// Runs a statement; the connection stays with the stream of its rows.
    pub(super) async fn stream(
        self: Arc<Self>,
        statement: Statement,
    ) -> Result<RowStream, Failure> {
        let waiting = Waiting::on(&self);
        let rows = Box::pin(self.send_query(&statement).await?);
        waiting.over();
        let rows = stream::unfold(
            (rows, Reading::of(self)),
            async |(mut rows, reading)| match rows.try_next().await {
                Ok(Some(row)) => Some((Ok(row), (rows, reading))),
                Ok(None) => {
                    reading.over();
                    None
                }
                Err(error) => Some((
                    Err(Failure::from(Fault::from(error)).into()),
                    (rows, reading),
                )),
            },
        );
        Ok(RowStream(Box::pin(rows.map(|row| {
            row.map(|row| OwnedRow(OwnedInner::Postgres(DbRow(row))))
        }))))
    }

    /// Whether the connection was opened for this session.
    pub(super) fn is_fresh(&self) -> bool {
        Object::metrics(self.client()).recycle_count == 0
    }

    /// Whether the schema has changed since the connection was used first. No transaction may have failed on it.
    pub(super) async fn is_outdated(&self) -> bool {
        // Behind a pooler there is no connection to the server that could be closed.
        if self.is_fresh() || self.is_pooled() {
            return false;
        }
        let waiting = Waiting::on(self);
        let is_outdated = outdated::is(self.client()).await;
        waiting.over();
        is_outdated
    }

    /// Closes the connection instead of giving it back.
    pub(super) fn discard(mut self) {
        drop(self.client.take().map(Object::take));
    }

    /// Begins a transaction; dropped while it waits, the transaction is rolled back.
    pub(super) async fn begin(&self) -> Result<(), Fault> {
        let mut undo = Undo {
            session: self,
            armed: true,
        };
        self.in_transaction.store(true, Ordering::Release);
        let outcome = self.client().batch_execute(self.client().begin()).await;
        undo.armed = false;
        Ok(outcome?)
    }

    /// Undoes what was done in a transaction, and begins it anew.
    pub(super) async fn begin_again(&self) -> Result<(), Fault> {
        let begin = self.client().begin();
        self.command(&format!("ROLLBACK; {begin}")).await
    }

    /// Runs statements in a transaction of their own; once more where others came in between.
    pub(super) async fn run_as_one(&self, statements: &[Statement]) -> Result<Vec<Rows>, Fault> {
        match self.try_run_as_one(statements).await {
            Err(Fault::Collided(_)) => tokio::time::sleep(BREATH).await,
            outcome => return outcome,
        }
        self.try_run_as_one(statements).await
    }

    async fn try_run_as_one(&self, statements: &[Statement]) -> Result<Vec<Rows>, Fault> {
        self.begin().await?;
        let mut undo = Undo {
            session: self,
            armed: true,
        };
        let outcome = match self.try_run(statements).await {
            Ok(rows) => self.command("COMMIT").await.map(|()| rows),
            Err(fault) => {
                // What failed is undone whatever is answered.
                let _ = self.command("ROLLBACK").await;
                Err(fault)
            }
        };
        undo.armed = false;
        self.in_transaction.store(false, Ordering::Release);
        outcome
    }

    /// Runs a command that has no values and no rows.
    pub(super) async fn command(&self, sql: &str) -> Result<(), Fault> {
        let waiting = Waiting::on(self);
        let outcome = self.client().batch_execute(sql).await;
        waiting.over();
        Ok(outcome?)
    }

    /// Puts a command on its way; the driver sends it when it is first polled, and drops the answer.
    pub(super) fn send(&self, sql: &str) {
        let sending = pin!(self.client().batch_execute(sql));
        let _ = sending.poll(&mut Context::from_waker(Waker::noop()));
    }

    /// Runs a statement; once more where a plan was stale or others came in between, and no transaction was lost by that.
    async fn query(&self, statement: &Statement) -> Result<Rows, Fault> {
        let fault = match self.query_once(statement).await {
            Err(fault) if !self.in_transaction.load(Ordering::Acquire) => fault,
            outcome => return outcome,
        };
        match fault {
            Fault::StalePlan(_) => {}
            // Who came in between gets on first.
            Fault::Collided(_) => tokio::time::sleep(BREATH).await,
            fault => return Err(fault),
        }
        self.query_once(statement).await
    }

    async fn query_once(&self, statement: &Statement) -> Result<Rows, Fault> {
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
        let client = self.client();
        // In a transaction nothing can be tried again: what is prepared there fits the schema, which then stays as it is.
        // What is prepared is at last planned for any values, once it has been run often.
        let is_planned_anew = statement.bounds.is_some_and(|bounds| bounds.anew);
        let prepared = match self.in_transaction.load(Ordering::Acquire) {
            true => client.prepare(&statement.sql).await?,
            false if is_planned_anew => self.alone(client.prepare(&statement.sql)).await?,
            false => self.alone(client.prepare_cached(&statement.sql)).await?,
        };
        let params = statement.params.iter().enumerate();
        let params = params.map(|(place, value)| Param { place, value });
        let rows = self.alone(client.query_raw(&prepared, params)).await;
        self.watch(statement, rows)
    }

    /// Sends what stands alone; behind a pooler, in a transaction of its own, which goes the same way to the server and back.
    async fn alone<T>(&self, work: impl Future<Output = T>) -> T {
        if !self.is_pooled() || self.in_transaction.load(Ordering::Acquire) {
            return work.await;
        }
        self.send(self.client().begin());
        // Both are sent when they are first polled: the work, then the end.
        let (outcome, ()) = tokio::join!(biased; work, async { self.send("COMMIT") });
        outcome
    }

    /// Whether each transaction may find another session of the server.
    pub(super) fn is_pooled(&self) -> bool {
        self.client().is_pooled()
    }

    /// Forgets a prepared statement that the schema has outgrown, and the types that it may have used.
    fn watch<T>(
        &self,
        statement: &Statement,
        outcome: Result<T, tokio_postgres::Error>,
    ) -> Result<T, Fault> {
        outcome.map_err(|error| {
            let fault = Fault::of_prepared(error);
            if matches!(fault, Fault::StalePlan(_)) {
                let client = self.client();
                client.statement_cache.remove(&statement.sql, &[]);
                client.clear_type_cache();
            }
            fault
        })
    }

    fn client(&self) -> &Object {
        self.client.as_ref().expect("there until it is dropped")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else {
            return;
        };
        if *self.abandoned.get_mut() {
            abandoned::settle(client);
        }
    }
}

/// Somebody waits for an answer; dropped before it is there, the connection is abandoned.
struct Waiting<'a>(&'a Session);

impl<'a> Waiting<'a> {
    fn on(session: &'a Session) -> Self {
        Self(session)
    }

    fn over(self) {
        std::mem::forget(self);
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.abandoned.store(true, Ordering::Release);
    }
}

/// Somebody reads rows as they arrive; dropped before the last one, the connection is abandoned.
struct Reading {
    session: Arc<Session>,
    is_over: bool,
}

impl Reading {
    fn of(session: Arc<Session>) -> Self {
        Self {
            session,
            is_over: false,
        }
    }

    fn over(mut self) {
        self.is_over = true;
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if !self.is_over {
            self.session.abandoned.store(true, Ordering::Release);
        }
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
