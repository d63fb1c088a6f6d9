//! Files that are replaced, deleted and restored while they are open, and what stays of them as it is.

use std::fs;

use umbel::Error;
use umbel::db::Database;
use umbel::model::{Insert, Model};

use crate::file::File;
use crate::film::{Film, Write, film};

/// Puts a file with one film in the place of another, as a restore of a backup does.
fn replace(file: &File) {
    let backup = File::new();
    backup.run("DELETE FROM film WHERE film_id > 1");
    let beside = file.folder.path().join("backup.db");
    fs::copy(&backup.path, &beside).unwrap();
    fs::rename(&beside, &file.path).unwrap();
}

async fn count(db: &Database) -> umbel::Result<u64> {
    Film::query().count(db).await
}

#[track_caller]
fn unavailable<T: std::fmt::Debug>(outcome: umbel::Result<T>, words: &str) {
    match outcome.unwrap_err() {
        Error::Unavailable(message) => assert!(message.contains(words), "{message}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_journal_mode_stays_as_it_is() {
    let file = File::new();
    let mode = || {
        let connection = rusqlite::Connection::open(&file.path).unwrap();
        let mode: String = connection
            .query_row("PRAGMA journal_mode", [], |row| row.get(0))
            .unwrap();
        mode
    };
    for expect in ["delete", "wal"] {
        file.run(&format!("PRAGMA journal_mode = {expect}"));
        let db = file.open().await;
        Write(film(expect)).insert(&db).await.unwrap();
        assert!(count(&db).await.unwrap() > 4);
        drop(db);
        assert_eq!(mode(), expect);
    }
}

#[tokio::test]
async fn a_file_that_is_replaced_is_read_anew() {
    for mode in ["DELETE", "WAL"] {
        let file = File::new();
        file.run(&format!("PRAGMA journal_mode = {mode}"));
        let db = file.open().await;
        assert_eq!(count(&db).await.unwrap(), 4);
        Write(film("lost")).insert(&db).await.unwrap();
        replace(&file);
        assert_eq!(count(&db).await.unwrap(), 1, "{mode}");
        Write(film("kept")).insert(&db).await.unwrap();
        assert_eq!(count(&db).await.unwrap(), 2, "{mode}");
        let other = file.open().await;
        assert_eq!(count(&other).await.unwrap(), 2, "{mode}");
    }
}

#[tokio::test]
async fn a_file_that_is_deleted_is_missed() {
    let file = File::new();
    let db = file.open().await;
    let copy = fs::read(&file.path).unwrap();
    fs::remove_file(&file.path).unwrap();
    unavailable(count(&db).await, "there is no file");
    unavailable(Write(film("x")).insert(&db).await, "there is no file");
    assert!(!file.path.exists());
    fs::write(&file.path, copy).unwrap();
    assert_eq!(count(&db).await.unwrap(), 4);
}

#[tokio::test]
async fn a_transaction_over_a_file_that_is_gone_is_not_kept() {
    let file = File::new();
    let db = file.open().await;
    let outcome = db
        .transaction(|tx| async move {
            Write(film("nowhere")).insert(&tx).await?;
            Ok(tx)
        })
        .await;
    outcome.unwrap();
    let (file, db) = (&file, &db);
    let outcome = db
        .transaction(|tx| async move {
            Write(film("nowhere else")).insert(&tx).await?;
            replace(file);
            // Nobody reads the new file beside what the old one has left.
            unavailable(count(db).await, "has been replaced");
            Ok(())
        })
        .await;
    unavailable(outcome, "nothing has been saved");
    assert_eq!(count(db).await.unwrap(), 1);
}
