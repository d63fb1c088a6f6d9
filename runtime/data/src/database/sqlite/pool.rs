//! The connections to a file: several that read, one that writes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use super::connection::{self, Open};
use super::file::File;
use super::interrupt::{self, Guard, Interrupt};
use super::session::Session;
use crate::database::rows::OwnedInner;
use crate::database::{Failure, Options, OwnedRow, RowStream, Rows, Sink, Statement, executor};
use crate::error::{Error, Result};

/// The connections to a file.
#[derive(Debug, Clone)]
pub(crate) struct Pool(Arc<Lanes>);

#[derive(Debug)]
struct Lanes {
    readers: Arc<Lane>,
    /// SQLite has one writer at a time: waiting here is in order, waiting there is not.
    writer: Arc<Lane>,
    statement_timeout: Duration,
}

/// Connections of one kind, opened when they are needed.
#[derive(Debug)]
pub(super) struct Lane {
    file: Arc<File>,
    only_read: bool,
    size: usize,
    permits: Arc<Semaphore>,
    wait: Duration,
}

/// A connection that is in use, or the right to open one; it goes back when it is dropped.
#[derive(Debug)]
pub(super) struct Lease {
    lane: Arc<Lane>,
    open: Option<Open>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    /// Reads the URL, `sqlite:shop.db` or `sqlite:///srv/shop.db`; opens the file later.
    pub(crate) fn open(url: &str, options: &Options) -> Result<Self> {
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        if matches!(path, "" | ":memory:") {
            return Err(Error::Unavailable(
                "the URL of the database names no file: it looks like sqlite:shop.db".to_owned(),
            ));
        }
        let file = File::new(PathBuf::from(path), options.wait);
        let lane = |only_read, size| {
            Arc::new(Lane {
                file: Arc::clone(&file),
                only_read,
                size,
                permits: Arc::new(Semaphore::new(size)),
                wait: options.wait,
            })
        };
        Ok(Self(Arc::new(Lanes {
            readers: lane(true, options.max_connections.max(1)),
            writer: lane(false, 1),
            statement_timeout: options.statement_timeout,
        })))
    }

    /// Begins a transaction on the connection that writes.
    pub(crate) async fn begin(&self) -> Result<Arc<Session>, Failure> {
        let lease = self.0.writer.lease().await?;
        Ok(Arc::new(
            Session::begin(lease, self.0.statement_timeout).await?,
        ))
    }

    /// Runs statements on one connection.
    pub(crate) async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
        let lease = self.lease(statements).await?;
        match lease.briefly(|link| connection::run(link, statements)) {
            Some(outcome) => outcome,
            None => self.run_apart(lease, statements).await,
        }
    }

    /// Runs statements on one connection; rows that are read at once are handed on where they are.
    pub(crate) async fn run_into(
        &self,
        statements: &[Statement],
        sink: &mut dyn Sink,
    ) -> Result<(), Failure> {
        let lease = self.lease(statements).await?;
        let read = |link: &Connection| connection::run_into(link, statements, sink);
        if let Some(outcome) = lease.briefly(read) {
            return outcome;
        }
        sink.restart();
        executor::fill(sink, &self.run_apart(lease, statements).await?)
    }

    /// A connection for statements.
    async fn lease(&self, statements: &[Statement]) -> Result<Lease, Failure> {
        match statements.iter().all(Statement::reads) {
            true => self.0.readers.lease().await,
            false => self.0.writer.lease().await,
        }
    }

    /// Runs statements on a thread that may wait.
    async fn run_apart(
        &self,
        mut lease: Lease,
        statements: &[Statement],
    ) -> Result<Vec<Rows>, Failure> {
        let statements = statements.to_vec();
        let limit = executor::time(&statements).unwrap_or(self.0.statement_timeout);
        let bounds = statements.iter().filter_map(|statement| statement.bounds);
        let rows = bounds.filter_map(|bounds| bounds.rows).min();
        interrupt::work(limit.min(self.0.statement_timeout), move |interrupt| {
            lease.reading(&interrupt, rows, |connection| {
                connection::run(connection, &statements)
            })
        })
        .await
    }

    /// Runs a statement whose rows are handed on as they arrive.
    pub(crate) async fn stream(&self, statement: Statement) -> Result<RowStream, Failure> {
        let mut lease = self.0.readers.lease().await?;
        let (send, receive) = mpsc::channel(2);
        let interrupt = Interrupt::default();
        // Who reads no further needs no more rows, however long the next one takes.
        let guard = Guard(interrupt.clone());
        tokio::task::spawn_blocking(move || {
            let outcome = lease.with(&interrupt, |connection| {
                connection::stream(connection, &statement, |part| {
                    send.blocking_send(Ok(part)).is_ok()
                })
            });
            if let Err(failure) = outcome {
                // Where nobody listens any more, nobody misses the error.
                let _ = send.blocking_send(Err(Error::from(failure)));
            }
        });
        let parts = futures_util::stream::unfold((receive, guard), async |(mut receive, guard)| {
            let part = receive.recv().await?;
            Some((part, (receive, guard)))
        });
        Ok(RowStream(Box::pin(flat(parts))))
    }
}

