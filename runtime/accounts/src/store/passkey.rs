//! The passkeys of users.

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::user::{columns, user};
use super::{User, all, changes, first, id, words};
use crate::passkey::{Authenticated, Credential};
use crate::tables::{Sql, values};

/// A passkey of a user.
#[derive(Debug, Clone)]
pub struct Passkey {
    pub id: i64,
    pub user_id: i64,
    pub credential: Credential,
    /// As its owner calls it.
    pub name: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// What [`passkey`] reads, of the table with the alias `p`.
macro_rules! passkey_columns {
    () => {
        "p.id, p.user_id, p.credential, p.public_key, p.counter, p.is_backup_eligible, p.is_backed_up, p.is_verified, \
         p.transports, p.aaguid, p.name, p.created_at, p.used_at"
    };
}

fn passkey(row: &mut Row<'_>) -> Result<Passkey> {
    let (id, user_id) = (row.get()?, row.get()?);
    let credential = Credential {
        id: row.get()?,
        public_key: row.get()?,
        counter: {
            let counter: i64 = row.get()?;
            let unread = |_| Error::Database("the stored counter of a passkey is none".to_owned());
            u32::try_from(counter).map_err(unread)?
        },
        is_backup_eligible: row.get()?,
        is_backed_up: row.get()?,
        is_verified: row.get()?,
        transports: words(&row.get::<String>()?),
        aaguid: {
            let bytes: Vec<u8> = row.get()?;
            bytes.try_into().unwrap_or_default()
        },
    };
    Ok(Passkey {
        id,
        user_id,
        credential,
        name: row.get()?,
        created_at: row.get()?,
        used_at: row.get()?,
    })
}

fn passkey_and_user(row: &mut Row<'_>) -> Result<(Passkey, User)> {
    Ok((passkey(row)?, user(row)?))
}

static CREATE: Sql = Sql::new(
    "INSERT INTO umbel.passkey (
        user_id, credential, public_key, counter, is_backup_eligible, is_backed_up, is_verified, transports, aaguid,
        name, created_at
    )
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (credential) DO NOTHING
    RETURNING id",
);

static FIND: Sql = Sql::new(concat!(
    "SELECT ",
    passkey_columns!(),
    ", ",
    columns!(),
    " FROM umbel.passkey AS p
    JOIN umbel.user AS u ON u.id = p.user_id
    WHERE p.credential = $1 AND u.is_active"
));

static LIST: Sql = Sql::new(concat!(
    "SELECT ",
    passkey_columns!(),
    " FROM umbel.passkey AS p WHERE p.user_id = $1 ORDER BY p.created_at DESC, p.id DESC"
));

static USE: Sql = Sql::new(
    "UPDATE umbel.passkey SET counter = $2, is_backed_up = $3, used_at = $4
    WHERE id = $1 AND (counter < $2 OR counter = 0 AND $2 = 0)",
);

static RENAME: Sql = Sql::new("UPDATE umbel.passkey SET name = $3 WHERE user_id = $1 AND id = $2");

static REMOVE: Sql = Sql::new("DELETE FROM umbel.passkey WHERE user_id = $1 AND id = $2");

impl Passkey {
    /// Keeps a passkey that was made.
    ///
    /// # Errors
    /// [`Error::Conflict`], where somebody has it already.
    pub async fn create(
        db: &dyn Executor,
        user_id: i64,
        credential: Credential,
        name: &str,
        now: Timestamp,
    ) -> Result<Self> {
        let values = values![
            user_id,
            credential.id.clone(),
            credential.public_key.clone(),
            i64::from(credential.counter),
            credential.is_backup_eligible,
            credential.is_backed_up,
            credential.is_verified,
            credential.transports.join(" "),
            credential.aaguid.to_vec(),
            name.to_owned(),
            now,
        ];
        let made = first(db, &CREATE, values, id).await?;
        let taken = || Error::Conflict("this passkey is registered already".to_owned());
        Ok(Self {
            id: made.ok_or_else(taken)?,
            user_id,
            credential,
            name: name.to_owned(),
            created_at: now,
            used_at: None,
        })
    }

    /// The passkey of a name that a device gave it, and its user, if it can sign in.
    pub async fn find(db: &dyn Executor, credential_id: &[u8]) -> Result<Option<(Self, User)>> {
        first(db, &FIND, values![credential_id.to_vec()], passkey_and_user).await
    }

    /// The passkeys of a user, the newest first.
    pub async fn list(db: &dyn Executor, user_id: i64) -> Result<Vec<Self>> {
        all(db, &LIST, values![user_id], passkey).await
    }

    /// Notes that it has signed in; whether it may: a counter that another request has brought as far meanwhile is that of
    /// a copy.
    pub async fn used(
        &self,
        db: &dyn Executor,
        how: Authenticated,
        now: Timestamp,
    ) -> Result<bool> {
        let counter = i64::from(how.counter);
        changes(db, &USE, values![self.id, counter, how.is_backed_up, now]).await
    }

    /// Calls a passkey of a user otherwise; whether there is one.
    pub async fn rename(db: &dyn Executor, user_id: i64, id: i64, name: &str) -> Result<bool> {
        changes(db, &RENAME, values![user_id, id, name.to_owned()]).await
    }

    /// Deletes a passkey of a user; whether there was one.
    pub async fn remove(db: &dyn Executor, user_id: i64, id: i64) -> Result<bool> {
        changes(db, &REMOVE, values![user_id, id]).await
    }
}
