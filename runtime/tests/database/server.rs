//! A fresh database on the server of `UMBEL_TEST_DATABASE_URL`, dropped when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;
use umbel::db::{Database, Options};

static COUNTER: AtomicU32 = AtomicU32::new(0);

/// Runs a test on a fresh database that has the schema of this folder.
pub async fn with_database<F: Future<Output = ()>>(test: impl FnOnce(Database) -> F) {
    with_url(async |url| test(Database::connect(&url).await.expect("connects")).await).await;
}

/// Runs a test on the URL of a fresh database that has the schema of this folder; through the pooler of
/// `UMBEL_TEST_POOLER_URL`, if there is one.
pub async fn with_url(test: impl AsyncFnOnce(String)) {
    let Ok(server) = std::env::var("UMBEL_TEST_DATABASE_URL") else {
        eprintln!("skipped: no database (UMBEL_TEST_DATABASE_URL is not set)");
        return;
    };
    let id = COUNTER.fetch_add(1, Ordering::Relaxed);
    let name = format!("umbel_test_{}_{id}", std::process::id());
    script(&server, &format!("CREATE DATABASE {name}")).await;
    let url = in_database(&server, &name);
    script(&url, include_str!("schema.sql")).await;
    let dropped = Dropped { server, name };
    let pooler = std::env::var("UMBEL_TEST_POOLER_URL");
    test(pooler.map_or(url, |pooler| in_database(&pooler, &dropped.name))).await;
    drop(dropped);
}

/// Runs statements over a connection of their own.
pub async fn script(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await.expect("the script runs");
    drop(client);
    connection.await.expect("joins").expect("closes");
}

/// Options with which a test does not wait long.
pub fn impatient() -> Options {
    Options {
        max_connections: 2,
        wait: std::time::Duration::from_millis(200),
        statement_timeout: std::time::Duration::from_millis(300),
        ..Options::default()
    }
}

/// The same server, another database: `postgres://u@h:1/a?x` → `postgres://u@h:1/name?x`.
fn in_database(url: &str, name: &str) -> String {
    let (front, query) = url
        .split_once('?')
        .map_or((url, String::new()), |(front, query)| {
            (front, format!("?{query}"))
        });
    let start = front.find("://").map_or(0, |at| at + 3);
    let host = front[start..]
        .find('/')
        .map_or(front, |at| &front[..start + at]);
    format!("{host}/{name}{query}")
}

/// Drops the database, also when the test panics.
struct Dropped {
    server: String,
    name: String,
}

impl Drop for Dropped {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let server = self.server.clone();
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(script(&server, &sql));
        });
        dropping.join().expect("the database is dropped");
    }
}
