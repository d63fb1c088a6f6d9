//! How a statement about the own tables is run, and what is read of its rows.

use umbel_data::database::{Executor, Row, run_one};
use umbel_data::error::Result;
use umbel_data::values::Value;

use crate::tables::Sql;

/// Reads the rows of a statement.
pub(super) async fn all<T>(
    db: &dyn Executor,
    sql: &Sql,
    values: Vec<Value>,
    read: fn(&mut Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    run_one(db, sql.with(db.dialect(), values))
        .await?
        .read(read)
}

/// Reads the row of a statement, if there is one.
pub(super) async fn first<T>(
    db: &dyn Executor,
    sql: &Sql,
    values: Vec<Value>,
    read: fn(&mut Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    run_one(db, sql.with(db.dialect(), values))
        .await?
        .first(read)
}

/// Changes rows, and says how many.
pub(super) async fn change(db: &dyn Executor, sql: &Sql, values: Vec<Value>) -> Result<u64> {
    Ok(run_one(db, sql.with(db.dialect(), values)).await?.affected)
}

/// Changes a row, and says whether there was one to be changed.
pub(super) async fn changes(db: &dyn Executor, sql: &Sql, values: Vec<Value>) -> Result<bool> {
    Ok(change(db, sql, values).await? > 0)
}

pub(super) fn id(row: &mut Row<'_>) -> Result<i64> {
    row.get()
}
