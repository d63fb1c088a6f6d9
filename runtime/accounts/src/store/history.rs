//! What was done with which row, when, and by whom.

use umbel_data::database::{Executor, Row};
use umbel_data::error::Result;
use umbel_data::values::{Json, Timestamp};

use super::{all, changes, clear};
use crate::tables::{Sql, values};

/// Something that was done with a row.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    pub id: i64,
    pub at: Timestamp,
    /// The number of the user, who may be gone.
    pub user_id: Option<i64>,
    pub actor: String,
    pub surface: String,
    pub schema: String,
    pub table: String,
    pub key: String,
    pub action: String,
    pub changes: Json,
    pub request_id: Option<String>,
}

/// Something that is done with a row. It belongs into the transaction that does it.
#[derive(Debug, Clone, Copy)]
pub struct NewHistory<'a> {
    pub user_id: Option<i64>,
    /// Who it is, as a text: a login, the name of a job.
    pub actor: &'a str,
    /// Where it is done: pages, the admin, the API, a command.
    pub surface: &'a str,
    pub schema: &'a str,
    pub table: &'a str,
    /// The row's key as an address has it.
    pub key: &'a str,
    pub action: &'a str,
    /// What was before and what is now, by column.
    pub changes: &'a Json,
    pub request_id: Option<&'a str>,
}

fn history(row: &mut Row<'_>) -> Result<History> {
    Ok(History {
        id: row.get()?,
        at: row.get()?,
        user_id: row.get()?,
        actor: row.get()?,
        surface: row.get()?,
        schema: row.get()?,
        table: row.get()?,
        key: row.get()?,
        action: row.get()?,
        changes: row.get()?,
        request_id: row.get()?,
    })
}

/// What [`history`] reads, of the table with the alias `h`.
macro_rules! history_columns {
    () => {
        "h.id, h.at, h.user_id, h.actor, h.surface, h.table_schema, h.table_name, h.row_key, h.action, h.changes, \
         h.request_id"
    };
}

static WRITE: Sql = Sql::new(
    "INSERT INTO umbel.history (
        at, user_id, actor, surface, table_schema, table_name, row_key, action, changes, request_id
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);

static OF_ROW: Sql = Sql::new(concat!(
    "SELECT ",
    history_columns!(),
    " FROM umbel.history AS h
    WHERE h.table_schema = $1 AND h.table_name = $2 AND h.row_key = $3 AND h.id < $4
    ORDER BY h.id DESC
    LIMIT $5"
));

static OF_USER: Sql = Sql::new(concat!(
    "SELECT ",
    history_columns!(),
    " FROM umbel.history AS h WHERE h.user_id = $1 AND h.id < $2 ORDER BY h.id DESC LIMIT $3"
));

static CLEAR: Sql = Sql::new(
    "DELETE FROM umbel.history WHERE id IN (SELECT h.id FROM umbel.history AS h WHERE h.at <= $1 LIMIT $2)",
);

impl History {
    /// Notes what was done.
    pub async fn write(db: &dyn Executor, new: NewHistory<'_>, now: Timestamp) -> Result<()> {
        let values = values![
            now,
            new.user_id,
            new.actor.to_owned(),
            new.surface.to_owned(),
            new.schema.to_owned(),
            new.table.to_owned(),
            new.key.to_owned(),
            new.action.to_owned(),
            new.changes.clone(),
            new.request_id.map(str::to_owned),
        ];
        changes(db, &WRITE, values).await?;
        Ok(())
    }

    /// What was done with a row, the last first: so much of it, before some number if that is said.
    pub async fn of_row(
        db: &dyn Executor,
        [schema, table, key]: [&str; 3],
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Self>> {
        let [schema, table, key] = [schema, table, key].map(str::to_owned);
        let before = before.unwrap_or(i64::MAX);
        all(
            db,
            &OF_ROW,
            values![schema, table, key, before, i64::from(limit)],
            history,
        )
        .await
    }

    /// What a user has done, likewise.
    pub async fn of_user(
        db: &dyn Executor,
        user_id: i64,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Self>> {
        let before = before.unwrap_or(i64::MAX);
        all(
            db,
            &OF_USER,
            values![user_id, before, i64::from(limit)],
            history,
        )
        .await
    }

    /// Deletes what is as old as that or older; how much.
    pub async fn clear(db: &dyn Executor, until: Timestamp) -> Result<u64> {
        clear(db, &CLEAR, until).await
    }
}
