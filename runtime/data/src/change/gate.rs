//! The gate: what is written for somebody passes the policy, the hooks and the links of its table, in one transaction.
//!
//! In this order: what the actor may do, what hooks say before, what the row refers to, the statement, the links,
//! whether the actor may have such a row, what hooks say after; and once it is kept, what hooks do then.

use super::any_model::AnyModel;
use super::custom::{Change, Custom, Deletion, TableHooks};
use super::{Changes, LinkChange, joined, reach, write};
use crate::actor::Action;
use crate::catalog::Table;
use crate::database::{Executor, Rows, Transaction};
use crate::error::{Error, Result};
use crate::query::{Plan, read};
use crate::values::Value;

/// Which row is changed, and what is known of it.
pub struct Target<'a> {
    /// The values of its key.
    pub key: Vec<Value>,
    /// The version that it must have.
    pub version: Option<&'a str>,
}

impl AnyModel {
    /// Inserts a row with its links, and returns it.
    pub(crate) async fn insert_row(
        self,
        db: &dyn Executor,
        changes: Changes,
        links: Vec<LinkChange>,
    ) -> Result<Rows> {
        self.permit(db, Action::Add)?;
        let table = self.table;
        if links.is_empty() && self.is_open(db, Action::Add) {
            return write::insert(db, table, changes).await;
        }
        let work = async |tx: Transaction| {
            let hooks = self.hooks(&tx);
            let hooks = hooks.as_ref().map(|(hooks, within)| (*hooks, within));
            let changes = match hooks {
                Some((hooks, within)) => hooks.before_insert(within, changes).await?,
                None => changes,
            };
            reach::refers_to_seen(&tx, table, &changes, None).await?;
            let rows = write::insert(&tx, table, changes).await?;
            self.finish(&tx, Action::Add, &rows, links).await?;
            if let Some((hooks, within)) = hooks {
                hooks.after_insert(within, &rows).await?;
                after_commit(within, hooks, Change::Inserted(&rows))?;
            }
            Ok(rows)
        };
        db.begin().await?.run(work).await
    }

    /// Changes the row with a key and its links, and returns it; no row if there is none. With a version, only if the
    /// row still has it.
    pub(crate) async fn update_row(
        self,
        db: &dyn Executor,
        target: Target<'_>,
        changes: Changes,
        links: Vec<LinkChange>,
    ) -> Result<Rows> {
        self.permit(db, Action::Change)?;
        let (table, Target { key, version }) = (self.table, target);
        if links.is_empty() && self.is_open(db, Action::Change) {
            return write::update(db, table, key, version, changes).await;
        }
        let work = async |tx: Transaction| {
            let hooks = self.hooks(&tx);
            let hooks = hooks.as_ref().map(|(hooks, within)| (*hooks, within));
            if self.is_open(&tx, Action::Change) {
                let rows = write::update(&tx, table, key, version, changes).await?;
                self.finish(&tx, Action::Change, &rows, links).await?;
                return Ok(rows);
            }
            let before = self.found(&tx, Action::Change, &key).await?;
            let changes = match hooks {
                Some((hooks, within)) => {
                    let values = values(table, &before)?;
                    let new = changes.clone().over(table, &values);
                    let changes = hooks.before_update(within, &before, new, changes).await?;
                    changes.differing(table, &values)
                }
                None => changes,
            };
            reach::refers_to_seen(&tx, table, &changes, Some(&before)).await?;
            let rows = write::update(&tx, table, key, version, changes).await?;
            self.finish(&tx, Action::Change, &rows, links).await?;
            if let Some((hooks, within)) = hooks {
                hooks.after_update(within, &before, &rows).await?;
                let (before, after) = (&before, &rows);
                after_commit(within, hooks, Change::Updated { before, after })?;
            }
            Ok(rows)
        };
        db.begin().await?.run(work).await
    }

    /// Deletes the row with a key, or does what a hook does instead; or `Error::NotFound`.
    pub(crate) async fn delete_row(self, db: &dyn Executor, key: Vec<Value>) -> Result<()> {
        self.permit(db, Action::Delete)?;
        let table = self.table;
        if self.is_open(db, Action::Delete) {
            return write::delete(db, table, key).await;
        }
        let work = async |tx: Transaction| {
            let hooks = self.hooks(&tx);
            let hooks = hooks.as_ref().map(|(hooks, within)| (*hooks, within));
            let row = self.found(&tx, Action::Delete, &key).await?;
            if let Some((hooks, within)) = hooks
                && hooks.before_delete(within, &row).await? == Deletion::Replaced
            {
                return Ok(());
            }
            write::delete(&tx, table, key).await?;
            if let Some((hooks, within)) = hooks {
                hooks.after_delete(within, &row).await?;
                after_commit(within, hooks, Change::Deleted(&row))?;
            }
            Ok(())
        };
        db.begin().await?.run(work).await
    }

    /// Changes every row of a plan of its table that has neither limit nor offset; returns how many there were.
    pub(crate) async fn update_where(
        self,
        db: &dyn Executor,
        plan: Plan,
        changes: Changes,
    ) -> Result<u64> {
        self.permit(db, Action::Change)?;
        let plan = plan.among(db, Action::Change);
        if self.is_open(db, Action::Change) {
            return write::update_where(db, &plan, changes).await;
        }
        let work = async |tx: Transaction| {
            let keys = keys(&tx, &plan).await?;
            let count = keys.len() as u64;
            for key in keys {
                let version = None;
                let target = Target { key, version };
                self.update_row(&tx, target, changes.clone(), Vec::new())
                    .await?;
            }
            Ok(count)
        };
        db.begin().await?.run(work).await
    }

