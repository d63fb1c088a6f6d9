//! Hooks: where a person's own code takes part in what the pages of a table do.

use std::future::{self, Future};

use crate::database::Transaction;
use crate::error::{FieldErrors, Result};
use crate::model::{Insert, Model, Patch, Query};

pub use crate::catalog::Scope;

impl Scope {
    /// The scope of `M`, for the constant of its table: it is asked for whenever rows are.
    pub fn of<M: Hooks>() -> Self {
        Self(M::scope(M::query()).into_filter())
    }
}

/// Where a person's own code takes part in what the pages of a table do; each hook does nothing until it is written.
///
/// The hooks of one change run in its transaction: an error undoes the change, and an [`Error::Invalid`] shows the
/// form again with what is wrong.
///
/// [`Error::Invalid`]: crate::error::Error
pub trait Hooks: Model {
    /// A row to be inserted.
    type New: Insert<Model = Self>;
    /// Changes to a row.
    type Patch: Patch<Model = Self>;

    /// The rows that the pages of the table list, show and change; all others are not found there, and elsewhere they
    /// are neither listed nor named nor offered.
    ///
    /// Only its conditions count, neither an order nor a limit.
    fn scope(query: Query<Self>) -> Query<Self> {
        query
    }

    /// Checks what was typed into the form, after every rule of the table holds.
    ///
    /// # Errors
    /// What is wrong, by the names of the columns.
    fn validate(new: &Self::New) -> Result<(), FieldErrors> {
        let _ = new;
        Ok(())
    }

    /// Runs before a row is inserted.
    fn before_insert(
        tx: &Transaction,
        new: &mut Self::New,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, new);
        future::ready(Ok(()))
    }

    /// Runs after a row was inserted, with the rows that it is linked with.
    fn after_insert(tx: &Transaction, row: &Self) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, row);
        future::ready(Ok(()))
    }

    /// Runs before a row is changed.
    fn before_update(
        tx: &Transaction,
        row: &Self,
        patch: &mut Self::Patch,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, row, patch);
        future::ready(Ok(()))
    }

    /// Runs after a row was changed, with the row as it was and as it is.
    fn after_update(
        tx: &Transaction,
        before: &Self,
        after: &Self,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, before, after);
        future::ready(Ok(()))
    }

    /// Runs before a row is deleted.
    fn before_delete(tx: &Transaction, row: &Self) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, row);
        future::ready(Ok(()))
    }

    /// Runs after a row was deleted.
    fn after_delete(tx: &Transaction, row: &Self) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, row);
        future::ready(Ok(()))
    }
}
