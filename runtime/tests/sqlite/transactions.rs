//! Transactions: kept, rolled back, nested, dropped.

use umbel::Error;
use umbel::db::{Database, Executor};
use umbel::model::{Insert, Model};

use crate::file::File;
use crate::film::{Film, Write, film};

async fn add(db: &dyn Executor, title: &str) -> umbel::Result<Film> {
    Write(film(title).set(Film::YEAR, 2000)).insert(db).await
}

async fn titles(db: &Database) -> String {
    let added = Film::query()
        .filter(Film::YEAR.eq(2000))
        .order_by(Film::TITLE.asc());
    let films = added.all(db).await.unwrap();
    films
        .iter()
        .map(|film| film.title.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn kept_rolled_back_and_nested() {
    let file = File::new();
    let db = file.open().await;
    db.transaction(|tx| async move {
        add(&tx, "a").await?;
        let inner: umbel::Result<()> = tx
            .transaction(|tx| async move {
                add(&tx, "b").await?;
                Err(Error::NotFound)
            })
            .await;
        assert!(matches!(inner, Err(Error::NotFound)));
        tx.transaction(|tx| async move { add(&tx, "c").await })
            .await?;
        Ok(())
    })
    .await
    .unwrap();
    let failed: umbel::Result<()> = db
        .transaction(|tx| async move {
            add(&tx, "d").await?;
            Err(Error::NotFound)
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(titles(&db).await, "a c");
}

#[tokio::test]
async fn dropped_in_the_middle() {
    let file = File::new();
    let db = file.open().await;
    {
        let work = db.transaction(|tx| async move {
            add(&tx, "a").await?;
            std::future::pending::<umbel::Result<()>>().await
        });
        let outcome = tokio::time::timeout(std::time::Duration::from_millis(300), work).await;
        assert!(outcome.is_err());
    }
    add(&db, "b").await.unwrap();
    assert_eq!(titles(&db).await, "b");
}

#[tokio::test]
async fn deferred_keys_are_checked_at_the_end() {
    let file = File::new();
    let db = file.open().await;
    let late = db
        .transaction(|tx| async move {
            Write(film("b").set(Film::YEAR, 2000).set(Film::SEQUEL_OF, 77))
                .insert(&tx)
                .await?;
            Write(film("a").set(Film::YEAR, 2000).set(Film::FILM_ID, 77))
                .insert(&tx)
                .await
        })
        .await;
    assert!(late.is_ok(), "{late:?}");
    let broken = db
        .transaction(|tx| async move {
            Write(film("c").set(Film::YEAR, 2000).set(Film::SEQUEL_OF, 999))
                .insert(&tx)
                .await
        })
        .await;
    assert!(matches!(broken, Err(Error::Invalid(_))), "{broken:?}");
    assert_eq!(titles(&db).await, "a b");
}

#[tokio::test]
async fn readers_do_not_wait_for_a_writer() {
    let file = File::new();
    let db = file.open_impatient().await;
    let other = db.clone();
    db.transaction(|tx| async move {
        add(&tx, "a").await?;
        assert_eq!(titles(&other).await, "");
        // A second writer waits, but not for ever.
        assert!(matches!(add(&other, "b").await, Err(Error::Unavailable(_))));
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(titles(&db).await, "a");
}
