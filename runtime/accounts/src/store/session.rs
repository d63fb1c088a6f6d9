//! Sessions: who is signed in, where and since when.

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::user::{columns, user};
use super::{TOUCHED_EVERY, User, all, change, changes, clear, digest, earlier, first, id};
use crate::digest::SecretDigest;
use crate::session_key::SessionKey;
use crate::tables::{Sql, values};

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    pub id: i64,
    /// Of its key.
    pub digest: SecretDigest,
    pub user_id: i64,
    pub created_at: Timestamp,
    /// When it was last used, within a minute.
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether it outlives the browser.
    pub is_remembered: bool,
    /// When its user last proved who it is.
    pub authenticated_at: Timestamp,
    pub user_agent: String,
    pub address: String,
}

/// A session that is to be.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    pub user_id: i64,
    pub expires_at: Timestamp,
    pub is_remembered: bool,
    pub user_agent: &'a str,
    pub address: &'a str,
}

/// How many signs are kept of what a browser calls itself.
const USER_AGENT: usize = 255;

/// What [`session`] reads, of the table with the alias `s`.
macro_rules! session_columns {
    () => {
        "s.id, s.digest, s.user_id, s.created_at, s.seen_at, s.expires_at, s.is_remembered, s.authenticated_at, \
         s.user_agent, s.address"
    };
}

fn session(row: &mut Row<'_>) -> Result<Session> {
    Ok(Session {
        id: row.get()?,
        digest: digest(row)?,
        user_id: row.get()?,
        created_at: row.get()?,
        seen_at: row.get()?,
        expires_at: row.get()?,
        is_remembered: row.get()?,
        authenticated_at: row.get()?,
        user_agent: row.get()?,
        address: row.get()?,
    })
}

fn session_and_user(row: &mut Row<'_>) -> Result<(Session, User)> {
    Ok((session(row)?, user(row)?))
}

static CREATE: Sql = Sql::new(
    "INSERT INTO umbel.session (
        digest, user_id, created_at, seen_at, expires_at, is_remembered, authenticated_at, user_agent, address
    )
    VALUES ($1, $2, $3, $3, $4, $5, $3, $6, $7)
    RETURNING id",
);

static FIND: Sql = Sql::new(concat!(
    "SELECT ",
    session_columns!(),
    ", ",
    columns!(),
    " FROM umbel.session AS s
    JOIN umbel.user AS u ON u.id = s.user_id
    WHERE s.digest = $1 AND s.expires_at > $2 AND u.is_active"
));

static LIST: Sql = Sql::new(concat!(
    "SELECT ",
    session_columns!(),
    " FROM umbel.session AS s
    WHERE s.user_id = $1 AND s.expires_at > $2
    ORDER BY s.seen_at DESC, s.id DESC"
));

static TOUCH: Sql =
    Sql::new("UPDATE umbel.session SET seen_at = $2 WHERE id = $1 AND seen_at <= $3");

static ROTATE: Sql = Sql::new(
    "UPDATE umbel.session SET digest = $3, authenticated_at = $4 WHERE id = $1 AND digest = $2",
);

static END: Sql = Sql::new("DELETE FROM umbel.session WHERE digest = $1");

static REVOKE: Sql = Sql::new("DELETE FROM umbel.session WHERE user_id = $1 AND id = $2");

static REVOKE_OTHERS: Sql = Sql::new("DELETE FROM umbel.session WHERE user_id = $1 AND id <> $2");

static REVOKE_ALL: Sql = Sql::new("DELETE FROM umbel.session WHERE user_id = $1");

static CLEAR: Sql = Sql::new(
    "DELETE FROM umbel.session
    WHERE id IN (SELECT s.id FROM umbel.session AS s WHERE s.expires_at <= $1 LIMIT $2)",
);

impl Session {
    /// Begins one, for a user who [may](User::signed_in). Its key is returned, and never again.
    pub async fn create(
        db: &dyn Executor,
        new: NewSession<'_>,
        now: Timestamp,
    ) -> Result<(SessionKey, Self)> {
        let key = SessionKey::generate();
        let digest = key.digest();
        let NewSession {
            user_id,
            expires_at,
            is_remembered,
            ..
        } = new;
        let user_agent: String = new.user_agent.chars().take(USER_AGENT).collect();
        let address = new.address.to_owned();
        let values = values![
            digest.as_bytes().to_vec(),
            user_id,
            now,
            expires_at,
            is_remembered,
            user_agent.clone(),
            address.clone(),
        ];
        let id = first(db, &CREATE, values, id).await?;
        let nothing = || Error::Internal("a session was not stored".to_owned());
        let session = Self {
            id: id.ok_or_else(nothing)?,
            digest,
            user_id,
            created_at: now,
            seen_at: now,
            expires_at,
            is_remembered,
            authenticated_at: now,
            user_agent,
            address,
        };
        Ok((key, session))
    }

    /// The session of a key, and its user, in one query: none that has expired, none of a user who cannot sign in.
    pub async fn find(
        db: &dyn Executor,
        digest: &SecretDigest,
        now: Timestamp,
    ) -> Result<Option<(Self, User)>> {
        let values = values![digest.as_bytes().to_vec(), now];
        first(db, &FIND, values, session_and_user).await
    }

    /// The sessions of a user, the last one used first.
    pub async fn list(db: &dyn Executor, user_id: i64, now: Timestamp) -> Result<Vec<Self>> {
        all(db, &LIST, values![user_id, now], session).await
    }

    /// Notes that it was used; at most once a minute, of however many requests: whether it was this one. Before that,
    /// nothing is asked.
    pub async fn touch(&self, db: &dyn Executor, now: Timestamp) -> Result<bool> {
        let before = earlier(now, TOUCHED_EVERY);
        if self.seen_at > before {
            return Ok(false);
        }
        changes(db, &TOUCH, values![self.id, now, before]).await
    }

    /// Notes that its user has proved once more who it is, and gives it another key; nothing, where it had another one
    /// already, or is over.
    pub async fn rotate(&self, db: &dyn Executor, now: Timestamp) -> Result<Option<SessionKey>> {
        let key = SessionKey::generate();
        let (old, new) = (self.digest.as_bytes().to_vec(), key.digest());
        let values = values![self.id, old, new.as_bytes().to_vec(), now];
        Ok(changes(db, &ROTATE, values).await?.then_some(key))
    }

    /// Ends the session of a key; whether there was one.
    pub async fn end(db: &dyn Executor, digest: &SecretDigest) -> Result<bool> {
        changes(db, &END, values![digest.as_bytes().to_vec()]).await
    }

    /// Ends a session of a user; whether there was one.
    pub async fn revoke(db: &dyn Executor, user_id: i64, id: i64) -> Result<bool> {
        changes(db, &REVOKE, values![user_id, id]).await
    }

    /// Ends all sessions of its user but this one; how many.
    pub async fn revoke_others(&self, db: &dyn Executor) -> Result<u64> {
        change(db, &REVOKE_OTHERS, values![self.user_id, self.id]).await
    }

    /// Ends all sessions of a user; how many.
    pub async fn revoke_all(db: &dyn Executor, user_id: i64) -> Result<u64> {
        change(db, &REVOKE_ALL, values![user_id]).await
    }

    /// Deletes those that have expired; how many.
    pub async fn clear_expired(db: &dyn Executor, now: Timestamp) -> Result<u64> {
        clear(db, &CLEAR, now).await
    }
}
