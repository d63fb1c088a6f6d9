//! How often something may be tried: passwords by an account, mails by an address.

use std::time::Duration;

use umbel_data::database::{Executor, Row};
use umbel_data::error::{Error, Result};
use umbel_data::values::Timestamp;

use super::{changes, clear, first, later, until};
use crate::tables::{Sql, values};

/// How often something was tried, by buckets: each has a window of time, which its first attempt opens.
#[derive(Debug, Clone, Copy)]
pub struct Attempts;

/// Whether something may be tried once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It may, and so often after that until the window ends.
    Allowed { left: u32 },
    /// Not before so long.
    Refused { retry_after: Duration },
}

struct Counted {
    count: i64,
    ends_at: Timestamp,
}

fn counted(row: &mut Row<'_>) -> Result<Counted> {
    Ok(Counted {
        count: row.get()?,
        ends_at: row.get()?,
    })
}

static TAKE: Sql = Sql::new(
    "INSERT INTO umbel.attempt AS a (bucket, count, ends_at)
    VALUES ($1, 1, $2)
    ON CONFLICT (bucket) DO UPDATE SET
        count = CASE WHEN a.ends_at <= $3 THEN 1 ELSE a.count + 1 END,
        ends_at = CASE WHEN a.ends_at <= $3 THEN excluded.ends_at ELSE a.ends_at END
    RETURNING count, ends_at",
);

static GIVE_BACK: Sql =
    Sql::new("UPDATE umbel.attempt SET count = count - 1 WHERE bucket = $1 AND count > 0");

static FORGET: Sql = Sql::new("DELETE FROM umbel.attempt WHERE bucket = $1");

static CLEAR: Sql = Sql::new(
    "DELETE FROM umbel.attempt
    WHERE bucket IN (SELECT a.bucket FROM umbel.attempt AS a WHERE a.ends_at <= $1 LIMIT $2)",
);

impl Attempts {
    /// Counts an attempt, in one statement: of any number at once, so many are allowed within a window, and no more.
    pub async fn take(
        db: &dyn Executor,
        bucket: &str,
        limit: u32,
        window: Duration,
        now: Timestamp,
    ) -> Result<Taken> {
        let values = values![bucket.to_owned(), later(now, window), now];
        let counted = first(db, &TAKE, values, counted).await?;
        let nothing = || Error::Internal("an attempt was not counted".to_owned());
        let Counted { count, ends_at } = counted.ok_or_else(nothing)?;
        Ok(match u32::try_from(i64::from(limit) - count) {
            Ok(left) => Taken::Allowed { left },
            Err(_) => Taken::Refused {
                retry_after: until(now, ends_at),
            },
        })
    }

    /// Counts an attempt no longer: it turned out to be none of those that are counted. Whether any was counted.
    pub async fn give_back(db: &dyn Executor, bucket: &str) -> Result<bool> {
        changes(db, &GIVE_BACK, values![bucket.to_owned()]).await
    }

    /// Begins anew with a bucket, as after a log-in that succeeded; whether anything was counted in it.
    pub async fn forget(db: &dyn Executor, bucket: &str) -> Result<bool> {
        changes(db, &FORGET, values![bucket.to_owned()]).await
    }

    /// Deletes the buckets whose windows have ended; how many.
    pub async fn clear_ended(db: &dyn Executor, now: Timestamp) -> Result<u64> {
        clear(db, &CLEAR, now).await
    }
}
