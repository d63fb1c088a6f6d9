//! How an application uses its database.

use std::time::Duration;

/// How an application uses its database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// How many connections may be open at once.
    pub max_connections: usize,
    /// How long a request waits for a connection that is free.
    pub wait: Duration,
    /// How long opening a connection may take.
    pub connect_timeout: Duration,
    /// How long a statement may run; where a role of PostgreSQL has a shorter limit of its own, that one counts.
    pub statement_timeout: Duration,
    /// How long a statement may wait for a lock that someone else has, in PostgreSQL.
    pub lock_timeout: Duration,
    /// How long a transaction may stand still, in PostgreSQL.
    pub idle_in_transaction_timeout: Duration,
    /// How long a connection that nobody uses stays open, to PostgreSQL.
    pub idle_timeout: Duration,
    /// How long a connection is used before a new one takes its place, to PostgreSQL.
    pub lifetime: Duration,
    /// What lists may ask of it.
    pub lists: Lists,
    /// The name under which the database shows the connections, unless the URL has one.
    pub application_name: String,
}

/// What lists may ask of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lists {
    /// How long each statement of a list may run.
    pub timeout: Duration,
    /// From how many rows on a table is large: of such a one, what would read about as many is refused.
    pub large: u64,
    /// How many of the newest rows of a large table a search looks into that no index serves.
    pub recent: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_connections: 16,
            wait: Duration::from_secs(5),
            connect_timeout: Duration::from_secs(5),
            statement_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(5),
            idle_in_transaction_timeout: Duration::from_secs(60),
            idle_timeout: Duration::from_secs(600),
            lifetime: Duration::from_secs(3600),
            lists: Lists::default(),
            application_name: "umbel".to_owned(),
        }
    }
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(7),
            large: 100_000,
            recent: 5_000,
        }
    }
}
