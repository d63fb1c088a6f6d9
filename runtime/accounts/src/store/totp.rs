//! What a user's authenticator app knows, and which of its codes were used.

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::{changes, first, system_time};
use crate::otp::TotpSecret;
use crate::tables::{Sql, values};

/// What a user's authenticator app knows.
#[derive(Debug, Clone)]
pub struct Totp {
    pub user_id: i64,
    pub secret: TotpSecret,
    /// Nothing until a first code has proved that the app has it: no factor before that.
    pub confirmed_at: Option<Timestamp>,
    /// The last step of which a code was used.
    step: Option<u64>,
}

fn totp(row: &mut Row<'_>) -> Result<Totp> {
    let user_id = row.get()?;
    let secret: String = row.get()?;
    let unread = || Error::Database("a stored secret of an authenticator app is none".to_owned());
    let confirmed_at = row.get()?;
    let step: Option<i64> = row.get()?;
    Ok(Totp {
        user_id,
        secret: TotpSecret::from_base32(&secret).ok_or_else(unread)?,
        confirmed_at,
        step: step.and_then(|step| u64::try_from(step).ok()),
    })
}

static BEGIN: Sql = Sql::new(
    "INSERT INTO umbel.totp AS t (user_id, secret)
    VALUES ($1, $2)
    ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, step = NULL
    WHERE t.confirmed_at IS NULL",
);

static FIND: Sql = Sql::new(
    "SELECT t.user_id, t.secret, t.confirmed_at, t.step FROM umbel.totp AS t WHERE t.user_id = $1",
);

static CONFIRM: Sql = Sql::new(
    "UPDATE umbel.totp SET step = $3, confirmed_at = $4
    WHERE user_id = $1 AND secret = $2 AND confirmed_at IS NULL",
);

static USE: Sql = Sql::new(
    "UPDATE umbel.totp SET step = $3
    WHERE user_id = $1 AND secret = $2 AND confirmed_at IS NOT NULL AND (step IS NULL OR step < $3)",
);

static REMOVE: Sql = Sql::new("DELETE FROM umbel.totp WHERE user_id = $1");

impl Totp {
    /// Keeps the secret that a user is shown, in the place of one that was not confirmed; whether there is no other one.
    pub async fn begin(db: &dyn Executor, user_id: i64, secret: &TotpSecret) -> Result<bool> {
        changes(db, &BEGIN, values![user_id, secret.to_base32()]).await
    }

    /// What a user has, confirmed or not.
    pub async fn find(db: &dyn Executor, user_id: i64) -> Result<Option<Self>> {
        first(db, &FIND, values![user_id], totp).await
    }

    /// Takes the first code, which proves that the app has the secret; whether it does.
    pub async fn confirm(&self, db: &dyn Executor, code: &str, now: Timestamp) -> Result<bool> {
        let Some(step) = self.step_of(code, now) else {
            return Ok(false);
        };
        let values = values![self.user_id, self.secret.to_base32(), step, now];
        changes(db, &CONFIRM, values).await
    }

    /// Takes a code; whether it is good. Of two requests with the same one, the other one is refused.
    pub async fn redeem(&self, db: &dyn Executor, code: &str, now: Timestamp) -> Result<bool> {
        let Some(step) = self.step_of(code, now) else {
            return Ok(false);
        };
        changes(
            db,
            &USE,
            values![self.user_id, self.secret.to_base32(), step],
        )
        .await
    }

    /// Takes it away; whether there was one.
    pub async fn remove(db: &dyn Executor, user_id: i64) -> Result<bool> {
        changes(db, &REMOVE, values![user_id]).await
    }

    fn step_of(&self, code: &str, now: Timestamp) -> Option<i64> {
        let step = self.secret.verify(code, system_time(now), self.step)?;
        i64::try_from(step).ok()
    }
}
