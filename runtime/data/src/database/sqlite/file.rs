//! A database file as it lies in its folder: it may be replaced while it is open, by a backup or by a newer one.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::connection::Open;
use crate::database::Failure;
use crate::error::Error;

/// A database file, how to open it, and what is open and not in use.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    /// How long to wait for another program that writes.
    pub(super) patience: Duration,
    in_use: Mutex<InUse>,
    readers: Mutex<Vec<Open>>,
    writers: Mutex<Vec<Open>>,
}

/// Which file the connections have open, and how many there are.
#[derive(Debug, Default)]
struct InUse {
    identity: Option<Identity>,
    /// The log of what they have written and not yet put into the file, in WAL mode.
    log: Option<Identity>,
    connections: usize,
}

/// What tells a file from another one that takes its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity([u64; 2]);

impl Identity {
    fn of(path: &Path) -> io::Result<Self> {
        fs::metadata(path).map(|found| Self(numbers(&found)))
    }
}

/// The disk, and the place on it.
#[cfg(unix)]
fn numbers(found: &Metadata) -> [u64; 2] {
    use std::os::unix::fs::MetadataExt;
    [found.dev(), found.ino()]
}

/// When it was made.
#[cfg(not(unix))]
fn numbers(found: &Metadata) -> [u64; 2] {
    let made = found.created().ok();
    let made = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
    let made = made.unwrap_or_default();
    [made.as_secs(), made.subsec_nanos().into()]
}

/// The claim of a connection to the file: as long as there is one, no other file of the same name is opened. Beside
/// the file lies what has not been written into it yet, and two files would share that.
#[derive(Debug)]
pub(super) struct Claim {
    file: Arc<File>,
    identity: Identity,
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.file.in_use().connections -= 1;
    }
}

impl Claim {
    /// Whether the file is still the one that bears its name.
    pub(super) fn holds(&self) -> bool {
        Identity::of(&self.file.path).is_ok_and(|found| found == self.identity)
    }
}

impl File {
    pub(super) fn new(path: PathBuf, patience: Duration) -> Arc<Self> {
        Arc::new(Self {
            path,
            patience,
            in_use: Mutex::default(),
            readers: Mutex::default(),
            writers: Mutex::default(),
        })
    }

    /// A connection that is open and not in use, to the file that is there now.
    pub(super) fn idle(&self, only_read: bool) -> Option<Open> {
        let open = lock(self.lane(only_read)).pop()?;
        if open.claim.holds() {
            return Some(open);
        }
        drop(open);
        self.close_idle();
        None
    }

    /// Takes back a connection that is no longer in use; whether its file is still there is asked when it is used again.
    pub(super) fn give_back(&self, open: Open, only_read: bool) {
        lock(self.lane(only_read)).push(open);
    }

    /// Claims the file that is there now.
    pub(super) fn claim(self: &Arc<Self>) -> Result<Claim, Failure> {
        let Ok(identity) = Identity::of(&self.path) else {
            self.close_idle();
            let path = self.path.display();
            return Err(Error::Unavailable(format!("there is no file `{path}`")).into());
        };
        let mut in_use = self.in_use();
        if in_use.connections > 0 && in_use.identity != Some(identity) {
            drop(in_use);
            self.close_idle();
            in_use = self.in_use();
        }
        if in_use.connections > 0 && in_use.identity != Some(identity) {
            let path = self.path.display();
            return Err(Error::Unavailable(format!(
                "`{path}` has been replaced, and what was begun with the file before is not over yet"
            ))
            .into());
        }
        if in_use.identity.replace(identity) != Some(identity) {
            self.forget_log(in_use.log.take());
        }
        in_use.connections += 1;
        Ok(Claim {
            file: Arc::clone(self),
            identity,
        })
    }

    /// Notes the log that lies beside the file, once a connection is open.
    pub(super) fn note_log(&self) {
        self.in_use().log = Identity::of(&self.beside("-wal")).ok();
    }

    /// Takes away the log of a file that has been replaced: SQLite leaves it where it is, and would read it as that of
    /// the new file. A log that came with the new file is another one.
    fn forget_log(&self, log: Option<Identity>) {
        let path = self.beside("-wal");
        if log.is_some() && Identity::of(&path).ok() == log {
            for path in [path, self.beside("-shm")] {
                // Where it cannot be taken away, the folder is one where nothing was written, either.
                let _ = fs::remove_file(path);
            }
        }
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut path = self.path.clone().into_os_string();
        path.push(ending);
        path.into()
    }

    fn close_idle(&self) {
        for lane in [&self.readers, &self.writers] {
            // Closing takes its time, and gives back a claim.
            let closed = std::mem::take(&mut *lock(lane));
            drop(closed);
        }
    }

    fn lane(&self, only_read: bool) -> &Mutex<Vec<Open>> {
        match only_read {
            true => &self.readers,
            false => &self.writers,
        }
    }

    fn in_use(&self) -> MutexGuard<'_, InUse> {
        lock(&self.in_use)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
