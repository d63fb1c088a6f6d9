//! Tokens of the API: whose they are, what they are for, and how long.

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::user::{columns, user};
use super::{TOUCHED_EVERY, User, all, changes, digest, earlier, first, id, words};
use crate::digest::SecretDigest;
use crate::tables::{Sql, values};
use crate::token::{NewToken, Token};

/// A token of the API.
#[derive(Debug, Clone)]
pub struct ApiToken {
    pub id: i64,
    /// By it, its owner knows it again.
    pub prefix: String,
    pub digest: SecretDigest,
    pub user_id: i64,
    pub name: String,
    /// What it is good for, each a word.
    pub scopes: Vec<String>,
    pub created_at: Timestamp,
    /// Nothing for one that holds until it is revoked.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, within a minute.
    pub used_at: Option<Timestamp>,
}

/// A token that is to be.
#[derive(Debug, Clone, Copy)]
pub struct NewApiToken<'a> {
    pub user_id: i64,
    pub name: &'a str,
    /// Each a word.
    pub scopes: &'a [&'a str],
    pub expires_at: Option<Timestamp>,
}

/// What [`token`] reads, of the table with the alias `t`.
macro_rules! token_columns {
    () => {
        "t.id, t.prefix, t.digest, t.user_id, t.name, t.scopes, t.created_at, t.expires_at, t.used_at"
    };
}

fn token(row: &mut Row<'_>) -> Result<ApiToken> {
    Ok(ApiToken {
        id: row.get()?,
        prefix: row.get()?,
        digest: digest(row)?,
        user_id: row.get()?,
        name: row.get()?,
        scopes: words(&row.get::<String>()?),
        created_at: row.get()?,
        expires_at: row.get()?,
        used_at: row.get()?,
    })
}

fn token_and_user(row: &mut Row<'_>) -> Result<(ApiToken, User)> {
    Ok((token(row)?, user(row)?))
}

static CREATE: Sql = Sql::new(
    "INSERT INTO umbel.token (prefix, digest, user_id, name, scopes, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (prefix) DO NOTHING
    RETURNING id",
);

static FIND: Sql = Sql::new(concat!(
    "SELECT ",
    token_columns!(),
    ", ",
    columns!(),
    " FROM umbel.token AS t
    JOIN umbel.user AS u ON u.id = t.user_id
    WHERE t.prefix = $1 AND (t.expires_at IS NULL OR t.expires_at > $2) AND u.is_active"
));

static LIST: Sql = Sql::new(concat!(
    "SELECT ",
    token_columns!(),
    " FROM umbel.token AS t WHERE t.user_id = $1 ORDER BY t.created_at DESC, t.id DESC"
));

static TOUCH: Sql = Sql::new(
    "UPDATE umbel.token SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at <= $3)",
);

static REVOKE: Sql = Sql::new("DELETE FROM umbel.token WHERE user_id = $1 AND id = $2");

impl ApiToken {
    /// Makes one. Its text is returned, and never again.
    pub async fn create(
        db: &dyn Executor,
        new: NewApiToken<'_>,
        now: Timestamp,
    ) -> Result<(String, Self)> {
        const TRIES: usize = 3;
        // What it is named by is drawn from 850 billion, and may be drawn twice.
        for _ in 0..TRIES {
            let NewToken { text, token } = Token::generate();
            let values = values![
                token.prefix.clone(),
                token.digest.as_bytes().to_vec(),
                new.user_id,
                new.name.to_owned(),
                new.scopes.join(" "),
                now,
                new.expires_at,
            ];
            if let Some(id) = first(db, &CREATE, values, id).await? {
                let made = Self {
                    id,
                    prefix: token.prefix,
                    digest: token.digest,
                    user_id: new.user_id,
                    name: new.name.to_owned(),
                    scopes: new.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
                    created_at: now,
                    expires_at: new.expires_at,
                    used_at: None,
                };
                return Ok((text, made));
            }
        }
        Err(Error::Conflict(
            "no name was free for the token: try again".to_owned(),
        ))
    }

    /// The token that a request has sent, and its user, in one query: none that has expired, none of a user who cannot
    /// sign in, none that is only named alike.
    pub async fn find(
        db: &dyn Executor,
        sent: &Token,
        now: Timestamp,
    ) -> Result<Option<(Self, User)>> {
        let found = first(db, &FIND, values![sent.prefix.clone(), now], token_and_user).await?;
        Ok(found.filter(|(token, _)| sent.matches(&token.digest)))
    }

    /// The tokens of a user, the newest first, those that have expired among them.
    pub async fn list(db: &dyn Executor, user_id: i64) -> Result<Vec<Self>> {
        all(db, &LIST, values![user_id], token).await
    }

    /// Notes that it was used; at most once a minute, of however many requests: whether it was this one. Before that,
    /// nothing is asked.
    pub async fn touch(&self, db: &dyn Executor, now: Timestamp) -> Result<bool> {
        let before = earlier(now, TOUCHED_EVERY);
        if self.used_at.is_some_and(|used_at| used_at > before) {
            return Ok(false);
        }
        changes(db, &TOUCH, values![self.id, now, before]).await
    }

    /// Deletes a token of a user; whether there was one.
    pub async fn revoke(db: &dyn Executor, user_id: i64, id: i64) -> Result<bool> {
        changes(db, &REVOKE, values![user_id, id]).await
    }
}
