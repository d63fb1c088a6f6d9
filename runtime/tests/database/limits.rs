//! The limits of a session, and statements that nobody waits for any more.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use umbel::Error;
use umbel::db::{Database, Executor, Options, Statement};
use umbel::model::Model;

use crate::film::{Film, FilmPatch};
use crate::server::{script, with_url};

/// Options under which nothing but a cancellation ends a statement.
fn patient() -> Options {
    Options {
        max_connections: 1,
        statement_timeout: Duration::ZERO,
        ..Options::default()
    }
}

async fn text(db: &Database, sql: &str) -> String {
    let rows = db.run(&[Statement::new(sql, Vec::new())]).await.unwrap();
    let text: Option<String> = rows[0].first(|row| row.get()).unwrap();
    text.unwrap()
}

/// Waits until as many statements sleep on the server.
async fn sleeping(watcher: &Database, expected: &str) {
    let sql = "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database()
               AND pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%pg_sleep(600)%'";
    for _ in 0..600 {
        if text(watcher, sql).await == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not {expected} statements sleep");
}

#[tokio::test]
async fn a_statement_that_nobody_waits_for_is_cancelled_before_others_are_served() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &patient()).await.unwrap();
        let watcher = Database::connect(&url).await.unwrap();
        let asleep = Statement::new("SELECT pg_sleep(600)::text", Vec::new());
        // One, several at once, in a transaction, and as rows that arrive one by one.
        for way in 0..4 {
            let (db, asleep) = (db.clone(), asleep.clone());
            let task = tokio::spawn(async move {
                match way {
                    0 => drop(db.run(&[asleep]).await),
                    1 => drop(db.run(&[asleep.clone(), asleep]).await),
                    2 => drop(
                        db.transaction(|tx| async move { Ok(tx.run(&[asleep]).await?) })
                            .await,
                    ),
                    _ => {
                        let mut rows = db.stream(asleep).await.unwrap();
                        rows.next().await;
                    }
                }
            });
            sleeping(&watcher, "1").await;
            task.abort();
            sleeping(&watcher, "0").await;
        }
        assert_eq!(text(&db, "SELECT 'served'").await, "served");
    })
    .await;
}

#[tokio::test]
async fn where_one_statement_fails_the_others_are_not_left_running() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &patient()).await.unwrap();
        let watcher = Database::connect(&url).await.unwrap();
        let statements =
            ["SELECT 1 / 0", "SELECT pg_sleep(600)"].map(|sql| Statement::new(sql, Vec::new()));
        db.run(&statements).await.unwrap_err();
        sleeping(&watcher, "0").await;
        db.ping().await.unwrap();
    })
    .await;
}

/// What is asked of a connection that is lost is answered at once, and must not be waited for again.
#[tokio::test]
async fn several_statements_on_a_connection_that_is_lost_are_let_go() {
    static PANICS: AtomicU32 = AtomicU32::new(0);
    with_url(async |url| {
        let db = Database::connect_with(&url, &patient()).await.unwrap();
        let watcher = Database::connect(&url).await.unwrap();
        let known = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            PANICS.fetch_add(1, Ordering::Relaxed);
            known(panic);
        }));
        // What only reads would be asked again.
        let asleep = "WITH asleep AS (SELECT pg_sleep(600)::text) SELECT * FROM asleep";
        let asleep = [asleep, asleep].map(|sql| Statement::new(sql, Vec::new()));
        let lost = tokio::spawn({
            let db = db.clone();
            async move { db.run(&asleep).await.map(|_| ()) }
        });
        sleeping(&watcher, "1").await;
        let terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'WITH asleep%'";
        script(&url, terminate).await;
        let error = lost.await.unwrap().map_err(Error::from).unwrap_err();
        assert!(matches!(error, Error::Conflict(_)), "{error}");
        // The next one waits until the connection, the only one, is given back.
        db.ping().await.unwrap();
        assert_eq!(PANICS.load(Ordering::Relaxed), 0);
    })
    .await;
}