    /// Deletes every row of a plan of its table that has neither limit nor offset; returns how many there were.
    pub(crate) async fn delete_where(self, db: &dyn Executor, plan: Plan) -> Result<u64> {
        self.permit(db, Action::Delete)?;
        let plan = plan.among(db, Action::Delete);
        if self.is_open(db, Action::Delete) {
            return write::delete_where(db, &plan).await;
        }
        let work = async |tx: Transaction| {
            let keys = keys(&tx, &plan).await?;
            let count = keys.len() as u64;
            for key in keys {
                self.delete_row(&tx, key).await?;
            }
            Ok(count)
        };
        db.begin().await?.run(work).await
    }

    /// Refuses what the actor may do with no row of the table.
    fn permit(&self, db: &dyn Executor, action: Action) -> Result<()> {
        match db.actor() {
            Some(actor) if !actor.may(action, self.table) => Err(denied(self.table, action)),
            _ => Ok(()),
        }
    }

    /// Whether nothing but the database has a say.
    fn is_open(&self, db: &dyn Executor, action: Action) -> bool {
        let Some(actor) = db.actor() else {
            return true;
        };
        let Custom { may, hooks } = self.custom;
        let is_reached = || {
            let mut tables = self.table.relations.iter();
            tables.all(|relation| {
                let other = (relation.table)();
                other.scope(Some(actor), Action::View).is_none()
            })
        };
        may.is_none()
            && hooks.is_none()
            && self.table.scope(Some(actor), action).is_none()
            && (action == Action::Delete || is_reached())
    }

    /// The hooks, and the transaction as it is within them.
    fn hooks(&self, tx: &Transaction) -> Option<(&'static dyn TableHooks, Transaction)> {
        let hooks = self.custom.hooks.filter(|_| tx.actor().is_some())?;
        Some((hooks, tx.waived()))
    }

    /// The row with a key, if it is one with which the actor may do something.
    async fn found(&self, tx: &Transaction, action: Action, key: &[Value]) -> Result<Rows> {
        let plan = Plan::new(self.table).among(tx, action);
        let rows = read::by_key(tx, plan, &[], key.to_vec()).await?;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        self.may(tx, action, &rows)?;
        Ok(rows)
    }

    /// Changes the links of a row that was written, which must be one that the actor may have.
    async fn finish(
        &self,
        tx: &Transaction,
        action: Action,
        rows: &Rows,
        links: Vec<LinkChange>,
    ) -> Result<()> {
        let table = self.table;
        if rows.is_empty() {
            return Err(Error::NotFound);
        }
        let key = table.key_of(&values(table, rows)?);
        for change in links {
            joined::change(tx, table, key.clone(), &change).await?;
        }
        if let Some(scope) = table.scope(tx.actor(), action)
            && !reach::holds(tx, table, rows, scope).await?
        {
            return Err(refused(table, action));
        }
        self.may(tx, action, rows)
    }

    fn may(&self, tx: &Transaction, action: Action, rows: &Rows) -> Result<()> {
        let (Some(may), Some(actor)) = (self.custom.may, tx.actor()) else {
            return Ok(());
        };
        let mut row = rows.get(0).ok_or(Error::NotFound)?;
        match may(actor, action, &mut row)? {
            true => Ok(()),
            false => Err(refused(self.table, action)),
        }
    }
}

/// What somebody may not do with any row.
fn denied(table: &Table, action: Action) -> Error {
    let verb = match action {
        Action::View => "see",
        other => other.word(),
    };
    Error::Forbidden(format!("you may not {verb} {}", table.plural))
}

/// What somebody may not do with a row.
fn refused(table: &Table, action: Action) -> Error {
    let Table { singular, .. } = table;
    Error::Forbidden(match action {
        Action::View => format!("you may not see this {singular}"),
        Action::Add => format!("you may not add such a {singular}"),
        Action::Change => format!("you may not change this {singular} so"),
        Action::Delete => format!("you may not delete this {singular}"),
    })
}

/// Has the hooks do something once the transaction is kept.
fn after_commit(
    tx: &Transaction,
    hooks: &'static dyn TableHooks,
    change: Change<&Rows>,
) -> Result<()> {
    if let Some(db) = tx.outside() {
        tx.after_commit(hooks.after_commit(db, change)?);
    }
    Ok(())
}

/// The keys of the rows of a plan.
async fn keys(tx: &Transaction, plan: &Plan) -> Result<Vec<Vec<Value>>> {
    write::refuse_window(plan)?;
    let table = plan.table;
    if table.key.is_empty() {
        return Err(Error::Internal(format!(
            "{} have no key: they cannot be changed one by one, as their policy or their hooks need it",
            table.plural
        )));
    }
    let rows = read::rows(tx, plan).await?;
    let keys = rows.iter().map(|row| {
        let values = row.values(table.columns.len())?;
        Ok(table.key_of(&values))
    });
    keys.collect()
}

/// The values of a row.
pub(super) fn values(table: &Table, rows: &Rows) -> Result<Vec<Value>> {
    let row = rows.get(0).ok_or(Error::NotFound)?;
    row.values(table.columns.len())
}
