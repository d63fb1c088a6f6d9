//! The rows that a row is linked with, and what a form changes about them.

use super::{Key as _, ManyToMany, Model, Query};
use crate::actor::Action;
use crate::catalog::{Table, Tree, belongs_to};
use crate::change::{Joined, LinkChange, Links, at_field, change_links, keys};
use crate::database::{Executor, run_one};
use crate::error::Result;
use crate::query::{Count, Plan};

/// Up to how many linked rows are all part of a form.
const FEW: u64 = 200;

/// How far more of them are counted.
pub const COUNTED: u64 = 10_000;

/// The rows that a row is linked with.
#[derive(Debug)]
pub enum LinkedKeys {
    /// The keys of all of them, as a form has them.
    All(Vec<String>),
    /// They are too many to be told one by one.
    Many(ManyLinked),
}

/// Many rows that are linked with a row.
#[derive(Debug, Clone)]
pub struct ManyLinked {
    /// That a row is one of them.
    pub is_linked: Tree,
    /// How many there are, counted as far as [`COUNTED`].
    pub count: Count,
    /// Their table.
    pub table: &'static Table,
}

impl<M: Model, T: Model> ManyToMany<M, T> {
    /// The rows that are joined to a row.
    pub fn of(self, row: &M) -> Result<Query<T>> {
        let condition = belongs_to(M::TABLE, &row.key().to_values(), &self.def())?;
        Ok(T::query().narrowed(condition))
    }

    /// The keys of the rows that are joined to a row, as a form has them: of those that may be seen.
    pub async fn keys(self, db: &dyn Executor, row: &M) -> Result<Vec<String>> {
        self.first_keys(db, row, None).await
    }

    /// The rows that are joined to a row, as a form has them: the keys of few, a page of many.
    pub async fn linked(self, db: &dyn Executor, row: &M) -> Result<LinkedKeys> {
        let keys = self.first_keys(db, row, Some(FEW + 1)).await?;
        if keys.len() as u64 <= FEW {
            return Ok(LinkedKeys::All(keys));
        }
        let is_linked = belongs_to(M::TABLE, &row.key().to_values(), &self.def())?;
        let mut plan = Plan::seen(db, T::TABLE);
        plan.narrow(is_linked.clone());
        let rows = run_one(db, plan.count(db.dialect(), Some(COUNTED + 1))).await?;
        let counted: Option<i64> = rows.first(|row| row.get())?;
        let counted = counted.and_then(|counted| u64::try_from(counted).ok());
        Ok(LinkedKeys::Many(ManyLinked {
            is_linked,
            count: Count::new(T::TABLE, counted.unwrap_or(0), COUNTED),
            table: T::TABLE,
        }))
    }

    /// The keys of some of the rows: of so many, or of all.
    async fn first_keys(
        self,
        db: &dyn Executor,
        row: &M,
        limit: Option<u64>,
    ) -> Result<Vec<String>> {
        if T::TABLE.scope(db.actor(), Action::View).is_none() {
            let mut joined = self.joined(db, row).await?;
            joined.load(db, limit).await?;
            return Ok(joined.theirs.into_keys().collect());
        }
        let own = self.junction().theirs.iter();
        let own = own.filter_map(|(own, _)| T::TABLE.column(own)).copied();
        let columns: Vec<_> = own.collect();
        let mut plan = Plan::seen(db, T::TABLE);
        plan.narrow(belongs_to(M::TABLE, &row.key().to_values(), &self.def())?);
        plan.limit = limit;
        let seen = keys(db, &plan, &columns).await?;
        Ok(seen.into_iter().collect())
    }

    async fn joined(self, db: &dyn Executor, row: &M) -> Result<Joined> {
        let key = row.key().to_values();
        Joined::of(db, M::TABLE, T::TABLE, self.junction(), key).await
    }

    /// Joins a row to exactly the rows with these keys: what is missing is inserted, what is too much deleted.
    pub async fn replace(self, db: &dyn Executor, row: &M, keys: &[String]) -> Result<()> {
        let mut joined = self.joined(db, row).await?;
        joined.load(db, None).await?;
        // The label `Special actors` → the field `special_actors`.
        let field = self.def().label.to_lowercase().replace(' ', "_");
        at_field(&field, joined.replace(db, keys).await)
    }

    /// Adds and takes away the links that a form has changed; those that it has not changed stay, whatever they are now.
    pub async fn change(self, db: &dyn Executor, row: &M, links: Links) -> Result<()> {
        let key = row.key().to_values();
        change_links(db, M::TABLE, key, &self.changed(links)).await
    }

    /// Links that are changed together with a row.
    pub fn changed(self, links: Links) -> LinkChange {
        let relation = self.def();
        LinkChange { relation, links }
    }
}

impl<M: Model, T: Model> super::HasMany<M, T> {
    /// The rows that refer to a row.
    pub fn of(self, row: &M) -> Result<Query<T>> {
        let condition = belongs_to(M::TABLE, &row.key().to_values(), &self.def())?;
        Ok(T::query().narrowed(condition))
    }
}
