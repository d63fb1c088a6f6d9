//! A database file for one test.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;
use umbel::db::{Database, Options};

/// A file with the schema of this folder; it is deleted with the value.
pub(crate) struct File {
    pub(crate) path: PathBuf,
    pub(crate) folder: TempDir,
}

impl File {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let file = Self { path, folder };
        file.run(include_str!("schema.sql"));
        file
    }

    /// Runs SQL past the application.
    #[track_caller]
    pub(crate) fn run(&self, sql: &str) {
        let connection = Connection::open(&self.path).unwrap();
        connection.execute_batch(sql).unwrap();
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.path.display())
    }

    pub(crate) async fn open(&self) -> Database {
        Database::connect(&self.url()).await.unwrap()
    }

    /// Opens the file so that tables count as large from so many rows on.
    pub(crate) async fn open_with_large(&self, rows: u64) -> Database {
        let mut options = Options::default();
        options.lists.large = rows;
        Database::connect_with(&self.url(), &options).await.unwrap()
    }

    /// Opens the file with options by which a test does not wait long.
    pub(crate) async fn open_impatient(&self) -> Database {
        let options = Options {
            max_connections: 2,
            wait: Duration::from_millis(200),
            statement_timeout: Duration::from_millis(300),
            ..Options::default()
        };
        Database::connect_with(&self.url(), &options).await.unwrap()
    }
}
