//! Who users are elsewhere: at OpenID providers.

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::user::{columns, user};
use super::{User, all, changes, first, id};
use crate::tables::{Sql, values};

/// Who a user is elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: i64,
    pub user_id: i64,
    pub issuer: String,
    /// Who it is, for the issuer.
    pub subject: String,
    /// The address that the issuer has told last.
    pub email: Option<String>,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

fn identity(row: &mut Row<'_>) -> Result<Identity> {
    Ok(Identity {
        id: row.get()?,
        user_id: row.get()?,
        issuer: row.get()?,
        subject: row.get()?,
        email: row.get()?,
        created_at: row.get()?,
        used_at: row.get()?,
    })
}

static LINK: Sql = Sql::new(
    "INSERT INTO umbel.identity (user_id, issuer, subject, email, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (issuer, subject) DO NOTHING
    RETURNING id",
);

static OWNER: Sql =
    Sql::new("SELECT i.user_id FROM umbel.identity AS i WHERE i.issuer = $1 AND i.subject = $2");

static FIND: Sql = Sql::new(concat!(
    "SELECT ",
    columns!(),
    " FROM umbel.identity AS i
    JOIN umbel.user AS u ON u.id = i.user_id
    WHERE i.issuer = $1 AND i.subject = $2 AND u.is_active"
));

static LIST: Sql = Sql::new(
    "SELECT i.id, i.user_id, i.issuer, i.subject, i.email, i.created_at, i.used_at
    FROM umbel.identity AS i
    WHERE i.user_id = $1
    ORDER BY i.created_at DESC, i.id DESC",
);

static USE: Sql = Sql::new(
    "UPDATE umbel.identity SET used_at = $3, email = $4 WHERE issuer = $1 AND subject = $2",
);

static UNLINK: Sql = Sql::new("DELETE FROM umbel.identity WHERE user_id = $1 AND id = $2");

impl Identity {
    /// Binds who somebody is elsewhere to a user; whether it was not before.
    ///
    /// # Errors
    /// [`Error::Conflict`], where it is bound to another user.
    pub async fn link(
        db: &dyn Executor,
        user_id: i64,
        [issuer, subject]: [&str; 2],
        email: Option<&str>,
        now: Timestamp,
    ) -> Result<bool> {
        let [issuer, subject] = [issuer, subject].map(str::to_owned);
        let values = values![
            user_id,
            issuer.clone(),
            subject.clone(),
            email.map(str::to_owned),
            now,
        ];
        if first(db, &LINK, values, id).await?.is_some() {
            return Ok(true);
        }
        match first(db, &OWNER, values![issuer, subject], id).await? {
            Some(owner) if owner == user_id => Ok(false),
            _ => Err(Error::Conflict(
                "this account elsewhere belongs to another user".to_owned(),
            )),
        }
    }

    /// The user that somebody is elsewhere, if it can sign in.
    pub async fn find(db: &dyn Executor, [issuer, subject]: [&str; 2]) -> Result<Option<User>> {
        first(
            db,
            &FIND,
            values![issuer.to_owned(), subject.to_owned()],
            user,
        )
        .await
    }

    /// Who a user is elsewhere, the newest first.
    pub async fn list(db: &dyn Executor, user_id: i64) -> Result<Vec<Self>> {
        all(db, &LIST, values![user_id], identity).await
    }

    /// Notes that somebody has signed in elsewhere, and the address that was told; whether it is anybody's.
    pub async fn used(
        db: &dyn Executor,
        [issuer, subject]: [&str; 2],
        email: Option<&str>,
        now: Timestamp,
    ) -> Result<bool> {
        let [issuer, subject] = [issuer, subject].map(str::to_owned);
        changes(
            db,
            &USE,
            values![issuer, subject, now, email.map(str::to_owned)],
        )
        .await
    }

    /// Parts one from its user; whether there was one.
    pub async fn unlink(db: &dyn Executor, user_id: i64, id: i64) -> Result<bool> {
        changes(db, &UNLINK, values![user_id, id]).await
    }
}
