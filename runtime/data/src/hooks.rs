//! Hooks: what a person's own code does when rows are written for somebody.

use std::future::{self, Future};
use std::marker::PhantomData;

use crate::change::{Changes, Custom, TableHooks};
use crate::database::{BoxFuture, Db, Rows, Transaction};
use crate::error::Result;
use crate::model::{Insert, Model, Patch};

pub use crate::change::{Change, Deletion};

/// What a person's own code does when rows are written [for somebody](Db); each hook does nothing until it is written.
///
/// The hooks of one change run in its transaction, which acts for whom the change is: an error undoes the change, and an
/// [`Error::Invalid`] shows the form again with what is wrong.
///
/// [`Error::Invalid`]: crate::error::Error
pub trait Hooks: Model {
    /// A row to be inserted.
    type New: Insert<Model = Self> + FromChanges;
    /// Changes to a row.
    type Patch: Patch<Model = Self> + FromChanges;

    /// Checks a row to be inserted, or as it will be when it is changed, after every rule of the table holds.
    fn validate(tx: &Transaction, new: &Self::New) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, new);
        future::ready(Ok(()))
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

    /// Runs before a row is changed, with what is changed about it.
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

    /// Runs before a row is deleted, and may do something else instead.
    fn before_delete(
        tx: &Transaction,
        row: &Self,
    ) -> impl Future<Output = Result<Deletion>> + Send {
        let _ = (tx, row);
        future::ready(Ok(Deletion::Proceed))
    }

    /// Runs after a row was deleted.
    fn after_delete(tx: &Transaction, row: &Self) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, row);
        future::ready(Ok(()))
    }

    /// Runs once a change is kept, outside of its transaction: what cannot be undone belongs here, such as a mail.
    fn after_commit(db: Db, change: Change<Self>) -> impl Future<Output = ()> + Send {
        let _ = (db, change);
        future::ready(())
    }
}

/// What can be read from what is to be written.
pub trait FromChanges: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// If something is missing, or no value of its column.
    fn from_changes(changes: &mut Changes) -> Result<Self>;
}

impl Custom {
    /// With the hooks of `M`.
    #[must_use]
    pub const fn hooks<M: Hooks>(self) -> Self {
        Self {
            hooks: Some(&Typed::<M>(PhantomData)),
            ..self
        }
    }
}

/// The hooks of `M`, for what knows no models.
struct Typed<M>(PhantomData<fn() -> M>);

fn read<M: Model>(rows: &Rows) -> Result<M> {
    rows.found(M::from_row)
}

impl<M: Hooks> TableHooks for Typed<M> {
    fn before_insert<'a>(
        &'a self,
        tx: &'a Transaction,
        mut changes: Changes,
    ) -> BoxFuture<'a, Result<Changes>> {
        Box::pin(async move {
            let mut new = M::New::from_changes(&mut changes)?;
            M::validate(tx, &new).await?;
            M::before_insert(tx, &mut new).await?;
            Ok(new.changes().and(changes))
        })
    }

    fn after_insert<'a>(&'a self, tx: &'a Transaction, row: &'a Rows) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { M::after_insert(tx, &read(row)?).await })
    }

    fn before_update<'a>(
        &'a self,
        tx: &'a Transaction,
        row: &'a Rows,
        mut new: Changes,
        mut changes: Changes,
    ) -> BoxFuture<'a, Result<Changes>> {
        Box::pin(async move {
            let new = M::New::from_changes(&mut new)?;
            M::validate(tx, &new).await?;
            let mut patch = M::Patch::from_changes(&mut changes)?;
            M::before_update(tx, &read(row)?, &mut patch).await?;
            Ok(patch.changes().and(changes))
        })
    }

    fn after_update<'a>(
        &'a self,
        tx: &'a Transaction,
        before: &'a Rows,
        after: &'a Rows,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { M::after_update(tx, &read(before)?, &read(after)?).await })
    }

    fn before_delete<'a>(
        &'a self,
        tx: &'a Transaction,
        row: &'a Rows,
    ) -> BoxFuture<'a, Result<Deletion>> {
        Box::pin(async move { M::before_delete(tx, &read(row)?).await })
    }

    fn after_delete<'a>(&'a self, tx: &'a Transaction, row: &'a Rows) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { M::after_delete(tx, &read(row)?).await })
    }

    fn after_commit(&self, db: Db, change: Change<&Rows>) -> Result<BoxFuture<'static, ()>> {
        let change = match change {
            Change::Inserted(row) => Change::Inserted(read(row)?),
            Change::Updated { before, after } => Change::Updated {
                before: read(before)?,
                after: read(after)?,
            },
            Change::Deleted(row) => Change::Deleted(read(row)?),
        };
        Ok(Box::pin(M::after_commit(db, change)))
    }
}
