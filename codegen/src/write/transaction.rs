//! Changes to the files of an application, all or none.
//!
//! What is to be written is staged in `.umbel/local/journal` beside a copy of what it replaces. The journal
//! is complete before the first file of the application is touched, and from then on nothing but renames and
//! deletions is left to do. A run that is killed before leaves the tree as it was; after a run that is killed
//! later, the next command does the rest first.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::orphans;

/// The folder of what is in the making.
const JOURNAL: &str = ".umbel/local/journal";

/// What is to become of the files, by path.
pub(crate) type Changes = BTreeMap<String, Change>;

/// What is to become of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// What the file held when this was decided; none where there was no file.
    pub(crate) before: Option<Arc<[u8]>>,
    /// What it shall hold; none where it is deleted.
    pub(crate) after: Option<Arc<[u8]>>,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    #[error("another umbel is at work in `{0}`")]
    Busy(PathBuf),
    #[error("`{0}` was changed meanwhile")]
    Changed(String),
    #[error("cannot write `{path}`: {error}")]
    Write { path: PathBuf, error: io::Error },
    #[error("cannot finish what another run began: {0}")]
    Unfinished(Box<WriteError>),
}

/// One file of the journal.
#[derive(Debug, Serialize, Deserialize)]
struct Step {
    path: String,
    /// The name of the step's files in the journal.
    number: usize,
    /// Whether there was a file before, a copy of which is kept.
    existed: bool,
    /// Whether there is a file afterwards, which is staged.
    exists: bool,
}

/// The application's folder, held against other runs until this is dropped.
#[derive(Debug)]
pub(crate) struct Transaction {
    root: PathBuf,
    _lock: File,
}

