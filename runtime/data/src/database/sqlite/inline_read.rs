//! Reads that are over in no time, done where they are asked for: to hand one to another thread, and its rows back,
//! takes longer than most of them do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;

/// After how many steps of SQLite's machine it is looked at.
const STEPS: i32 = 1000;

/// How often it looks before a read is no brief one: after about half a millisecond.
const LOOKS: u32 = 64;

/// About how many steps it takes to read a row and to test it.
const STEPS_PER_ROW: u64 = 10;

/// A connection's statements take as long as they take.
const UNLIMITED: u32 = u32::MAX;

/// Stops a connection's statements that take long, where they must not.
#[derive(Debug)]
pub(super) struct TimeBudget(Arc<AtomicU32>);

impl TimeBudget {
    /// Watches over a connection from now on.
    pub(super) fn over(connection: &mut Connection) -> rusqlite::Result<Self> {
        let left = Arc::new(AtomicU32::new(UNLIMITED));
        let looks = Arc::clone(&left);
        connection.progress_handler(STEPS, Some(move || look(&looks)))?;
        Ok(Self(left))
    }

    /// Does work that is stopped where it turns out to be long.
    pub(super) fn briefly<T>(&self, work: impl FnOnce() -> T) -> T {
        self.within(LOOKS, work)
    }

    /// Does work that is stopped where it reads more than so many rows, if there is a bound.
    pub(super) fn reading<T>(&self, rows: Option<u64>, work: impl FnOnce() -> T) -> T {
        let looks = rows.map_or(UNLIMITED, |rows| {
            let looks = rows.saturating_mul(STEPS_PER_ROW) / STEPS as u64;
            // What is beyond any number is no bound, and what is brief is never too much.
            u32::try_from(looks).unwrap_or(UNLIMITED).max(LOOKS)
        });
        self.within(looks, work)
    }

    fn within<T>(&self, looks: u32, work: impl FnOnce() -> T) -> T {
        self.0.store(looks, Ordering::Relaxed);
        let done = work();
        self.0.store(UNLIMITED, Ordering::Relaxed);
        done
    }
}

/// Whether to stop. The connection has one thread at a time, so that nothing comes between.
fn look(left: &AtomicU32) -> bool {
    match left.load(Ordering::Relaxed) {
        UNLIMITED => false,
        0 => true,
        looks => {
            left.store(looks - 1, Ordering::Relaxed);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_stopped_where_it_must_be_brief() {
        let mut connection = Connection::open_in_memory().unwrap();
        let budget = TimeBudget::over(&mut connection).unwrap();
        let count_to = |last: u32| {
            let sql = format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last})
                 SELECT count(*) FROM n"
            );
            connection.query_row(&sql, [], |row| row.get::<_, u32>(0))
        };
        for _ in 0..3 {
            assert_eq!(budget.briefly(|| count_to(100)), Ok(100));
            assert!(budget.briefly(|| count_to(100_000)).is_err());
            assert_eq!(count_to(100_000), Ok(100_000));
        }
    }
}
