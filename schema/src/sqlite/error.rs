//! What can go wrong between a path and a schema, said so that a person knows what to do.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a schema could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    #[error("there is no file `{}`", .0.display())]
    Missing(PathBuf),
    #[error("`{}` is a folder, not a database file", .0.display())]
    Folder(PathBuf),
    #[error("`{}` may not be read: {reason}", .path.display())]
    Unreadable { path: PathBuf, reason: io::Error },
    #[error("`{}` is no SQLite database: it is a text file", .0.display())]
    Text(PathBuf),
    #[error("`{}` is no SQLite database, or an encrypted one", .0.display())]
    NotADatabase(PathBuf),
    #[error("`{}` is locked by another program", .0.display())]
    Locked(PathBuf),
    #[error("`{}` is damaged: {reason}", .path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("nothing to read in `{}`: no tables, no views", .0.display())]
    Empty(PathBuf),
    #[error("the schema of `{}` could not be read: {reason}", .path.display())]
    Catalog {
        path: PathBuf,
        reason: rusqlite::Error,
    },
}

impl Error {
    /// What an error of the driver means for a file.
    pub(super) fn of(path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                reason: error.to_string(),
            },
            _ => Self::Catalog {
                path,
                reason: error,
            },
        }
    }

    /// What the person can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing(_) => Some("check the path; a relative one begins in the current folder"),
            Self::Folder(_) => Some("name the file in it"),
            Self::Unreadable { .. } => Some("check the permissions of the file"),
            Self::Text(_) => {
                Some("an SQL file is read by `--sql schema.sql`, instead of `--database`")
            }
            Self::NotADatabase(_) => Some(
                "SQLCipher and the like are not supported: decrypt it into a plain file, with `sqlcipher_export`",
            ),
            Self::Locked(_) => Some("stop the program that writes to it, or copy the file"),
            Self::Damaged { .. } => Some("`sqlite3 FILE .recover` saves what is left"),
            Self::Empty(_) => Some("create the tables first, or check the path"),
            Self::Catalog { .. } => None,
        }
    }
}
