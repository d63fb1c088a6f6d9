//! Materialized views: what they hold is as old as their last refresh.

use super::Model;
use crate::catalog::{Table, quoted};
use crate::database::{Executor, Failure, Statement, run_one};
use crate::error::Result;

/// A materialized view as a Rust type.
pub trait Materialized: Model {
    /// Whether the view can be read while it is filled again: it has a unique index over all rows.
    const CONCURRENTLY: bool;

    /// Fills the view again with what its query finds now.
    fn refresh(db: &dyn Executor) -> impl Future<Output = Result<()>> + Send {
        refresh(db, Self::TABLE, Self::CONCURRENTLY)
    }
}

async fn refresh(db: &dyn Executor, table: &'static Table, concurrently: bool) -> Result<()> {
    // A view that was never filled cannot be filled concurrently.
    if concurrently && run(db, table, "CONCURRENTLY ").await.is_ok() {
        return Ok(());
    }
    run(db, table, "").await?;
    Ok(())
}

async fn run(db: &dyn Executor, table: &'static Table, how: &str) -> Result<(), Failure> {
    let (schema, name) = (quoted(table.schema), quoted(table.name));
    let sql = format!("REFRESH MATERIALIZED VIEW {how}{schema}.{name}");
    run_one(db, Statement::new(sql, Vec::new())).await?;
    Ok(())
}