impl Transaction {
    /// Takes hold of an application, and completes what a killed run began.
    pub(crate) fn begin(root: &Path) -> Result<Self, WriteError> {
        let local = root.join(".umbel/local");
        fs::create_dir_all(&local).map_err(at(&local))?;
        let path = local.join("lock");
        let lock = File::create(&path).map_err(at(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(WriteError::Busy(root.to_owned())),
            Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
        }
        let transaction = Self {
            root: root.to_owned(),
            _lock: lock,
        };
        transaction.recover()?;
        Ok(transaction)
    }

    /// Makes all changes.
    ///
    /// # Errors
    /// When one of them cannot be made; then none is.
    pub(crate) fn apply(&self, changes: &Changes) -> Result<(), WriteError> {
        if changes.is_empty() {
            return Ok(());
        }
        let steps = match self.stage(changes) {
            Ok(steps) => steps,
            Err(error) => {
                self.forget()?;
                return Err(error);
            }
        };
        let result = self.forward(&steps);
        if result.is_err() {
            // Where this fails, too, the journal stays for the next command.
            self.backward(&steps)?;
        }
        self.forget()?;
        result
    }

    /// Completes a journal that is complete, and forgets one that is not.
    fn recover(&self) -> Result<(), WriteError> {
        let unfinished = |error| WriteError::Unfinished(Box::new(error));
        if let Some(steps) = self.read_steps("undo")? {
            self.backward(&steps).map_err(unfinished)?;
        } else if let Some(steps) = self.read_steps("plan")? {
            self.keep_what_came_between(&steps)
                .and_then(|()| self.forward(&steps))
                .map_err(unfinished)?;
        }
        self.forget()
    }

    fn read_steps(&self, name: &str) -> Result<Option<Vec<Step>>, WriteError> {
        let path = self.journal(name);
        match fs::read(&path) {
            Ok(text) => {
                let steps = serde_json::from_slice(&text);
                steps.map(Some).map_err(|error| at(&path)(error.into()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&path)(error)),
        }
    }

    /// What a person wrote after the run was killed is no longer what the run meant to replace.
    fn keep_what_came_between(&self, steps: &[Step]) -> Result<(), WriteError> {
        for step in steps {
            let is_done = step.exists && !self.staged(step.number).exists();
            let target = self.root.join(&step.path);
            let is_ours = step.path.starts_with(".umbel/")
                && !step.path.starts_with(".umbel/local/conflicts/");
            if is_done || !target.exists() || is_ours {
                continue;
            }
            let now = fs::read(&target).map_err(at(&target))?;
            let before = self.kept(step.number);
            if !step.existed || fs::read(&before).map_err(at(&before))? != now {
                let is_free = |place: &str| match fs::read(self.root.join(place)) {
                    Ok(there) => Ok(there == now),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
                    Err(error) => Err(at(&self.root.join(place))(error)),
                };
                let orphan = self.root.join(orphans::place(&step.path, is_free)?);
                make_parent(&orphan)?;
                fs::write(&orphan, now).map_err(at(&orphan))?;
            }
        }
        Ok(())
    }

    /// Writes everything that is needed to go on, or back, whatever happens.
    fn stage(&self, changes: &Changes) -> Result<Vec<Step>, WriteError> {
        for folder in ["new", "old"] {
            let folder = self.journal(folder);
            fs::create_dir_all(&folder).map_err(at(&folder))?;
        }
        let mut steps = Vec::with_capacity(changes.len());
        for (number, (path, change)) in changes.iter().enumerate() {
            let target = self.root.join(path);
            let now = match fs::read(&target) {
                Ok(bytes) => Some(bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(at(&target)(error)),
            };
            if now.as_deref() != change.before.as_deref() {
                return Err(WriteError::Changed(path.clone()));
            }
            if let Some(bytes) = &now {
                write(&self.kept(number), bytes)?;
                copy_permissions(&target, &self.kept(number))?;
            }
            if let Some(bytes) = &change.after {
                write(&self.staged(number), bytes)?;
                if now.is_some() {
                    copy_permissions(&target, &self.staged(number))?;
                }
            }
            steps.push(Step {
                path: path.clone(),
                number,
                existed: now.is_some(),
                exists: change.after.is_some(),
            });
        }
        let text = serde_json::to_vec(&steps).expect("steps are plain data");
        let (draft, plan) = (self.journal("plan.draft"), self.journal("plan"));
        write(&draft, &text)?;
        fs::rename(&draft, &plan).map_err(at(&plan))?;
        Ok(steps)
    }

    /// Puts the staged files in place; those that are there already are passed over.
    fn forward(&self, steps: &[Step]) -> Result<(), WriteError> {
        for step in steps {
            let target = self.root.join(&step.path);
            if step.exists {
                let staged = self.staged(step.number);
                if staged.exists() {
                    make_parent(&target)?;
                    fs::rename(&staged, &target).map_err(at(&target))?;
                }
            } else {
                remove(&target)?;
                self.prune(&target);
            }
        }
        Ok(())
    }

    /// Puts back what was there; from here on there is no way forward any more.
    fn backward(&self, steps: &[Step]) -> Result<(), WriteError> {
        let (plan, undo) = (self.journal("plan"), self.journal("undo"));
        if plan.exists() {
            fs::rename(&plan, &undo).map_err(at(&undo))?;
        }
        for step in steps.iter().rev() {
            let target = self.root.join(&step.path);
            let is_untouched = step.exists && self.staged(step.number).exists();
            if is_untouched {
                continue;
            }
            if step.existed {
                let old = self.kept(step.number);
                if old.exists() {
                    make_parent(&target)?;
                    fs::rename(&old, &target).map_err(at(&target))?;
                }
            } else {
                remove(&target)?;
                self.prune(&target);
            }
        }
        Ok(())
    }

    /// Ends the journal: its plan first, so that what is left of it means nothing.
    fn forget(&self) -> Result<(), WriteError> {
        remove(&self.journal("plan"))?;
        remove(&self.journal("undo"))?;
        let journal = self.root.join(JOURNAL);
        match fs::remove_dir_all(&journal) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&journal)(error)),
            _ => Ok(()),
        }
    }

    /// Removes the folders that a deletion left empty.
    fn prune(&self, target: &Path) {
        let folders = target.ancestors().skip(1);
        for folder in folders.take_while(|folder| *folder != self.root) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }

    fn journal(&self, name: &str) -> PathBuf {
        self.root.join(JOURNAL).join(name)
    }

    fn staged(&self, number: usize) -> PathBuf {
        self.journal("new").join(number.to_string())
    }

    fn kept(&self, number: usize) -> PathBuf {
        self.journal("old").join(number.to_string())
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    |error| WriteError::Write { path, error }
}

/// Writes a file and waits until it is on the disk.
fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let write = || -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_data()
    };
    write().map_err(at(path))
}

fn copy_permissions(from: &Path, to: &Path) -> Result<(), WriteError> {
    let copy = || fs::set_permissions(to, fs::metadata(from)?.permissions());
    copy().map_err(at(from))
}

fn remove(path: &Path) -> Result<(), WriteError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

fn make_parent(path: &Path) -> Result<(), WriteError> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).map_err(at(parent)),
        None => Ok(()),
    }
}
