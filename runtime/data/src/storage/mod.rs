//! Finds out how a table is stored: about how many rows it has, and which of its indexes serve a list.

mod postgres;
mod sqlite;

use std::sync::Arc;

use crate::catalog::Table;
use crate::database::{Dialect, Executor, Storage};

/// How a table is stored; nothing where nobody is to know. What cannot be found out counts as few rows.
pub async fn storage(db: &dyn Executor, table: &'static Table) -> Option<Arc<Storage>> {
    let storages = db.storages()?;
    if let Some(storage) = storages.known(table) {
        return Some(storage);
    }
    let large = storages.lists.large;
    let storage = match db.dialect() {
        Dialect::Postgres => postgres::read(db, table, large).await,
        Dialect::Sqlite => sqlite::read(db, table, large).await,
    };
    let storage = Arc::new(storage.unwrap_or_else(|error| {
        let Table { schema, name, .. } = table;
        tracing::warn!("how {schema}.{name} is stored cannot be found out: {error}");
        Storage::default()
    }));
    storages.keep(table, Arc::clone(&storage));
    Some(storage)
}
