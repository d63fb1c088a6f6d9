//! How tables are stored: about how many rows they have, and which of their indexes serve a list. What has been found out
//! is kept for a while: an index may come, and rows do.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Lists;
use crate::catalog::Table;

/// How long is believed what was found out.
const FRESH: Duration = Duration::from_secs(60);

/// What has been found out of the tables of a database.
#[derive(Debug)]
pub struct Storages {
    pub lists: Lists,
    known: Mutex<HashMap<Name, Known>>,
}

type Name = (&'static str, &'static str);

#[derive(Debug, Clone)]
struct Known {
    since: Instant,
    storage: Arc<Storage>,
}

/// How a table is stored.
#[derive(Debug, Default)]
pub struct Storage {
    /// About how many rows it has, if it has more than are few.
    pub rows: Option<u64>,
    /// What PostgreSQL says that it costs to read all of them.
    pub cost: f64,
    /// Whether indexes say what it can be asked: a view has none, and may be quick all the same.
    pub is_indexed: bool,
    /// The columns whose order an index has.
    pub ordered: BTreeSet<&'static str>,
    /// The columns of which an index finds a value.
    pub found: BTreeSet<&'static str>,
    /// The columns of which the database knows how many rows have a value: they have few different ones, or lie in
    /// their order.
    pub weighed: BTreeSet<&'static str>,
    /// Whether rows are kept in parts, on which no index can be made while others write.
    pub is_partitioned: bool,
    /// The indexes into texts.
    pub texts: Vec<TextIndex>,
}

/// An index into texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextIndex {
    /// Finds what stands anywhere in the column.
    Trigrams(&'static str),
    /// Finds what the column begins with, in the case in which it is written.
    Prefixes(&'static str),
    /// Finds words, as its expression reads them from the row.
    Words {
        /// The expression, as PostgreSQL writes it.
        expression: String,
        /// The name of the configuration by which the words are read; that of the session, if it is not known.
        language: Option<String>,
    },
}

impl Storages {
    pub(super) fn new(lists: Lists) -> Self {
        let known = Mutex::default();
        Self { lists, known }
    }

    /// What is known of a table; nothing where it is to be found out, which others do not at the same time.
    pub fn known(&self, table: &'static Table) -> Option<Arc<Storage>> {
        let mut tables = self.lock();
        let known = tables.get_mut(&name(table))?;
        if known.since.elapsed() > FRESH {
            known.since = Instant::now();
            return None;
        }
        Some(Arc::clone(&known.storage))
    }

    /// Keeps what was found out.
    pub fn keep(&self, table: &'static Table, storage: Arc<Storage>) {
        let since = Instant::now();
        self.lock().insert(name(table), Known { since, storage });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Name, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn name(table: &Table) -> Name {
    (table.schema, table.name)
}
