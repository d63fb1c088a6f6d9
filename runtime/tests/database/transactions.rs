//! Transactions: kept, rolled back, nested, dropped.

use std::time::Duration;

use umbel::Error;
use umbel::db::{Database, Executor, Transaction};
use umbel::model::{Changes, Insert, Model};

use crate::server::{impatient, with_database, with_url};
use crate::shop::{Language, Write};

async fn add(db: &dyn Executor, name: &str) -> umbel::Result<Language> {
    Write::new(Changes::default().set(Language::NAME, name.to_owned()))
        .insert(db)
        .await
}

async fn has(db: &Database, name: &str) -> bool {
    Language::query()
        .filter(Language::NAME.eq(name))
        .exists(db)
        .await
        .unwrap()
}

#[tokio::test]
async fn kept_or_rolled_back() {
    with_database(async |db| {
        let kept = db
            .transaction(|tx| async move { add(&tx, "Latin").await })
            .await
            .unwrap();
        assert_eq!(kept.name, "Latin");
        assert!(has(&db, "Latin").await);
        let failed: umbel::Result<()> = db
            .transaction(|tx| async move {
                add(&tx, "Greek").await?;
                Err(Error::NotFound)
            })
            .await;
        assert!(matches!(failed, Err(Error::NotFound)));
        assert!(!has(&db, "Greek").await);
    })
    .await;
}

#[tokio::test]
async fn a_failure_that_is_swallowed_is_no_success() {
    with_database(async |db| {
        let outcome = db
            .transaction(|tx| async move {
                add(&tx, "Greek").await?;
                add(&tx, "English").await.unwrap_err();
                Ok(())
            })
            .await;
        assert!(outcome.is_err());
        assert!(!has(&db, "Greek").await);
    })
    .await;
}

#[tokio::test]
async fn nested_by_savepoints() {
    with_database(async |db| {
        db.transaction(|tx| async move {
            add(&tx, "One").await?;
            let inner: umbel::Result<()> = tx
                .transaction(|tx| async move {
                    add(&tx, "Two").await?;
                    add(&tx, "English").await?;
                    Ok(())
                })
                .await;
            assert!(matches!(inner, Err(Error::Invalid(_))));
            tx.transaction(|tx| async move { add(&tx, "Three").await })
                .await?;
            Ok(())
        })
        .await
        .unwrap();
        assert!(has(&db, "One").await && !has(&db, "Two").await && has(&db, "Three").await);
    })
    .await;
}

#[tokio::test]
async fn dropped_or_panicking_is_rolled_back() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &impatient()).await.unwrap();
        let dropped = db.transaction(|tx| async move {
            add(&tx, "Dropped").await?;
            std::future::pending::<umbel::Result<()>>().await
        });
        assert!(
            tokio::time::timeout(Duration::from_millis(100), dropped)
                .await
                .is_err()
        );
        let nested = db.transaction(|tx| async move {
            add(&tx, "Outer").await?;
            let inner = tx.transaction(|tx| async move {
                add(&tx, "Inner").await?;
                std::future::pending::<umbel::Result<()>>().await
            });
            assert!(
                tokio::time::timeout(Duration::from_millis(100), inner)
                    .await
                    .is_err()
            );
            Ok(())
        });
        nested.await.unwrap();
        let other = db.clone();
        let panicking = tokio::spawn(async move {
            let work = |tx: Transaction| async move {
                add(&tx, "Panicked").await?;
                if true {
                    panic!("on purpose");
                }
                Ok(())
            };
            other.transaction(work).await
        });
        assert!(panicking.await.is_err());
        // Both connections serve again, outside any transaction.
        for name in ["Dropped", "Panicked", "Inner"] {
            assert!(!has(&db, name).await, "{name}");
        }
        assert!(has(&db, "Outer").await);
        add(&db, "Afterwards").await.unwrap();
        assert!(has(&Database::connect(&url).await.unwrap(), "Afterwards").await);
    })
    .await;
}

#[tokio::test]
async fn a_handle_that_outlives_its_transaction_is_refused() {
    with_database(async |db| {
        let leaked = db
            .transaction(|tx| async move { Ok(tx.clone()) })
            .await
            .unwrap();
        assert!(matches!(
            add(&leaked, "Late").await,
            Err(Error::Internal(_))
        ));
        drop(leaked);
        assert!(!has(&db, "Late").await);
    })
    .await;
}

/// What an axum handler demands of the future of a transaction.
#[tokio::test]
async fn futures_are_send() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    with_database(async |db| {
        is_send(db.transaction(|tx| async move { add(&tx, "Sent").await }))
            .await
            .unwrap();
        is_send(
            Language::query()
                .filter(Language::NAME.eq("Sent"))
                .with(Language::FILMS)
                .all(&db),
        )
        .await
        .unwrap();
        drop(is_send(Language::query().stream(&db)).await.unwrap());
    })
    .await;
}
