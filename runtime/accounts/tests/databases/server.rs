//! A fresh database on the server of `UMBEL_TEST_DATABASE_URL`, dropped when the test ends.

use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;

/// A fresh database.
pub(crate) struct Fresh {
    server: String,
    name: String,
    pub(crate) url: String,
}

impl Fresh {
    /// Makes one; none without a server, and the test says so.
    pub(crate) async fn new() -> Option<Self> {
        static COUNTER: AtomicU32 = AtomicU32::new(0);
        let Ok(server) = std::env::var("UMBEL_TEST_DATABASE_URL") else {
            eprintln!("skipped: no database (UMBEL_TEST_DATABASE_URL is not set)");
            return None;
        };
        let id = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("umbel_accounts_{}_{id}", std::process::id());
        script(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .await;
        let (base, query) = server.split_once('?').unwrap_or((&server, ""));
        let (scheme, rest) = base.split_once("://").expect("a URL");
        let authority = rest.split('/').next().unwrap_or(rest);
        let url = format!("{scheme}://{authority}/{name}?{query}");
        Some(Self { server, name, url })
    }
}

/// Also when the test panics.
impl Drop for Fresh {
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

/// Runs statements over a connection of their own.
pub(crate) async fn script(url: &str, sql: &str) {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.expect("connects");
    let connection = tokio::spawn(connection);
    client.batch_execute(sql).await.expect("the script runs");
    drop(client);
    connection.await.expect("joins").expect("closes");
}
