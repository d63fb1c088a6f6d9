//! What is begun in one request and ended in another, once: a log-in elsewhere, the challenge of a passkey.

use umbel_data::database::{Executor, Row};
use umbel_data::error::Result;
use umbel_data::values::Timestamp;

use super::{changes, clear, first};
use crate::session_key::SessionKey;
use crate::tables::{Sql, values};

/// What was begun, as it is taken to be ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub payload: String,
    /// Who has begun it, if that was known.
    pub user_id: Option<i64>,
}

/// What is begun.
#[derive(Debug, Clone, Copy)]
pub struct NewState<'a> {
    /// What is begun for one purpose is ended for no other.
    pub purpose: &'a str,
    pub payload: &'a str,
    pub user_id: Option<i64>,
    pub expires_at: Timestamp,
}

fn state(row: &mut Row<'_>) -> Result<State> {
    Ok(State {
        payload: row.get()?,
        user_id: row.get()?,
    })
}

static KEEP: Sql = Sql::new(
    "INSERT INTO umbel.state (digest, purpose, user_id, payload, expires_at) VALUES ($1, $2, $3, $4, $5)",
);

static FIND: Sql = Sql::new(
    "SELECT s.payload, s.user_id
    FROM umbel.state AS s
    WHERE s.digest = $1 AND s.purpose = $2 AND s.expires_at > $3",
);

static TAKE: Sql = Sql::new(
    "DELETE FROM umbel.state
    WHERE digest = $1 AND purpose = $2 AND expires_at > $3
    RETURNING payload, user_id",
);

static CLEAR: Sql = Sql::new(
    "DELETE FROM umbel.state
    WHERE digest IN (SELECT s.digest FROM umbel.state AS s WHERE s.expires_at <= $1 LIMIT $2)",
);

impl State {
    /// Keeps it. Its key, which is made as that of a session, is returned, and never again.
    pub async fn keep(db: &dyn Executor, new: NewState<'_>) -> Result<SessionKey> {
        let key = SessionKey::generate();
        let values = values![
            key.digest().as_bytes().to_vec(),
            new.purpose.to_owned(),
            new.user_id,
            new.payload.to_owned(),
            new.expires_at,
        ];
        changes(db, &KEEP, values).await?;
        Ok(key)
    }

    /// What was kept, which stays where it is.
    pub async fn find(
        db: &dyn Executor,
        purpose: &str,
        key: &SessionKey,
        now: Timestamp,
    ) -> Result<Option<Self>> {
        let values = values![key.digest().as_bytes().to_vec(), purpose.to_owned(), now];
        first(db, &FIND, values, state).await
    }

    /// Takes what was kept, and forgets it: of two requests with the same key, the other one has nothing.
    pub async fn take(
        db: &dyn Executor,
        purpose: &str,
        key: &SessionKey,
        now: Timestamp,
    ) -> Result<Option<Self>> {
        let values = values![key.digest().as_bytes().to_vec(), purpose.to_owned(), now];
        first(db, &TAKE, values, state).await
    }

    /// Deletes what has expired; how much.
    pub async fn clear_expired(db: &dyn Executor, now: Timestamp) -> Result<u64> {
        clear(db, &CLEAR, now).await
    }
}
