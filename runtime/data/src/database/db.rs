//! A database, and for whom it is asked.

use std::future::Future;

use super::{
    BoxFuture, Database, Dialect, Executor, Failure, Part, RowStream, Rows, Sink, Statement,
    Storages, Transaction,
};
use crate::actor::Actor;
use crate::error::Result;

/// A database, and for whom it is asked. A clone is cheap.
///
/// What is read through it are the rows that the policies of their tables let its actor see; what is written through it
/// passes the policy, the hooks and the links of its table. Through the [`Database`] alone, nothing is asked.
#[derive(Debug, Clone)]
pub struct Db {
    database: Database,
    actor: Actor,
}

impl Db {
    /// A database that is asked for somebody.
    pub fn new(database: Database, actor: Actor) -> Self {
        Self { database, actor }
    }

    /// The database, asked for nobody: no policy and no hook has a say.
    pub fn raw(&self) -> &Database {
        &self.database
    }

    /// Runs several changes as one: all are kept, or none where `work` fails, panics or is dropped.
    pub async fn transaction<T, F>(&self, work: impl FnOnce(Transaction) -> F + Send) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        self.begin().await?.run(work).await
    }
}

impl Executor for Db {
    fn dialect(&self) -> Dialect {
        self.database.dialect()
    }

    fn actor(&self) -> Option<&Actor> {
        Some(&self.actor)
    }

    fn begin(&self) -> BoxFuture<'_, Result<Part>> {
        Box::pin(async { Ok(self.database.begin().await?.of(self.actor.clone())) })
    }

    fn run<'a>(&'a self, statements: &'a [Statement]) -> BoxFuture<'a, Result<Vec<Rows>, Failure>> {
        self.database.run(statements)
    }

    fn run_into<'a>(
        &'a self,
        statements: &'a [Statement],
        sink: &'a mut dyn Sink,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        self.database.run_into(statements, sink)
    }

    fn storages(&self) -> Option<&Storages> {
        self.database.storages()
    }

    fn stream(&self, statement: Statement) -> BoxFuture<'_, Result<RowStream, Failure>> {
        self.database.stream(statement)
    }
}
