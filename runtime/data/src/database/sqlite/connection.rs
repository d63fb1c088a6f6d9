//! One connection: opened with what every connection of ours needs, and how it runs statements.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::encode::Param;
use super::error::failure;
use super::file::{Claim, File};
use super::inline_read::TimeBudget;
use super::notation;
use super::rows::{Collector, DbRow, DbRows};
use crate::database::rows::Inner;
use crate::database::{Failure, ROW_HASH, Row, Rows, Sink, Statement};
use crate::error::Error;

/// How many prepared statements a connection keeps: lists have no end of filters, and there are many connections.
const STATEMENTS: usize = 64;

/// An open connection.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) connection: Connection,
    budget: TimeBudget,
    patience: Duration,
    /// Given up after the connection is closed.
    pub(super) claim: Claim,
}

impl Open {
    /// Does work that only reads, at once and without waiting for anyone; `None` where that cannot be.
    pub(super) fn briefly<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Option<Result<T, Failure>> {
        self.connection.busy_timeout(Duration::ZERO).ok()?;
        let outcome = self.budget.briefly(|| work(&self.connection));
        self.connection.busy_timeout(self.patience).ok()?;
        match outcome {
            Err(Failure::Other(Error::Timeout | Error::Conflict(_))) => None,
            outcome => Some(outcome),
        }
    }

    /// Works with the connection, reading no more than so many rows.
    pub(super) fn reading<T>(
        &self,
        rows: Option<u64>,
        work: impl FnOnce(&Connection) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.budget.reading(rows, || work(&self.connection))
    }
}

impl File {
    /// Opens a connection; one that only reads cannot be brought to write.
    pub(super) fn connect(self: &Arc<Self>, only_read: bool) -> Result<Open, Failure> {
        let claim = self.claim()?;
        let fault = |error| self.explain(&error);
        let mut connection = self.open().map_err(fault)?;
        self.prepare(&connection, only_read).map_err(fault)?;
        self.note_log();
        let budget = TimeBudget::over(&mut connection).map_err(fault)?;
        Ok(Open {
            connection,
            budget,
            patience: self.patience,
            claim,
        })
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        // A missing file is not made: an empty database is not what the application was made for.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let usable = |connection: Connection| {
            connection.busy_timeout(self.patience)?;
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
            Ok(connection)
        };
        match Connection::open_with_flags(&self.path, flags).and_then(usable) {
            // In a folder where nothing can be made, a file in WAL mode is read as it is.
            Err(error) if cannot_open(&error) && self.path.is_file() => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(immutable(&self.path), flags)
                    .and_then(usable)
                    .map_err(|_| error)
            }
            outcome => outcome,
        }
    }

    fn prepare(&self, connection: &Connection, only_read: bool) -> rusqlite::Result<()> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "query_only", only_read)?;
        let flags = FunctionFlags::SQLITE_UTF8
            | FunctionFlags::SQLITE_DETERMINISTIC
            | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function(ROW_HASH, -1, flags, |arguments| Ok(hash(arguments)))?;
        if only_read {
            // A collation that only the program has that made the file. What is read through it is compared by our
            // statements byte by byte, and SQLite needs it to pass through an index that has it. Who writes has none:
            // by another order than its own, an index would be spoilt.
            connection.collation_needed(|connection, name| {
                connection.create_collation(name, |a, b| a.cmp(b))
            })?;
        }
        notation::register(connection)
    }

    fn explain(&self, error: &rusqlite::Error) -> Failure {
        let path = self.path.display();
        let reason = match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) if self.path.is_dir() => {
                format!("`{path}` is a folder, not a database file")
            }
            Some(ErrorCode::NotADatabase) => {
                format!("`{path}` is no SQLite database, or an encrypted one")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                format!("`{path}` is locked by another program")
            }
            _ => format!("`{path}`: {error}"),
        };
        Error::Unavailable(reason).into()
    }
}

fn cannot_open(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

/// The file as a URI that promises that nobody changes it.
fn immutable(path: &Path) -> String {
    let path = path.to_string_lossy();
    let escaped = path
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23");
    format!("file:{escaped}?immutable=1")
}

/// The time of one look at the file for several statements that read: it is locked and looked for changes once, not for
/// each of them.
struct Look<'c>(Option<&'c Connection>);

impl<'c> Look<'c> {
    /// Begins it, if that is worth it, and nothing is open that it would be part of.
    fn of(connection: &'c Connection, statements: &[Statement]) -> Result<Self, Failure> {
        let is_worth = statements.len() > 1 && statements.iter().all(Statement::reads);
        if !is_worth || !connection.is_autocommit() {
            return Ok(Self(None));
        }
        command(connection, "BEGIN").map_err(|error| failure(&error))?;
        Ok(Self(Some(connection)))
    }
}

