//! Files that cannot be opened or written to, and statements that take too long.

use std::fs;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use umbel::Error;
use umbel::db::{Database, Executor, Options, Statement};
use umbel::model::{Insert, Model};
use umbel::value::Value;

use crate::file::File;
use crate::film::{Film, Write, film};

#[track_caller]
fn unavailable(outcome: umbel::Result<Database>, words: &str) {
    match outcome.unwrap_err() {
        Error::Unavailable(message) => assert!(message.contains(words), "{message}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn no_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let url = format!("sqlite:{}", path.display());
    unavailable(Database::connect(&url).await, "there is no file");
    assert!(!path.exists());
    fs::write(&path, "not a database ".repeat(100)).unwrap();
    unavailable(Database::connect(&url).await, "no SQLite database");
    let folder = format!("sqlite://{}", folder.path().display());
    unavailable(Database::connect(&folder).await, "is a folder");
    unavailable(Database::connect("sqlite::memory:").await, "no file");
}

#[tokio::test]
async fn read_only() {
    let file = File::new();
    let mut permissions = fs::metadata(&file.path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&file.path, permissions).unwrap();
    let db = file.open().await;
    assert_eq!(Film::query().count(&db).await.unwrap(), 4);
    let written = Write(film("x")).insert(&db).await;
    // The superuser may write to any file.
    let superuser = fs::File::options().write(true).open(&file.path).is_ok();
    assert!(
        superuser || matches!(written, Err(Error::Forbidden(_))),
        "{written:?}"
    );
    assert!(file.folder.path().exists());
}

/// The driver has a patience of its own, five seconds.
#[tokio::test]
async fn a_file_that_is_locked_is_waited_for_as_long_as_is_said() {
    let file = File::new();
    let lock = Connection::open(&file.path).unwrap();
    lock.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let holding = thread::spawn(move || {
        thread::sleep(Duration::from_secs(6));
        lock.execute_batch("ROLLBACK").unwrap();
    });
    let options = Options {
        wait: Duration::from_secs(60),
        statement_timeout: Duration::from_secs(60),
        ..Options::default()
    };
    let db = Database::connect_with(&file.url(), &options).await.unwrap();
    assert_eq!(Film::query().count(&db).await.unwrap(), 4);
    holding.join().unwrap();
}

#[tokio::test]
async fn a_statement_that_takes_too_long() {
    let file = File::new();
    let db = file.open_impatient().await;
    let endless = Statement::new(
        "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)",
        Vec::new(),
    );
    for _ in 0..3 {
        let outcome = db.run(std::slice::from_ref(&endless)).await;
        let error = umbel::Error::from(outcome.unwrap_err());
        assert!(matches!(error, Error::Timeout), "{error:?}");
    }
    assert_eq!(Film::query().count(&db).await.unwrap(), 4);
}

#[tokio::test]
async fn a_search_that_is_longer_than_the_database_takes() {
    let file = File::new();
    let db = file.open().await;
    let search = |length: usize| {
        let pattern = Value::Text(format!("%{}%", "a".repeat(length)).into());
        Statement::new("SELECT 'a' LIKE ?1", vec![pattern])
    };
    db.run(&[search(10_000)]).await.unwrap();
    let error = Error::from(db.run(&[search(60_000)]).await.unwrap_err());
    assert!(matches!(error, Error::TooLarge(_)), "{error:?}");
}
