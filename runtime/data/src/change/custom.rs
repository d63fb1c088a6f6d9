//! A person's own code about a table, without the types of its model.

use std::fmt;

use super::Changes;
use crate::actor::{Action, Actor};
use crate::database::{BoxFuture, Db, Row, Rows, Transaction};
use crate::error::Result;

/// A person's own code about the rows of a table, where there is any.
#[derive(Clone, Copy)]
pub struct Custom {
    /// Whether somebody may do something with a row.
    pub(crate) may: Option<May>,
    /// What happens besides when a row is written.
    pub(crate) hooks: Option<&'static dyn TableHooks>,
}

/// Whether somebody may do something with a row.
pub(crate) type May = fn(&Actor, Action, &mut Row<'_>) -> Result<bool>;

impl fmt::Debug for Custom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Custom")
            .field("may", &self.may.is_some())
            .field("hooks", &self.hooks.is_some())
            .finish()
    }
}

impl Custom {
    /// No code.
    pub const NONE: Self = Self {
        may: None,
        hooks: None,
    };
}

/// What happened to a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<M> {
    /// It was inserted.
    Inserted(M),
    /// It was updated.
    Updated {
        /// As it was.
        before: M,
        /// As it is.
        after: M,
    },
    /// It was deleted.
    Deleted(M),
}

/// What is left to do when a row is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deletion {
    /// To delete it.
    Proceed,
    /// Nothing: something else was done instead, such as to mark it.
    Replaced,
}

/// What happens besides when a row of a table is written. Rows are the first of an answer.
pub trait TableHooks: Send + Sync {
    /// Checks a row to be inserted, and changes it.
    fn before_insert<'a>(
        &'a self,
        tx: &'a Transaction,
        new: Changes,
    ) -> BoxFuture<'a, Result<Changes>>;

    /// Runs after a row was inserted.
    fn after_insert<'a>(&'a self, tx: &'a Transaction, row: &'a Rows) -> BoxFuture<'a, Result<()>>;

    /// Checks the row as it will be, and changes what is changed about it.
    fn before_update<'a>(
        &'a self,
        tx: &'a Transaction,
        row: &'a Rows,
        new: Changes,
        patch: Changes,
    ) -> BoxFuture<'a, Result<Changes>>;

    /// Runs after a row was changed.
    fn after_update<'a>(
        &'a self,
        tx: &'a Transaction,
        before: &'a Rows,
        after: &'a Rows,
    ) -> BoxFuture<'a, Result<()>>;

    /// Runs before a row is deleted, and may do something else instead.
    fn before_delete<'a>(
        &'a self,
        tx: &'a Transaction,
        row: &'a Rows,
    ) -> BoxFuture<'a, Result<Deletion>>;

    /// Runs after a row was deleted.
    fn after_delete<'a>(&'a self, tx: &'a Transaction, row: &'a Rows) -> BoxFuture<'a, Result<()>>;

    /// What is to be done once the change is kept.
    ///
    /// # Errors
    /// If a row cannot be read.
    fn after_commit(&self, db: Db, change: Change<&Rows>) -> Result<BoxFuture<'static, ()>>;
}
