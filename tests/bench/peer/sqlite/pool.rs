//! The connections: each is used by one thread at a time, of those that may wait.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rusqlite::{Connection, OpenFlags, Result};

/// Connections to one file that only read, opened when they are needed.
pub(super) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.into(),
            idle: Mutex::default(),
        }
    }

    /// Works with a connection where that holds up nobody.
    pub(super) async fn with<T: Send + 'static>(
        self: Arc<Self>,
        work: fn(&Connection) -> Result<T>,
    ) -> Result<T> {
        let work = move || {
            let idle = self.idle.lock().expect("no thread panics").pop();
            let connection = idle.map_or_else(|| self.open(), Ok)?;
            let outcome = work(&connection);
            self.idle.lock().expect("no thread panics").push(connection);
            outcome
        };
        tokio::task::spawn_blocking(work)
            .await
            .expect("no thread panics")
    }

    fn open(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(&self.path, flags)
    }
}