impl Drop for Look<'_> {
    fn drop(&mut self) {
        // Where that fails, it is undone when the connection is given back.
        let _ = self.0.map(|connection| command(connection, "COMMIT"));
    }
}

fn command(connection: &Connection, sql: &str) -> rusqlite::Result<usize> {
    connection.prepare_cached(sql)?.execute([])
}

/// Runs statements, one after the other.
pub(super) fn run(connection: &Connection, statements: &[Statement]) -> Result<Vec<Rows>, Failure> {
    let _look = Look::of(connection, statements)?;
    statements
        .iter()
        .map(|statement| run_one(connection, statement))
        .collect()
}

/// Runs statements, one after the other, and hands each row on where it is.
pub(super) fn run_into(
    connection: &Connection,
    statements: &[Statement],
    sink: &mut dyn Sink,
) -> Result<(), Failure> {
    let _look = Look::of(connection, statements)?;
    for (number, statement) in statements.iter().enumerate() {
        let mut outcome = Ok(());
        each(connection, statement, |row| {
            outcome = sink.take(number, Row::sqlite(DbRow::Live(row)));
            Ok(outcome.is_ok())
        })?;
        outcome?;
    }
    Ok(())
}

fn run_one(connection: &Connection, statement: &Statement) -> Result<Rows, Failure> {
    let mut collector = Collector::default();
    let before = connection.total_changes();
    each(connection, statement, |row| {
        collector.push(row)?;
        Ok(true)
    })?;
    let affected = match statement.reads() {
        true => 0,
        false => connection
            .changes()
            .min(connection.total_changes() - before),
    };
    Ok(Rows {
        affected,
        inner: Inner::Sqlite(collector.finish()),
    })
}

/// Hands a statement's rows on in parts, as long as they are taken.
pub(super) fn stream(
    connection: &Connection,
    statement: &Statement,
    mut take: impl FnMut(DbRows) -> bool,
) -> Result<(), Failure> {
    const PART: usize = 256;
    let mut collector = Collector::default();
    let mut rows = 0;
    each(connection, statement, |row| {
        collector.push(row)?;
        rows += 1;
        if rows % PART > 0 {
            return Ok(true);
        }
        let part = std::mem::take(&mut collector);
        Ok(take(part.finish()))
    })?;
    if rows % PART > 0 {
        take(collector.finish());
    }
    Ok(())
}

/// Steps through a statement until there are no more rows, or no more are wanted.
fn each(
    connection: &Connection,
    statement: &Statement,
    mut see: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<bool>,
) -> Result<(), Failure> {
    let mut step = || {
        let mut prepared = connection.prepare_cached(&statement.sql)?;
        for (index, value) in statement.params.iter().enumerate() {
            prepared.raw_bind_parameter(index + 1, Param(value))?;
        }
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next()? {
            if !see(row)? {
                break;
            }
        }
        Ok(())
    };
    step().map_err(|error| failure(&error))
}

/// A hash of some values and their types (FNV-1a): the version of a row that has no other.
fn hash(arguments: &Context<'_>) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for index in 0..arguments.len() {
        match arguments.get_raw(index) {
            ValueRef::Null => add(b"n"),
            ValueRef::Integer(number) => {
                add(b"i");
                add(&number.to_le_bytes());
            }
            ValueRef::Real(number) => {
                add(b"r");
                add(&number.to_bits().to_le_bytes());
            }
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                add(b"t");
                add(&bytes.len().to_le_bytes());
                add(bytes);
            }
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Result;

    /// Writes each time it is handed a row, and keeps what the rows say.
    struct Meddler {
        writer: Connection,
        seen: Vec<i64>,
    }

    impl Sink for Meddler {
        fn take(&mut self, _: usize, mut row: Row<'_>) -> Result<()> {
            self.seen.push(row.get()?);
            let written = self.writer.execute("INSERT INTO film VALUES (1)", []);
            assert_eq!(written, Ok(1));
            Ok(())
        }

        fn restart(&mut self) {
            self.seen.clear();
        }
    }

    #[test]
    fn what_is_read_together_is_of_one_moment() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Connection::open(folder.path().join("shop.db")).unwrap();
        let (reader, writer) = (open(), open());
        let sql = "PRAGMA journal_mode = wal; CREATE TABLE film (film_id int);";
        writer.execute_batch(sql).unwrap();
        let seen = Vec::new();
        let mut sink = Meddler { writer, seen };
        let count = Statement::new("SELECT count(*) FROM film", Vec::new());
        let both = [count.clone(), count];
        for _ in 0..2 {
            run_into(&reader, &both, &mut sink).unwrap();
            assert!(reader.is_autocommit());
        }
        assert_eq!(sink.seen, [0, 0, 2, 2]);
    }
}
