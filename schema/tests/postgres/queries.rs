//! The number of queries does not depend on the number of tables.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::Config;
use tokio_postgres::config::Host;
use umbel_schema::postgres::{ReadOptions, read, read_whole};

use crate::database::with;

/// A server between a client and PostgreSQL that counts the queries that pass.
struct Counter {
    url: String,
    queries: Arc<AtomicUsize>,
}

impl Counter {
    /// Counts what goes to the database that a URL names.
    async fn before(url: &str) -> Self {
        let config: Config = url.parse().expect("a URL");
        let address = match &config.get_hosts()[0] {
            Host::Tcp(host) => format!("{host}:{}", config.get_ports().first().unwrap_or(&5432)),
            Host::Unix(path) => panic!("the server is to be reached by TCP, not {path:?}"),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let queries = Arc::new(AtomicUsize::new(0));
        let counted = queries.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = TcpStream::connect(&address).await.expect("a server");
                tokio::spawn(pass(client, server, counted.clone()));
            }
        });
        let password = config.get_password().unwrap_or_default();
        let password = String::from_utf8_lossy(password);
        let user = config.get_user().unwrap_or("postgres");
        let database = config.get_dbname().expect("a database");
        Self {
            // Without the question for TLS, so that the first message is the one without a kind.
            url: format!(
                "postgres://{user}:{password}@127.0.0.1:{port}/{database}?sslmode=disable"
            ),
            queries,
        }
    }

    fn taken(&self) -> usize {
        self.queries.swap(0, Ordering::Relaxed)
    }
}

/// Passes everything on, message by message where it comes from the client.
async fn pass(client: TcpStream, server: TcpStream, queries: Arc<AtomicUsize>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    tokio::spawn(async move { copy(&mut from_server, &mut to_client).await });
    // The first message has no kind.
    let mut kind = None;
    loop {
        let Ok(length) = from_client.read_u32().await else {
            return;
        };
        let mut rest = vec![0; length as usize - 4];
        if from_client.read_exact(&mut rest).await.is_err() {
            return;
        }
        // `P` parses a statement, `Q` is a simple query.
        if matches!(kind, Some(b'P' | b'Q')) {
            queries.fetch_add(1, Ordering::Relaxed);
        }
        let mut message: Vec<u8> = kind.into_iter().collect();
        message.extend(length.to_be_bytes());
        message.extend(rest);
        if to_server.write_all(&message).await.is_err() {
            return;
        }
        let Ok(next) = from_client.read_u8().await else {
            return;
        };
        kind = Some(next);
    }
}

/// The queries of a reading, and of one with what the statements need.
async fn queries(sql: &str) -> Option<(usize, usize)> {
    with(sql, async |url| {
        let counter = Counter::before(url).await;
        let options = ReadOptions::default();
        read(&counter.url, &options).await.expect("a schema");
        let plain = counter.taken();
        read_whole(&counter.url, &options).await.expect("a schema");
        (plain, counter.taken())
    })
    .await
}

#[tokio::test]
async fn as_many_for_a_hundred_tables_as_for_one() {
    let Some(one) = queries("CREATE TABLE lonely (id int PRIMARY KEY)").await else {
        return;
    };
    let mut sql = "CREATE TYPE mood AS ENUM ('good');
         CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        .to_owned();
    for number in 0..50 {
        sql.push_str(&format!(
            "CREATE TABLE t{number} (id serial PRIMARY KEY, mood mood, at date NOT NULL DEFAULT now());
             CREATE TABLE p{number} (id int REFERENCES t{number}, at date) PARTITION BY RANGE (at);
             CREATE TABLE p{number}_rest PARTITION OF p{number} DEFAULT;
             CREATE VIEW v{number} AS SELECT id FROM t{number};
             CREATE INDEX i{number} ON t{number} (at DESC);
             CREATE TRIGGER touch BEFORE UPDATE ON t{number} FOR EACH ROW EXECUTE FUNCTION touch();",
        ));
    }
    let many = queries(&sql).await;
    assert_eq!(many, Some(one));
    let (plain, whole) = one;
    assert!(plain > 10 && whole > plain, "{plain} queries, then {whole}");
}
