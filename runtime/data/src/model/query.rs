//! Queries: lazy, composable, typed; nothing touches the database until they are run.

use std::marker::PhantomData;

use futures_util::{Stream, StreamExt};

use super::{And, Condition, Key as _, Model, Order, Patch, Select, Versioned, With};
use crate::actor::Action;
use crate::catalog::Tree;
use crate::database::{Executor, MapRows, run_one};
use crate::error::{Error, Result};
use crate::query::{Plan, Whole, count, read};

/// A query of the rows of `M`, with relations `W` loaded along.
#[derive(Debug)]
pub struct Query<M, W = ()> {
    plan: Plan,
    with: W,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> Query<M> {
    pub(crate) fn new() -> Self {
        Self {
            plan: Plan::new(M::TABLE),
            with: (),
            model: PhantomData,
        }
    }

    /// What is asked, without its types.
    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    /// The conditions alone.
    pub(crate) fn into_filter(self) -> Tree {
        self.plan.filter
    }

    /// Keeps the rows that satisfy a condition without types.
    pub(crate) fn narrowed(mut self, condition: Tree) -> Self {
        self.plan.narrow(condition);
        self
    }

    /// The row with a key, if it is among these rows, or `Error::NotFound`.
    pub fn find<'a>(
        self,
        db: &'a dyn Executor,
        key: &M::Key,
    ) -> impl Future<Output = Result<M>> + Send + use<'a, M> {
        self.find_as::<M>(db, key)
    }

    /// The row with a key, together with the labels of the rows that it refers to.
    pub fn find_as<'a, S: Select<Model = M>>(
        self,
        db: &'a dyn Executor,
        key: &M::Key,
    ) -> impl Future<Output = Result<S>> + Send + use<'a, M, S> {
        let plan = self.plan.among(db, Action::View);
        let rows = read::by_key(db, plan, S::LABELS, key.to_values());
        MapRows::new(Box::pin(rows), |rows| rows.found(S::read))
    }

    /// The row with a key, which is to be deleted.
    pub fn find_to_delete<'a>(
        self,
        db: &'a dyn Executor,
        key: &M::Key,
    ) -> impl Future<Output = Result<M>> + Send + use<'a, M> {
        let plan = self.plan.among(db, Action::Delete);
        let rows = read::by_key(db, plan, &[], key.to_values());
        MapRows::new(Box::pin(rows), |rows| rows.found(M::from_row))
    }

    /// The row with a key, which is to be changed, and its version.
    pub fn find_versioned<'a>(
        self,
        db: &'a dyn Executor,
        key: &M::Key,
    ) -> impl Future<Output = Result<Versioned<M>>> + Send + use<'a, M> {
        let plan = self.plan.among(db, Action::Change);
        let rows = read::versioned(db, plan, key.to_values());
        MapRows::new(Box::pin(rows), |rows| rows.found(Versioned::from_row))
    }

    /// The rows, together with the labels of the rows that they refer to.
    pub async fn all_as<S: Select<Model = M>>(&self, db: &dyn Executor) -> Result<Vec<S>> {
        let plan = self.seen(db);
        let rows = run_one(db, plan.rows(db.dialect(), S::LABELS, Whole::Everything)).await?;
        rows.read(S::read)
    }

    /// The rows, one after the other as they arrive, however many there are.
    pub async fn stream(
        &self,
        db: &dyn Executor,
    ) -> Result<impl Stream<Item = Result<M>> + use<M>> {
        let rows = self.seen(db).rows(db.dialect(), &[], Whole::Everything);
        let rows = db.stream(rows).await?;
        Ok(rows.map(|row| M::from_row(&mut row?.as_row())))
    }

    /// Deletes the rows; returns how many there were. For somebody, where policies or hooks have a say, one after the
    /// other, in one transaction.
    pub async fn delete(self, db: &dyn Executor) -> Result<u64> {
        M::ANY.delete_where(db, self.plan).await
    }

    /// Changes the rows; returns how many there were. For somebody, where policies or hooks have a say, one after the
    /// other, in one transaction.
    pub async fn update(self, db: &dyn Executor, patch: impl Patch<Model = M>) -> Result<u64> {
        M::ANY.update_where(db, self.plan, patch.changes()).await
    }
}

