//! The recovery codes that a user has left.

use umbel_data::database::Executor;
use umbel_data::error::Result;
use umbel_data::values::Value;

use super::{changes, first};
use crate::recovery::{self, NewRecoveryCodes};
use crate::tables::{Sql, values};

/// The recovery codes of users.
#[derive(Debug, Clone, Copy)]
pub struct RecoveryCodes;

/// All of them at once: two requests that make new ones end as those of one.
static REPLACE: Sql = Sql::new(
    "INSERT INTO umbel.recovery_code (user_id, place, digest)
    VALUES
        ($1, 0, $2), ($1, 1, $3), ($1, 2, $4), ($1, 3, $5), ($1, 4, $6),
        ($1, 5, $7), ($1, 6, $8), ($1, 7, $9), ($1, 8, $10), ($1, 9, $11)
    ON CONFLICT (user_id, place) DO UPDATE SET digest = excluded.digest",
);

static REDEEM: Sql = Sql::new("DELETE FROM umbel.recovery_code WHERE user_id = $1 AND digest = $2");

static COUNT: Sql = Sql::new("SELECT count(*) FROM umbel.recovery_code WHERE user_id = $1");

static REMOVE: Sql = Sql::new("DELETE FROM umbel.recovery_code WHERE user_id = $1");

impl RecoveryCodes {
    /// Makes new ones in the place of all that there were. They are returned, and never again.
    pub async fn replace(db: &dyn Executor, user_id: i64) -> Result<[String; recovery::COUNT]> {
        let NewRecoveryCodes { texts, digests } = recovery::generate();
        let mut values = values![user_id];
        let digests = digests.iter().map(|digest| digest.as_bytes().to_vec());
        values.extend(digests.map(|digest| Value::Bytes(digest.into())));
        changes(db, &REPLACE, values).await?;
        Ok(texts)
    }

    /// Takes a code that was typed; whether it is good. It is good for once: of two requests with the same one, the other
    /// one is refused.
    pub async fn redeem(db: &dyn Executor, user_id: i64, typed: &str) -> Result<bool> {
        let Some(digest) = recovery::digest(typed) else {
            return Ok(false);
        };
        changes(db, &REDEEM, values![user_id, digest.as_bytes().to_vec()]).await
    }

    /// How many a user has left.
    pub async fn count(db: &dyn Executor, user_id: i64) -> Result<usize> {
        let counted = first(db, &COUNT, values![user_id], super::id).await?;
        Ok(counted
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0))
    }

    /// Takes all of a user away; whether there were any.
    pub async fn remove(db: &dyn Executor, user_id: i64) -> Result<bool> {
        changes(db, &REMOVE, values![user_id]).await
    }
}
