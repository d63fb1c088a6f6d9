//! Fills any database with believable rows that satisfy its constraints.
//!
//! A row that the database refuses is made anew with other values; what could not be made is reported, table by table.

mod filler;
mod limits;
mod order;
mod pattern;
mod row;
#[cfg(test)]
mod tests;
mod types;
mod value;
mod words;

use std::fmt;

use tokio_postgres::NoTls;
use umbel_schema::model::ObjectName;
use umbel_schema::postgres::{self, ReadOptions};

use filler::Filler;

/// How a database is filled.
#[derive(Debug, Clone)]
pub struct Options {
    /// The database schemas, all of them.
    pub schemas: Vec<String>,
    /// How many rows every table is to have at least.
    pub rows: usize,
    /// The same seed makes the same rows.
    pub seed: u64,
}

/// What became of every table.
#[derive(Debug)]
pub struct Report {
    pub tables: Vec<Filled>,
    wanted: usize,
}

/// What became of one table.
#[derive(Debug)]
pub struct Filled {
    pub table: ObjectName,
    /// How many rows it has now.
    pub rows: usize,
    /// Why it has not as many as were asked for.
    pub refused: Option<String>,
}

impl Report {
    /// The tables that have no row at all.
    pub fn empty(&self) -> impl Iterator<Item = &Filled> {
        self.tables.iter().filter(|filled| filled.rows == 0)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for filled in self
            .tables
            .iter()
            .filter(|filled| filled.rows < self.wanted)
        {
            let why = filled.refused.as_deref().unwrap_or("no row could be made");
            writeln!(f, "{}: {} rows: {why}", filled.table, filled.rows)?;
        }
        let full = self
            .tables
            .iter()
            .filter(|filled| filled.rows >= self.wanted);
        write!(
            f,
            "{} of {} tables have {} rows or more",
            full.count(),
            self.tables.len(),
            self.wanted
        )
    }
}

/// Fills the database at a URL.
pub fn fill(url: &str, options: &Options) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    runtime.block_on(run(url, options))
}

async fn run(url: &str, options: &Options) -> Report {
    let read = ReadOptions {
        schemas: options.schemas.clone(),
    };
    let schema = postgres::read(url, &read)
        .await
        .unwrap_or_else(|error| panic!("{url}: {error}"));
    let (client, connection) = tokio_postgres::connect(url, NoTls)
        .await
        .unwrap_or_else(|error| panic!("{url}: {error}"));
    let driver = tokio::spawn(connection);
    let mut filler = Filler::new(&schema, &client, options);
    let report = filler.fill().await;
    drop(client);
    let _ = driver.await;
    report
}
