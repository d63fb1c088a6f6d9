//! A fresh database for each case.

use std::env;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::{Client, Config, NoTls};
use umbel_schema::Schema;
use umbel_schema::model::{Column, ObjectName, Relation};
use umbel_schema::postgres::{Error, ReadOptions, read};

/// Loads the statements into a fresh database, reads its schema `public`, and drops it.
/// Without a server there is nothing to read, and the test says so.
pub(crate) async fn schema(sql: &str) -> Option<Schema> {
    let result = read_schemas(sql, &[]).await?;
    Some(result.expect("a schema"))
}

/// The same for some schemas, or for what goes wrong.
pub(crate) async fn read_schemas(sql: &str, schemas: &[&str]) -> Option<Result<Schema, Error>> {
    let options = options(schemas);
    with(sql, async |url| read(url, &options).await).await
}

/// Loads the statements into a fresh database, does something with its URL, and drops it.
pub(crate) async fn with<T>(sql: &str, work: impl AsyncFnOnce(&str) -> T) -> Option<T> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = env::var("UMBEL_TEST_DATABASE_URL") else {
        eprintln!("skipped: no database (UMBEL_TEST_DATABASE_URL is not set)");
        return None;
    };
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("umbel_schema_{}_{number}", process::id());
    let admin = connect(&server).await;
    let run = async |sql: String| admin.batch_execute(&sql).await.expect("a statement");
    run(format!("DROP DATABASE IF EXISTS {name}")).await;
    run(format!("CREATE DATABASE {name} TEMPLATE template0")).await;

    let url = url_of(&server, &name);
    let client = connect(&url).await;
    let loaded = client.batch_execute(sql).await;
    drop(client);
    let result = match loaded {
        Ok(()) => Ok(work(&url).await),
        Err(error) => Err(error),
    };
    // Also after a mistake in the statements nothing stays behind.
    run(format!("DROP DATABASE {name} WITH (FORCE)")).await;
    Some(result.expect("the statements"))
}

pub(crate) fn options(schemas: &[&str]) -> ReadOptions {
    ReadOptions {
        schemas: schemas.iter().map(|&name| name.to_owned()).collect(),
    }
}

/// The URL of another database on the same server.
pub(crate) fn url_of(server: &str, database: &str) -> String {
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = base.split_once("://").expect("a URL");
    let authority = rest.split('/').next().unwrap_or(rest);
    format!("{scheme}://{authority}/{database}?{query}")
}

pub(crate) async fn connect(url: &str) -> Client {
    let config: Config = url.parse().expect("a URL");
    let (client, connection) = config.connect(NoTls).await.expect("a connection");
    tokio::spawn(connection);
    client
}

pub(crate) fn relation<'a>(schema: &'a Schema, name: &str) -> &'a Relation {
    let name = match name.split_once('.') {
        Some((schema, name)) => ObjectName::new(schema, name),
        None => ObjectName::new("public", name),
    };
    let mut relations = schema.relations.iter();
    relations
        .find(|relation| relation.name == name)
        .unwrap_or_else(|| panic!("no relation {name}"))
}

pub(crate) fn column<'a>(relation: &'a Relation, name: &str) -> &'a Column {
    let mut columns = relation.columns.iter();
    columns
        .find(|column| column.name == name)
        .unwrap_or_else(|| panic!("no column {name}"))
}

pub(crate) fn public(name: &str) -> ObjectName {
    ObjectName::new("public", name)
}