impl<M: Model, W> Query<M, W> {
    /// What is asked, for whoever `db` asks for.
    fn seen(&self, db: &dyn Executor) -> Plan {
        self.plan.clone().among(db, Action::View)
    }

    /// No row.
    pub fn none(mut self) -> Self {
        self.plan.narrow(Tree::Any(Vec::new()));
        self
    }

    /// Keeps the rows that satisfy the condition, besides those before.
    pub fn filter(mut self, condition: Condition<M>) -> Self {
        self.plan.narrow(condition.into_tree());
        self
    }

    /// Orders the rows, where they are equal by the orders before.
    pub fn order_by(mut self, order: Order<M>) -> Self {
        self.plan.order.push(order.by);
        self
    }

    /// Keeps no more than so many rows.
    pub fn limit(mut self, limit: u64) -> Self {
        self.plan.limit = Some(limit);
        self
    }

    /// Leaves out so many rows at the start.
    pub fn offset(mut self, offset: u64) -> Self {
        self.plan.offset = Some(offset);
        self
    }

    /// Loads a relation along: one more query for all rows.
    pub fn with<R>(self, relation: R) -> Query<M, W::Output>
    where
        W: And<R>,
        W::Output: With<M>,
    {
        Query {
            plan: self.plan,
            with: self.with.and(relation),
            model: PhantomData,
        }
    }

    /// How many rows there are.
    pub async fn count(&self, db: &dyn Executor) -> Result<u64> {
        count(db, self.seen(db).count(db.dialect(), None)).await
    }

    /// How many rows there are, counted no further than `cap`.
    pub async fn count_up_to(&self, db: &dyn Executor, cap: u64) -> Result<u64> {
        count(db, self.seen(db).count(db.dialect(), Some(cap))).await
    }

    /// Whether there is a row.
    pub async fn exists(&self, db: &dyn Executor) -> Result<bool> {
        let rows = run_one(db, self.seen(db).exists(db.dialect())).await?;
        Ok(rows.first(|row| row.get())?.unwrap_or(false))
    }
}

impl<M: Model, W: With<M>> Query<M, W> {
    /// The rows, with what was asked to be loaded along.
    pub async fn all(&self, db: &dyn Executor) -> Result<Vec<W::Output>> {
        let rows = self.seen(db).rows(db.dialect(), &[], Whole::Everything);
        let rows = run_one(db, rows).await?;
        self.with.read(db, &rows).await
    }

    /// The first row, if there is one.
    pub async fn first(&self, db: &dyn Executor) -> Result<Option<W::Output>> {
        Ok(self.at_most(db, 1).await?.pop())
    }

    /// The only row; `Error::NotFound` if there is none, `Error::Conflict` if there are several.
    pub async fn one(&self, db: &dyn Executor) -> Result<W::Output> {
        let mut rows = self.at_most(db, 2).await?;
        match (rows.pop(), rows.is_empty()) {
            (Some(row), true) => Ok(row),
            (Some(_), false) => Err(Error::Conflict(format!(
                "there is more than one such {}",
                M::TABLE.singular
            ))),
            (None, _) => Err(Error::NotFound),
        }
    }

    async fn at_most(&self, db: &dyn Executor, limit: u64) -> Result<Vec<W::Output>> {
        let mut plan = self.seen(db);
        plan.limit = plan.limit.into_iter().chain([limit]).min();
        let rows = run_one(db, plan.rows(db.dialect(), &[], Whole::Everything)).await?;
        self.with.read(db, &rows).await
    }
}

impl<M, W: Clone> Clone for Query<M, W> {
    fn clone(&self) -> Self {
        Self {
            plan: self.plan.clone(),
            with: self.with.clone(),
            model: PhantomData,
        }
    }
}
