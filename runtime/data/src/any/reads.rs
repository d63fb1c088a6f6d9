//! What is read and written of any table, for whoever it is asked for, through the same gate as the typed way.

use futures_util::{Stream, StreamExt};

use super::{AnyRow, OpenedRow};
use crate::actor::Action;
use crate::catalog::{ReferrerDef, path_key};
use crate::change::{AnyModel, Changes, LinkChange};
use crate::database::{Executor, Row};
use crate::error::{Error, Result};
use crate::list::{self, ListState, Page};
use crate::query::{Plan, Whole, read};
use crate::related::{self, DeleteEffect, RelatedRows};
use crate::values::Value;

impl AnyModel {
    /// The rows that the state of a list of the table asks for, one page of them, with the labels of the rows that they
    /// refer to.
    pub async fn page(self, db: &dyn Executor, list: ListState) -> Result<Page<AnyRow>> {
        let table = self.table;
        let read = |row: &mut Row<'_>| AnyRow::with_labels(table, row);
        list::page(db, Plan::seen(db, table), table.relations, list, read).await
    }

    /// The row with a key, as a path has it, with the labels of the rows that it refers to; or `Error::NotFound`.
    pub async fn find(self, db: &dyn Executor, key: &str) -> Result<AnyRow> {
        let table = self.table;
        let plan = Plan::seen(db, table);
        let rows = read::by_key(db, plan, table.relations, self.key(key)?).await?;
        rows.found(|row| AnyRow::with_labels(table, row))
    }

    /// The row with a key, as a path has it, together with the first rows of each relation and their number; or
    /// `Error::NotFound`.
    pub async fn find_with_related(
        self,
        db: &dyn Executor,
        key: &str,
        relations: &[ReferrerDef],
    ) -> Result<(AnyRow, Vec<RelatedRows>)> {
        let (table, key) = (self.table, self.key(key)?);
        let plan = Plan::seen(db, table);
        let (rows, related) =
            related::with_related(db, plan, table.relations, key, relations).await?;
        let row = rows.found(|row| AnyRow::with_labels(table, row))?;
        Ok((row, related))
    }

    /// The row with a key, as a path has it, to be changed; or `Error::NotFound`.
    pub async fn open(self, db: &dyn Executor, key: &str) -> Result<OpenedRow> {
        let plan = Plan::new(self.table).among(db, Action::Change);
        let rows = read::versioned(db, plan, self.key(key)?).await?;
        rows.found(|row| OpenedRow::read(self, row))
    }

    /// What deleting the row with a key, as a path has it, does to the rows that refer to it.
    pub async fn delete_effects(self, db: &dyn Executor, key: &str) -> Result<Vec<DeleteEffect>> {
        related::effects(db, self.table, self.key(key)?).await
    }

    /// Every row, one after the other as they arrive, however many there are.
    pub async fn stream(self, db: &dyn Executor) -> Result<impl Stream<Item = Result<AnyRow>>> {
        let table = self.table;
        let rows = Plan::seen(db, table).rows(db.dialect(), &[], Whole::Everything);
        let rows = db.stream(rows).await?;
        Ok(rows.map(|row| AnyRow::read(table, &mut row?.as_row())))
    }

    /// Inserts a row with its links, and returns it as the database has it.
    pub async fn insert(
        self,
        db: &dyn Executor,
        changes: Changes,
        links: Vec<LinkChange>,
    ) -> Result<AnyRow> {
        let rows = self.insert_row(db, changes, links).await?;
        rows.found(|row| AnyRow::read(self.table, row))
    }

    /// Deletes the row with a key, as a path has it.
    pub async fn delete(self, db: &dyn Executor, key: &str) -> Result<()> {
        self.delete_row(db, self.key(key)?).await
    }

    fn key(self, text: &str) -> Result<Vec<Value>> {
        path_key(self.table, text).ok_or(Error::NotFound)
    }
}