#[tokio::test]
async fn a_shorter_limit_of_the_database_stays() {
    with_url(async |url| {
        let name = url.rsplit('/').next().unwrap();
        let limits = "SELECT current_setting('statement_timeout') || ' ' || current_setting('lock_timeout')
                      || ' ' || current_setting('idle_in_transaction_session_timeout')";
        let ours = Database::connect(&url).await.unwrap();
        assert_eq!(text(&ours, limits).await, "10s 5s 1min");
        script(
            &url,
            &format!(
                "ALTER DATABASE {name} SET statement_timeout = '2s'; ALTER DATABASE {name} SET lock_timeout = '1min'"
            ),
        )
        .await;
        let shorter = Database::connect(&url).await.unwrap();
        assert_eq!(text(&shorter, limits).await, "2s 5s 1min");
        let said = format!("{url}?options=-c%20statement_timeout%3D1h");
        let said = Database::connect(&said).await.unwrap();
        assert_eq!(text(&said, limits).await, "1h 5s 1min");
        let named = format!("{url}?statement_timeout=90s&lock_timeout=700&idle_in_transaction_session_timeout=2%20min");
        let named = Database::connect(&named).await.unwrap();
        assert_eq!(text(&named, limits).await, "90s 700ms 2min");
        assert!(matches!(
            shorter
                .run(&[Statement::new("SELECT pg_sleep(600)", Vec::new())])
                .await
                .map_err(Error::from),
            Err(Error::Timeout)
        ));
    })
    .await;
}

/// Waits until as many sessions wait for a lock that another one has.
async fn sessions_wait(watcher: &Database, count: usize) {
    let sql = "SELECT count(*)::text FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..600 {
        if text(watcher, sql).await == count.to_string() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{count} sessions never waited for a lock");
}

#[tokio::test]
async fn who_loses_a_deadlock_is_tried_once_more() {
    with_url(async |url| {
        let db = Database::connect(&url).await.unwrap();
        let watcher = Database::connect(&url).await.unwrap();
        let shorten = {
            let patch = FilmPatch {
                length: Some(Some(5)),
                ..FilmPatch::default()
            };
            let films = Film::query().filter(Film::FILM_ID.in_([1, 2, 3]));
            let db = db.clone();
            async move { films.update(&db, patch).await }
        };
        let (other, other_ends) = session(&url).await;
        let (third, third_ends) = session(&url).await;
        let take = "UPDATE shop.film SET title = title WHERE film_id = ";
        // Who waits last finds the deadlock and gives up: the other one waits for our first film before we wait for
        // its last, and never looks for a deadlock itself. In between, we wait for a third.
        other
            .batch_execute(&format!("SET deadlock_timeout = '1h'; BEGIN; {take} 3"))
            .await
            .unwrap();
        third
            .batch_execute(&format!("BEGIN; {take} 2"))
            .await
            .unwrap();
        let ours = tokio::spawn(shorten);
        sessions_wait(&watcher, 1).await;
        let others = tokio::spawn(async move {
            let taken = other.batch_execute(&format!("{take} 1; COMMIT")).await;
            taken.map(|()| other)
        });
        sessions_wait(&watcher, 2).await;
        third.batch_execute("ROLLBACK").await.unwrap();
        let other = others.await.unwrap().unwrap();
        assert_eq!(ours.await.unwrap().unwrap(), 3);
        drop((other, third));
        other_ends.await.unwrap().unwrap();
        third_ends.await.unwrap().unwrap();
    })
    .await;
}

/// A session of its own, and its connection, which ends after it.
async fn session(
    url: &str,
) -> (
    tokio_postgres::Client,
    tokio::task::JoinHandle<Result<(), tokio_postgres::Error>>,
) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .unwrap();
    (client, tokio::spawn(connection))
}
