//! How a statement about the own tables is run, and what is read of its rows.

use umbel_data::database::{Executor, Row, run_one};
use umbel_data::error::{Error, Result};
use umbel_data::values::{Timestamp, Value};

use crate::digest::SecretDigest;
use crate::tables::{Sql, values};

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

/// Runs a DELETE that ends with `LIMIT $2`, until there is nothing left to be deleted: none of them takes long, whatever
/// has gathered.
pub(super) async fn clear(db: &dyn Executor, sql: &Sql, now: Timestamp) -> Result<u64> {
    const AT_ONCE: i64 = 1_000;
    let mut all = 0;
    loop {
        let values = values![now, AT_ONCE];
        let deleted = change(db, sql, values).await?;
        all += deleted;
        if deleted < AT_ONCE as u64 {
            return Ok(all);
        }
    }
}

pub(super) fn id(row: &mut Row<'_>) -> Result<i64> {
    row.get()
}

pub(super) fn digest(row: &mut Row<'_>) -> Result<SecretDigest> {
    let bytes: Vec<u8> = row.get()?;
    SecretDigest::from_bytes(&bytes)
        .ok_or_else(|| Error::Database("a stored digest has not 32 bytes".to_owned()))
}

/// `view  add` → `view`, `add`.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}
