//! What a database says before anything is done: whether the ledger is there, and who may make it.

use umbel_data::database::{Dialect, Executor, Row, Statement, run_one};
use umbel_data::error::{Error, Result};

/// What a database says before anything is done.
#[derive(Debug, Clone)]
pub(super) struct DatabaseState {
    pub(super) has_ledger: bool,
    pub(super) has_schema: bool,
    /// Whether there are tables where ours would be.
    pub(super) has_tables: bool,
    pub(super) may_create: bool,
    /// Whether the ledger may be read, if there is one.
    pub(super) may_read: bool,
    /// Whether it takes no changes, from nobody.
    pub(super) is_read_only: bool,
    pub(super) role: String,
    pub(super) database: String,
    /// Who may do what the role may not.
    pub(super) owner: String,
}

impl DatabaseState {
    pub(super) async fn read(db: &dyn Executor) -> Result<Self> {
        let (text, read): (_, fn(&mut Row<'_>) -> Result<Self>) = match db.dialect() {
            Dialect::Postgres => (include_str!("database_state.postgres.sql"), postgres),
            Dialect::Sqlite => (SQLITE, sqlite),
        };
        let rows = run_one(db, Statement::new(text, Vec::new())).await?;
        let nothing = || Error::Internal("the database says nothing of itself".to_owned());
        rows.first(read)?.ok_or_else(nothing)
    }
}

fn postgres(row: &mut Row<'_>) -> Result<DatabaseState> {
    Ok(DatabaseState {
        has_ledger: row.get()?,
        has_schema: row.get()?,
        has_tables: row.get()?,
        may_create: row.get()?,
        may_read: {
            let (may_use, may_read): (bool, bool) = (row.get()?, row.get()?);
            may_use && may_read
        },
        is_read_only: row.get()?,
        role: row.get()?,
        database: row.get()?,
        owner: row.get()?,
    })
}

/// A file has no roles: whether it can be written to is found out by writing.
const SQLITE: &str = "
    SELECT
        max(name = 'umbel_migration' AND sql LIKE '%checksum%'),
        count(*) > 0
    FROM sqlite_schema
    WHERE type IN ('table', 'view') AND name LIKE 'umbel\\_%' ESCAPE '\\'";

fn sqlite(row: &mut Row<'_>) -> Result<DatabaseState> {
    let has_ledger: Option<bool> = row.get()?;
    Ok(DatabaseState {
        has_ledger: has_ledger.unwrap_or_default(),
        has_schema: true,
        has_tables: row.get()?,
        may_create: true,
        may_read: true,
        is_read_only: false,
        role: String::new(),
        database: String::new(),
        owner: String::new(),
    })
}
