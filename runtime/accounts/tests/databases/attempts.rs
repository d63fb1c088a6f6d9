//! How often something may be tried.

use std::time::Duration;

use umbel_accounts::store::{Attempts, Taken};
use umbel_data::database::Executor;

use crate::place::{at, each};

const MINUTE: Duration = Duration::from_secs(60);

async fn take(db: &dyn Executor, bucket: &str, now: i64) -> Taken {
    Attempts::take(db, bucket, 3, MINUTE, at(now))
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_opened_by_its_first_attempt() {
    each(async |place| {
        let db = &place.one;
        let left = |left| Taken::Allowed { left };
        let wait = |seconds| Taken::Refused {
            retry_after: Duration::from_secs(seconds),
        };
        for (bucket, now, expect) in [
            ("a", 0, left(2)),
            ("a", 20, left(1)),
            ("a", 40, left(0)),
            ("a", 50, wait(10)),
            ("b", 50, left(2)),
            ("a", 59, wait(1)),
            ("a", 60, left(2)),
            ("a", 61, left(1)),
        ] {
            assert_eq!(take(db, bucket, now).await, expect, "{bucket} {now}");
        }
        assert!(Attempts::forget(db, "a").await.unwrap());
        assert!(!Attempts::forget(db, "a").await.unwrap());
        assert_eq!(take(db, "a", 62).await, left(2));
        assert_eq!(Attempts::clear_ended(db, at(110)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_any_number_at_once_so_many_are_allowed() {
    each(async |place| {
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..40 {
            let db = if number % 2 == 0 {
                &place.one
            } else {
                &place.two
            };
            let db = db.clone();
            tasks.spawn(async move { take(&db, "mary", 1).await });
        }
        let mut taken = tasks.join_all().await;
        taken.retain(|taken| matches!(taken, Taken::Allowed { .. }));
        let mut left: Vec<u32> = taken
            .iter()
            .map(|taken| match taken {
                Taken::Allowed { left } => *left,
                Taken::Refused { .. } => unreachable!("retained"),
            })
            .collect();
        left.sort_unstable();
        assert_eq!(left, [0, 1, 2]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn none_are_allowed_where_the_limit_is_none() {
    each(async |place| {
        let taken = Attempts::take(&place.one, "x", 0, MINUTE, at(0))
            .await
            .unwrap();
        assert_eq!(
            taken,
            Taken::Refused {
                retry_after: MINUTE
            }
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_that_is_given_back_is_not_counted() {
    each(async |place| {
        let db = &place.one;
        assert!(!Attempts::give_back(db, "a").await.unwrap());
        for _ in 0..5 {
            assert_eq!(take(db, "a", 0).await, Taken::Allowed { left: 2 });
            assert!(Attempts::give_back(db, "a").await.unwrap());
        }
        assert!(!Attempts::give_back(db, "a").await.unwrap(), "none is left");
        assert_eq!(take(db, "a", 0).await, Taken::Allowed { left: 2 });
    })
    .await;
}