/// The rows of parts, one after the other.
fn flat(
    parts: impl futures_util::Stream<Item = Result<super::DbRows>> + Send,
) -> impl futures_util::Stream<Item = Result<OwnedRow>> + Send {
    use futures_util::{StreamExt, stream};
    parts.flat_map(|part| {
        let rows: Vec<Result<OwnedRow>> = match part {
            Ok(part) => {
                let part = Arc::new(part);
                let row = |index| Ok(OwnedRow(OwnedInner::Sqlite(Arc::clone(&part), index)));
                (0..part.len()).map(row).collect()
            }
            Err(error) => vec![Err(error)],
        };
        stream::iter(rows)
    })
}

impl Lane {
    async fn lease(self: &Arc<Self>) -> Result<Lease, Failure> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        match tokio::time::timeout(self.wait, permit).await {
            Ok(Ok(permit)) => Ok(Lease {
                open: self.file.idle(self.only_read),
                lane: Arc::clone(self),
                _permit: permit,
            }),
            Ok(Err(_)) | Err(_) => Err(Error::Unavailable(match self.only_read {
                true => format!("all {} connections are busy", self.size),
                false => "someone else is changing the database for too long".to_owned(),
            })
            .into()),
        }
    }
}

impl Lease {
    /// Reads with the connection at once, if it is open and nothing takes long.
    fn briefly<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Option<Result<T, Failure>> {
        let open = self.open.as_ref().filter(|_| self.lane.only_read)?;
        open.briefly(work)
    }

    /// Whether the connection is to the file that bears its name now; one that is not open will be.
    pub(super) fn is_current(&self) -> bool {
        self.open.as_ref().is_none_or(|open| open.claim.holds())
    }

    /// Works with the connection, opened if there was none; the interrupt stops it meanwhile.
    pub(super) fn with<T>(
        &mut self,
        interrupt: &Interrupt,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.reading(interrupt, None, work)
    }

    /// Likewise, reading no more than so many rows.
    fn reading<T>(
        &mut self,
        interrupt: &Interrupt,
        rows: Option<u64>,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let open = match self.open.take() {
            Some(open) => open,
            None => self.lane.file.connect(self.lane.only_read)?,
        };
        let outcome = match interrupt.on(&open.connection) {
            true => open.reading(rows, work),
            false => Err(Error::Timeout.into()),
        };
        interrupt.off();
        self.open = Some(open);
        outcome
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(open) = self.open.take() else {
            return;
        };
        // What a transaction left open is undone; a connection that cannot do that is closed.
        let connection = &open.connection;
        if connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok() {
            self.lane.file.give_back(open, self.lane.only_read);
        }
    }
}
