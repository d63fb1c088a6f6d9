//! Opens a database file for reading, and says what is wrong with it.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::Error;

/// How long to wait for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first bytes of every file in the format.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Opens the file and looks into it once.
pub(super) fn open(path: &Path) -> Result<Connection, Error> {
    inspect(path)?;
    match connect(path, "") {
        Ok(connection) => Ok(connection),
        // In a folder where nothing can be made, a file in WAL mode is read as it is.
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
            ) =>
        {
            connect(path, "?immutable=1").map_err(|_| Error::of(path, error))
        }
        Err(error) => Err(Error::of(path, error)),
    }
}

/// Looks at the file itself: SQLite would make a missing one, and says of all others that they are no database.
fn inspect(path: &Path) -> Result<(), Error> {
    let unreadable = |reason: std::io::Error| match reason.kind() {
        ErrorKind::NotFound => Error::Missing(path.to_owned()),
        _ => Error::Unreadable {
            path: path.to_owned(),
            reason,
        },
    };
    if fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(Error::Folder(path.to_owned()));
    }
    let mut start = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(512).read_to_end(&mut start).map_err(unreadable)?;
    if start.is_empty() || start.starts_with(MAGIC) {
        return Ok(());
    }
    let is_text = start
        .iter()
        .all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace());
    match is_text && std::str::from_utf8(&start[..start.len() - start.len() % 4]).is_ok() {
        true => Err(Error::Text(path.to_owned())),
        false => Err(Error::NotADatabase(path.to_owned())),
    }
}

/// Connects without ever writing; a journal that a crash has left is rolled back by SQLite itself.
fn connect(path: &Path, parameters: &str) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = if parameters.is_empty() {
        Connection::open_with_flags(path, flags)?
    } else {
        let path = path.to_string_lossy();
        let escaped = path
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        let uri = format!("file:{escaped}{parameters}");
        Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
    };
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch("PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema;")?;
    Ok(connection)
}
