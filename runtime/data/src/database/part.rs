//! A transaction, or a part of one, until it is said to be kept.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::{Failure, Transaction};
use crate::actor::Actor;
use crate::error::Result;

/// A transaction, or a part of one, until it is said to be kept; dropped before that, it is undone.
#[derive(Debug)]
pub struct Part {
    transaction: Transaction,
    open: bool,
}

impl Part {
    /// A whole transaction.
    pub(super) fn whole(transaction: Transaction) -> Self {
        Self {
            transaction,
            open: true,
        }
    }

    /// A part of a transaction.
    pub(super) async fn within(outer: &Transaction) -> Result<Self, Failure> {
        outer.check_open()?;
        let part = Self {
            transaction: Transaction {
                shared: Arc::clone(&outer.shared),
                level: outer.level + 1,
                actor: outer.actor.clone(),
            },
            open: true,
        };
        let set = part.command("SAVEPOINT").await;
        outer.note(set)?;
        Ok(part)
    }

    /// The same, for somebody.
    pub(super) fn of(mut self, actor: Actor) -> Self {
        self.transaction.actor = Some(actor);
        self
    }

    /// Does some work, and keeps it, or undoes it where it fails.
    pub(crate) async fn run<T, F>(self, work: impl FnOnce(Transaction) -> F + Send) -> Result<T>
    where
        F: Future<Output = Result<T>> + Send,
    {
        match work(self.transaction.clone()).await {
            Ok(value) => self.keep().await.map(|()| value),
            Err(error) => {
                self.undo().await?;
                Err(error)
            }
        }
    }

    async fn keep(mut self) -> Result<()> {
        let level = self.transaction.level;
        if level == 0 {
            self.open = false;
            self.transaction.clone().commit().await?;
            let after = self.transaction.shared.after.take();
            // What is done now may need a connection, and there may be no other.
            drop(self);
            for work in after {
                work.await;
            }
            return Ok(());
        }
        self.command("RELEASE SAVEPOINT").await?;
        self.transaction.shared.after.raise(level);
        self.open = false;
        Ok(())
    }

    async fn undo(mut self) -> Result<()> {
        if self.transaction.level == 0 {
            self.open = false;
            self.transaction.clone().rollback().await;
            return Ok(());
        }
        self.command("ROLLBACK TO SAVEPOINT").await?;
        self.forget();
        Ok(())
    }

    /// Nothing of the part is left.
    fn forget(&mut self) {
        let Transaction { shared, level, .. } = &self.transaction;
        shared.after.forget(*level);
        shared.failed.store(false, Ordering::Release);
        self.open = false;
    }

    async fn command(&self, command: &str) -> Result<(), Failure> {
        let Transaction { shared, level, .. } = &self.transaction;
        let sql = format!("{command} umbel_{level}");
        shared.session.command(&sql).await
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // A whole transaction ends with whatever holds it.
        if self.open && self.transaction.level > 0 {
            let Transaction { shared, level, .. } = &self.transaction;
            let sql = format!("ROLLBACK TO SAVEPOINT umbel_{level}");
            shared.session.send(&sql);
            self.forget();
        }
    }
}
