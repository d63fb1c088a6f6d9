//! A transaction on PostgreSQL, and the connection that it has for itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::error::Fault;
use super::pool::{Pool, UNKNOWN};
use super::session::{BREATH, Session};
use crate::database::{Failure, Otherwise, RowStream, Rows, Statement};
use crate::error::Error;

/// A transaction that was begun.
#[derive(Debug)]
pub(crate) struct Begun {
    pool: Pool,
    /// There until the transaction is over.
    session: Mutex<Option<Arc<Session>>>,
    /// Nothing was done in it yet: if that fails which is done first, it can be begun anew.
    is_empty: AtomicBool,
    /// A function of the database failed: its connection may be outdated.
    is_suspect: AtomicBool,
}

impl Begun {
    pub(super) fn new(pool: Pool, session: Session) -> Self {
        Self {
            pool,
            session: Mutex::new(Some(Arc::new(session))),
            is_empty: AtomicBool::new(true),
            is_suspect: AtomicBool::new(false),
        }
    }

    /// Runs statements, all sent before the first answer is awaited; anew where they are the first ones, and others came
    /// in between or the connection was outdated.
    pub(crate) async fn run(&self, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
        let is_first = self.is_empty.swap(false, Ordering::AcqRel);
        let fault = match self.session()?.try_run(statements).await {
            Ok(rows) => return Ok(rows),
            Err(fault) => fault,
        };
        match fault {
            Fault::Collided(_) if is_first => {
                self.begin_again().await?;
                tokio::time::sleep(BREATH).await;
            }
            Fault::Within(failure) if is_first => {
                self.begin_again().await?;
                if !self.session()?.is_outdated().await {
                    return Err(failure);
                }
                self.renew();
                *self.lock() = Some(Arc::new(self.pool.begun().await?));
            }
            fault => {
                let is_within = matches!(fault, Fault::Within(_));
                self.is_suspect.store(is_within, Ordering::Release);
                return Err(fault.into());
            }
        }
        Ok(self.session()?.try_run(statements).await?)
    }

    /// Likewise; what is refused, and replaced by something else, is undone where nothing was done before it.
    pub(crate) async fn run_or_undo(
        &self,
        statements: &[Statement],
        otherwise: &Otherwise<'_>,
    ) -> Result<Vec<Rows>, Failure> {
        let is_first = self.is_empty.load(Ordering::Acquire);
        let outcome = self.run(statements).await;
        if is_first && otherwise.refused(&outcome).is_some() {
            self.begin_again().await?;
            self.is_empty.store(true, Ordering::Release);
        }
        outcome
    }

    /// Runs a statement; the connection stays with the stream of its rows.
    pub(crate) async fn stream(&self, statement: Statement) -> Result<RowStream, Failure> {
        self.is_empty.store(false, Ordering::Release);
        self.session()?.stream(statement).await
    }

    /// Runs a command that has no values and no rows.
    pub(crate) async fn command(&self, sql: &str) -> Result<(), Failure> {
        self.is_empty.store(false, Ordering::Release);
        Ok(self.session()?.command(sql).await?)
    }

    /// Keeps what was done.
    pub(crate) async fn commit(&self) -> Result<(), Failure> {
        let committed = self.session()?.command("COMMIT").await;
        // A trigger that was put off until now.
        if let Err(Fault::Within(_)) = committed {
            self.renew_outdated().await;
        }
        match committed {
            Err(Fault::Closed(_)) => Err(Error::Conflict(UNKNOWN.to_owned()).into()),
            committed => Ok(committed?),
        }
    }

    /// Undoes what was done.
    pub(crate) async fn rollback(&self) -> Result<(), Failure> {
        self.session()?.command("ROLLBACK").await?;
        if self.is_suspect.load(Ordering::Acquire) {
            self.renew_outdated().await;
        }
        Ok(())
    }

    /// Puts a command on its way, without waiting for the answer.
    pub(crate) fn send(&self, sql: &str) {
        if let Some(session) = &*self.lock() {
            session.send(sql);
        }
    }

    async fn begin_again(&self) -> Result<(), Failure> {
        Ok(self.session()?.begin_again().await?)
    }

    async fn renew_outdated(&self) {
        if let Ok(session) = self.session()
            && session.is_outdated().await
        {
            drop(session);
            self.renew();
        }
    }

    fn renew(&self) {
        let session = self.lock().take();
        if let Some(session) = session.and_then(Arc::into_inner) {
            self.pool.renew(session);
        }
    }

    fn session(&self) -> Result<Arc<Session>, Error> {
        let gone = || Error::Unavailable("the connection of the transaction is gone".to_owned());
        self.lock().clone().ok_or_else(gone)
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Session>>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
