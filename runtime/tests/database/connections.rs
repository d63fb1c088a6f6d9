//! The pool: limits, timeouts, restarts, schema changes.

use std::time::Duration;

use umbel::Error;
use umbel::db::{Database, Executor, Options, Statement};
use umbel::model::Model;

use crate::film::Film;
use crate::server::{impatient, script, with_url};
use crate::shop::Language;

async fn run(db: &Database, sql: &str) -> Result<u64, Error> {
    let rows = db.run(&[Statement::new(sql, Vec::new())]).await?;
    Ok(rows[0].len() as u64)
}

#[tokio::test]
async fn an_exhausted_pool_is_unavailable() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &impatient()).await.unwrap();
        let (first, second) = (db.clone(), db.clone());
        let hold = |db: Database| async move {
            db.transaction(|tx| async move {
                tx.run(&[Statement::new("SELECT 1", Vec::new())]).await?;
                tokio::time::sleep(Duration::from_millis(600)).await;
                Ok(())
            })
            .await
        };
        let holding = (tokio::spawn(hold(first)), tokio::spawn(hold(second)));
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(matches!(db.ping().await, Err(Error::Unavailable(_))));
        holding.0.await.unwrap().unwrap();
        holding.1.await.unwrap().unwrap();
        db.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_slow_statement_times_out() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &impatient()).await.unwrap();
        assert!(matches!(
            run(&db, "SELECT pg_sleep(5)").await,
            Err(Error::Timeout)
        ));
        db.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn connections_that_the_server_ended_are_replaced() {
    with_url(async |url| {
        let db = Database::connect(&url).await.unwrap();
        for _ in 0..3 {
            script(
                &url,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
            assert_eq!(Film::find(&db, &1).await.unwrap().film_id, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_schema_change_is_survived() {
    with_url(async |url| {
        let db = Database::connect_with(&url, &impatient()).await.unwrap();
        for sql in [
            "ALTER TABLE shop.film ADD COLUMN more text",
            "ALTER TABLE shop.film ALTER COLUMN title TYPE text",
            "ALTER TABLE shop.film ALTER COLUMN title TYPE varchar(60)",
        ] {
            assert_eq!(Film::find(&db, &1).await.unwrap().title, "Film 001");
            script(&url, sql).await;
            assert_eq!(Film::find(&db, &1).await.unwrap().title, "Film 001");
        }
        script(
            &url,
            "ALTER TABLE shop.film ALTER COLUMN release_year TYPE text",
        )
        .await;
        let error = Film::find(&db, &1).await.unwrap_err().to_string();
        assert!(error.contains("`release_year` holds `2001`"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn prepared_statements_do_not_pile_up() {
    with_url(async |url| {
        let db = Database::connect_with(
            &url,
            &Options {
                max_connections: 1,
                ..Options::default()
            },
        )
        .await
        .unwrap();
        for index in 0..600 {
            run(&db, &format!("SELECT {index}")).await.unwrap();
        }
        let prepared = run(&db, "SELECT name FROM pg_prepared_statements")
            .await
            .unwrap();
        assert!(prepared <= 128 + 64, "{prepared}");
    })
    .await;
}

#[tokio::test]
async fn a_session_reads_the_same_whatever_the_server_prefers() {
    with_url(async |url| {
        let name = url.rsplit('/').next().unwrap();
        script(
            &url,
            &format!(
                "ALTER DATABASE {name} SET TimeZone = 'Asia/Tokyo';
                 ALTER DATABASE {name} SET DateStyle = 'SQL, DMY';
                 ALTER DATABASE {name} SET IntervalStyle = 'sql_standard'"
            ),
        )
        .await;
        let db = Database::connect(&url).await.unwrap();
        let sql = "SELECT current_setting('TimeZone') || current_setting('DateStyle') || current_setting('application_name')
                   || interval '1 day' || timestamptz '2024-01-01 00:00+00'";
        let rows = db.run(&[Statement::new(sql, Vec::new())]).await.unwrap();
        let text: Option<String> = rows[0].first(|row| row.get()).unwrap();
        assert_eq!(text.unwrap(), "UTCISO, YMDumbel1 day2024-01-01 00:00:00+00");
    })
    .await;
}

#[tokio::test]
async fn a_role_without_privileges_is_told_so() {
    with_url(async |url| {
        let db = Database::connect_with(
            &url,
            &Options {
                max_connections: 1,
                ..Options::default()
            },
        )
        .await
        .unwrap();
        run(&db, "SET SESSION AUTHORIZATION pg_monitor")
            .await
            .unwrap();
        assert!(matches!(
            Language::query().all(&db).await,
            Err(Error::Forbidden(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn urls_that_lead_nowhere_say_why() {
    let message = |outcome: umbel::Result<Database>| outcome.unwrap_err().to_string();
    let options = impatient();
    let text = message(Database::connect_with("postgres://127.0.0.1:1/none", &options).await);
    assert!(text.contains("refused"), "{text}");
    let text = message(Database::open(
        "postgres://localhost/x?sslmode=always",
        &options,
    ));
    assert!(text.contains("`verify-full`"), "{text}");
    let text = message(Database::open("mysql://localhost/x", &options));
    assert!(text.contains("no driver for `mysql:`"), "{text}");
    let text = message(Database::open("postgres://localhost:port/x", &options));
    assert!(text.contains("the database URL"), "{text}");
    with_url(async |url| {
        let text = message(Database::connect(&format!("{url}_missing")).await);
        assert!(text.contains("does not exist"), "{text}");
    })
    .await;
}

/// The processes that serve the connections of the application on a database.
async fn processes(watcher: &Database) -> Vec<i32> {
    let sql = "SELECT pid FROM pg_stat_activity
               WHERE datname = current_database() AND application_name = 'umbel' ORDER BY pid";
    let rows = watcher.run(&[Statement::new(sql, Vec::new())]).await;
    let rows = rows.unwrap();
    rows[0].iter().map(|mut row| row.get().unwrap()).collect()
}

#[tokio::test]
async fn connections_that_nobody_uses_are_closed() {
    with_url(async |url| {
        let watcher = format!("{url}?application_name=watcher");
        let watcher = Database::connect(&watcher).await.unwrap();
        let options = Options {
            idle_timeout: Duration::from_millis(400),
            ..Options::default()
        };
        let db = Database::connect_with(&url, &options).await.unwrap();
        wait_until(async || processes(&watcher).await.is_empty()).await;
        db.ping().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn old_connections_are_replaced() {
    with_url(async |url| {
        let options = Options {
            lifetime: Duration::from_millis(300),
            ..Options::default()
        };
        let db = Database::connect_with(&url, &options).await.unwrap();
        let first = processes(&db).await;
        wait_until(async || processes(&db).await != first).await;
        assert_eq!(processes(&db).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_url_says_how_many_connections_there_are() {
    with_url(async |url| {
        let url = format!("{url}?connection_limit=1&pool_timeout=1");
        let db = Database::connect(&url).await.unwrap();
        let held = db.clone();
        let outcome = held
            .transaction(|tx| {
                let db = db.clone();
                async move {
                    tx.run(&[Statement::new("SELECT 1", Vec::new())]).await?;
                    db.ping().await
                }
            })
            .await;
        let said = outcome.unwrap_err().to_string();
        assert!(said.contains("all 1 connections are busy"), "{said}");
    })
    .await;
}

/// Waits for what is bound to happen.
async fn wait_until(mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not within half a minute");
}
