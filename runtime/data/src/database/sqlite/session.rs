//! The connection that writes, for the time of a transaction.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::stream;
use rusqlite::Connection;

use super::error::failure;
use super::pool::Lease;
use super::{connection, interrupt};
use crate::database::rows::{Inner, OwnedInner};
use crate::database::{Failure, OwnedRow, RowStream, Rows, Statement};
use crate::error::Error;

/// The connection that writes, for the time of a transaction; what is open when it is dropped is rolled back.
#[derive(Debug)]
pub(crate) struct Session {
    shared: Arc<Shared>,
    statement_timeout: Duration,
}

#[derive(Debug)]
struct Shared {
    lease: Mutex<Lease>,
    /// Commands that were sent while a statement ran: they come before the next one.
    sent: Mutex<Vec<String>>,
}

impl Session {
    /// Begins a transaction that may write at once, so that it cannot fail for another one later.
    pub(super) async fn begin(lease: Lease, statement_timeout: Duration) -> Result<Self, Failure> {
        let session = Self {
            shared: Arc::new(Shared {
                lease: Mutex::new(lease),
                sent: Mutex::default(),
            }),
            statement_timeout,
        };
        session.command("BEGIN IMMEDIATE").await?;
        Ok(session)
    }

    /// Runs statements, one after the other.
    pub(crate) async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
        let statements = statements.to_vec();
        self.with(move |connection| connection::run(connection, &statements))
            .await
    }

    /// Runs a statement; its rows are all there before the first is handed on, for the connection is needed.
    pub(crate) async fn stream(
        self: Arc<Self>,
        statement: Statement,
    ) -> Result<RowStream, Failure> {
        let all = self.run(std::slice::from_ref(&statement)).await?;
        let mut rows = Vec::new();
        for answer in all {
            if let Inner::Sqlite(answer) = answer.inner {
                let answer = Arc::new(answer);
                let row = |index| Ok(OwnedRow(OwnedInner::Sqlite(Arc::clone(&answer), index)));
                rows.extend((0..answer.len()).map(row));
            }
        }
        Ok(RowStream(Box::pin(stream::iter(rows))))
    }

    /// Keeps what was changed, unless the file has been replaced meanwhile: it would be kept where nobody looks.
    pub(crate) async fn commit(&self) -> Result<(), Failure> {
        if !self.shared.lease().is_current() {
            return Err(Error::Unavailable(
                "the database file was replaced meanwhile: nothing has been saved".to_owned(),
            )
            .into());
        }
        self.command("COMMIT").await
    }

    /// Runs a command that has no values and no rows.
    pub(crate) async fn command(&self, sql: &str) -> Result<(), Failure> {
        let sql = sql.to_owned();
        self.with(move |connection| execute(connection, &sql)).await
    }

    /// Runs a command at once, or before the next statement where one is running.
    pub(crate) fn send(&self, sql: &str) {
        self.shared.sent().push(sql.to_owned());
        if let Ok(mut lease) = self.shared.lease.try_lock() {
            let sent = std::mem::take(&mut *self.shared.sent());
            // A connection that cannot roll back is closed when it is given back.
            let _ = lease.with(&interrupt::Interrupt::default(), |connection| {
                sent.iter().try_for_each(|sql| execute(connection, sql))
            });
        }
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let shared = Arc::clone(&self.shared);
        interrupt::work(self.statement_timeout, move |interrupt| {
            let mut lease = shared.lease();
            let sent = std::mem::take(&mut *shared.sent());
            lease.with(&interrupt, |connection| {
                sent.iter().try_for_each(|sql| execute(connection, sql))?;
                work(connection)
            })
        })
        .await
    }
}

impl Shared {
    fn lease(&self) -> MutexGuard<'_, Lease> {
        self.lease.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sent(&self) -> MutexGuard<'_, Vec<String>> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn execute(connection: &Connection, sql: &str) -> Result<(), Failure> {
    connection
        .execute_batch(sql)
        .map_err(|error| failure(&error))
}
