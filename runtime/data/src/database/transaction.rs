//! A transaction: changes that are kept together or not at all.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::after_commit::AfterCommit;
use super::executor::{Otherwise, only};
use super::{
    BoxFuture, Database, Db, Dialect, Executor, Failure, Part, RowStream, Rows, Rule, Statement,
};
use crate::actor::Actor;
use crate::error::{Error, Result};

#[cfg(feature = "postgres")]
use super::postgres;
#[cfg(feature = "sqlite")]
use super::sqlite;

/// A transaction: changes that are kept together or not at all. Cheap to clone; it ends with the closure that got it.
#[derive(Debug, Clone)]
pub struct Transaction {
    pub(super) shared: Arc<Shared>,
    /// 0, or which part of a transaction it is.
    pub(super) level: u32,
    /// For whom it reads and writes.
    pub(super) actor: Option<Actor>,
}

#[derive(Debug)]
pub(super) struct Shared {
    database: Database,
    pub(super) session: Session,
    /// Neither committed nor rolled back yet.
    open: AtomicBool,
    /// A statement failed, so that the database takes no other until it is rolled back.
    pub(super) failed: AtomicBool,
    pub(super) after: AfterCommit,
}

/// One connection, for the time of a transaction.
#[derive(Debug)]
pub(super) enum Session {
    #[cfg(feature = "postgres")]
    Postgres(postgres::Begun),
    #[cfg(feature = "sqlite")]
    Sqlite(Arc<sqlite::Session>),
}

impl Session {
    pub(super) async fn command(&self, sql: &str) -> Result<(), Failure> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(begun) => begun.command(sql).await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.command(sql).await,
        }
    }

    async fn commit(&self) -> Result<(), Failure> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(begun) => begun.commit().await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.commit().await,
        }
    }

    async fn rollback(&self) -> Result<(), Failure> {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(begun) => begun.rollback().await,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.command("ROLLBACK").await,
        }
    }

    /// Sends a command without waiting for the answer: what `drop` can do.
    pub(super) fn send(&self, sql: &str) {
        match self {
            #[cfg(feature = "postgres")]
            Self::Postgres(begun) => begun.send(sql),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(session) => session.send(sql),
        }
    }
}

impl Transaction {
    /// The transaction that was begun on a connection of a database.
    pub(super) fn new(database: Database, session: Session) -> Self {
        Self {
            shared: Arc::new(Shared {
                database,
                session,
                open: AtomicBool::new(true),
                failed: AtomicBool::new(false),
                after: AfterCommit::default(),
            }),
            level: 0,
            actor: None,
        }
    }

    /// The same transaction, for nobody: no policy and no hook has a say.
    pub fn raw(&self) -> Self {
        Self {
            actor: None,
            ..self.clone()
        }
    }

    /// The same transaction, for the application's own code: nobody asks whether the actor may do that.
    pub(crate) fn waived(&self) -> Self {
        Self {
            actor: self.actor.as_ref().map(Actor::waived),
            ..self.clone()
        }
    }

    /// Does some work once the transaction is kept, outside of it; never, if it is undone, or the part of it that asks
    /// for it.
    pub fn after_commit(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.shared.after.add(self.level, Box::pin(work));
    }

    /// The database outside of the transaction, for whom the transaction is.
    pub(crate) fn outside(&self) -> Option<Db> {
        let actor = self.actor.clone()?;
        Some(Db::new(self.shared.database.clone(), actor))
    }

    pub(super) async fn commit(self) -> Result<()> {
        if self.shared.failed.load(Ordering::Acquire) {
            self.rollback().await;
            return Err(Error::Database(
                "nothing was saved, because a statement of the transaction had failed".to_owned(),
            ));
        }
        self.shared.session.commit().await?;
        self.shared.open.store(false, Ordering::Release);
        Ok(())
    }

    pub(super) async fn rollback(self) {
        // Where the command fails, the connection is broken, and with it the transaction is gone.
        if self.shared.session.rollback().await.is_ok() {
            self.shared.open.store(false, Ordering::Release);
        }
    }

    /// Runs several changes as one within this transaction: where `work` fails, only they are undone.
    pub async fn transaction<T, F>(&self, work: impl FnOnce(Transaction) -> F + Send) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        self.begin().await?.run(work).await
    }

    pub(super) fn check_open(&self) -> Result<(), Failure> {
        if self.shared.open.load(Ordering::Acquire) {
            return Ok(());
        }
        let message = "the transaction has ended: it was used outside its closure".to_owned();
        Err(Failure::Other(Error::Internal(message)))
    }

    pub(super) fn note<T>(&self, outcome: Result<T, Failure>) -> Result<T, Failure> {
        if outcome.is_err() {
            self.shared.failed.store(true, Ordering::Release);
        }
        outcome
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if self.open.load(Ordering::Acquire) {
            self.session.send("ROLLBACK");
        }
    }
}

impl Executor for Transaction {
    fn dialect(&self) -> Dialect {
        match &self.shared.session {
            #[cfg(feature = "postgres")]
            Session::Postgres(_) => Dialect::Postgres,
            #[cfg(feature = "sqlite")]
            Session::Sqlite(_) => Dialect::Sqlite,
        }
    }

    fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    fn begin(&self) -> BoxFuture<'_, Result<Part>> {
        Box::pin(async { Ok(Part::within(self).await?) })
    }

    fn run<'a>(&'a self, statements: &'a [Statement]) -> BoxFuture<'a, Result<Vec<Rows>, Failure>> {
        Box::pin(async move {
            self.check_open()?;
            match &self.shared.session {
                #[cfg(feature = "postgres")]
                Session::Postgres(begun) => self.note(begun.run(statements).await),
                #[cfg(feature = "sqlite")]
                Session::Sqlite(session) => self.note(session.run(statements).await),
            }
        })
    }

    fn run_or<'a>(
        &'a self,
        statement: Statement,
        otherwise: Otherwise<'a>,
    ) -> BoxFuture<'a, Result<(Rows, Option<Rule>), Failure>> {
        Box::pin(async move {
            self.check_open()?;
            let statements = std::slice::from_ref(&statement);
            let outcome = match &self.shared.session {
                #[cfg(feature = "postgres")]
                Session::Postgres(begun) => begun.run_or_undo(statements, &otherwise).await,
                #[cfg(feature = "sqlite")]
                Session::Sqlite(session) => session.run(statements).await,
            };
            match otherwise.refused(&outcome) {
                None => Ok((only(self.note(outcome)?), None)),
                Some(rule) => {
                    let rows = self.run(&[(otherwise.statement)()?]).await?;
                    Ok((only(rows), Some(rule)))
                }
            }
        })
    }

    fn keeps(&self) -> bool {
        false
    }

    fn stream(&self, statement: Statement) -> BoxFuture<'_, Result<RowStream, Failure>> {
        Box::pin(async move {
            self.check_open()?;
            match &self.shared.session {
                #[cfg(feature = "postgres")]
                Session::Postgres(begun) => self.note(begun.stream(statement).await),
                #[cfg(feature = "sqlite")]
                Session::Sqlite(session) => self.note(session.clone().stream(statement).await),
            }
        })
    }
}
