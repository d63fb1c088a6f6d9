//! Changes to the files of an application, all or none.
//!
//! What is to be written is staged in `.umbel/local/journal` beside a copy of what it replaces. The journal
//! is complete before the first file of the application is touched, and from then on nothing but renames and
//! deletions is left to do. A run that is killed before leaves the tree as it was; after a run that is killed
//! later, the next command does the rest first.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The folder of what is in the making.
const JOURNAL: &str = ".umbel/local/journal";
/// What a person wrote where a killed run had something to put.
const ORPHANS: &str = ".umbel/local/orphans";

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
            if is_done || !target.exists() || step.path.starts_with(".umbel/") {
                continue;
            }
            let now = fs::read(&target).map_err(at(&target))?;
            let before = self.kept(step.number);
            if !step.existed || fs::read(&before).map_err(at(&before))? != now {
                let orphan = self.root.join(ORPHANS).join(&step.path);
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
            self.undo(step)?;
        }
        Ok(())
    }

    fn undo(&self, step: &Step) -> Result<(), WriteError> {
        let target = self.root.join(&step.path);
        let is_untouched = step.exists && self.staged(step.number).exists();
        if is_untouched {
            return Ok(());
        }
        if !step.existed {
            remove(&target)?;
            self.prune(&target);
            return Ok(());
        }
        let kept = self.kept(step.number);
        if kept.exists() {
            make_parent(&target)?;
            fs::rename(&kept, &target).map_err(at(&target))?;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: Option<&str>, after: Option<&str>) -> Change {
        let bytes = |text: &str| Arc::from(text.as_bytes());
        Change {
            before: before.map(bytes),
            after: after.map(bytes),
        }
    }

    fn app() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("src/film")).unwrap();
        for (path, text) in [("a", "a"), ("src/film/b", "b"), ("c", "c")] {
            fs::write(folder.path().join(path), text).unwrap();
        }
        folder
    }

    fn changes() -> Changes {
        Changes::from([
            ("a".to_owned(), change(Some("a"), Some("A"))),
            ("new/d".to_owned(), change(None, Some("d"))),
            ("src/film/b".to_owned(), change(Some("b"), None)),
        ])
    }

    /// The files of the application itself.
    fn files(folder: &Path) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut open = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                if path.is_dir() {
                    open.push(path);
                } else if name != ".umbel/local/lock" {
                    found.insert(name, fs::read_to_string(path).unwrap());
                }
            }
        }
        found
    }

    fn expect(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let files = files.iter();
        files
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }

    const BEFORE: [(&str, &str); 3] = [("a", "a"), ("c", "c"), ("src/film/b", "b")];
    const AFTER: [(&str, &str); 3] = [("a", "A"), ("c", "c"), ("new/d", "d")];

    #[test]
    fn all_changes() {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        transaction.apply(&changes()).unwrap();
        assert_eq!(files(app.path()), expect(&AFTER));
        assert!(!app.path().join("src").exists());
    }

    #[test]
    fn none_where_one_cannot_be_made() {
        let app = app();
        // A folder where a file is to be put: the rename fails after others were done.
        fs::create_dir_all(app.path().join("z/full")).unwrap();
        let mut changes = changes();
        changes.insert("z".to_owned(), change(None, Some("z")));
        let transaction = Transaction::begin(app.path()).unwrap();
        assert!(transaction.apply(&changes).is_err());
        assert_eq!(files(app.path()), expect(&BEFORE));
        assert!(!app.path().join("new").exists());
    }

    #[test]
    fn none_where_the_rename_fails() {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        let steps = transaction.stage(&changes()).unwrap();
        // The second target turns into a folder after everything was staged.
        fs::create_dir_all(app.path().join("new/d/e")).unwrap();
        assert!(transaction.forward(&steps).is_err());
        fs::remove_dir_all(app.path().join("new")).unwrap();
        transaction.backward(&steps).unwrap();
        transaction.forget().unwrap();
        assert_eq!(files(app.path()), expect(&BEFORE));
    }

    #[test]
    fn killed_before_the_journal_is_complete() {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        transaction.stage(&changes()).unwrap();
        fs::remove_file(transaction.journal("plan")).unwrap();
        drop(transaction);
        Transaction::begin(app.path()).unwrap();
        assert_eq!(files(app.path()), expect(&BEFORE));
    }

    #[test]
    fn killed_after_each_step() {
        for done in 0..=3 {
            let app = app();
            let transaction = Transaction::begin(app.path()).unwrap();
            let steps = transaction.stage(&changes()).unwrap();
            transaction.forward(&steps[..done]).unwrap();
            drop(transaction);
            Transaction::begin(app.path()).unwrap();
            assert_eq!(files(app.path()), expect(&AFTER), "after {done} steps");
        }
    }

    #[test]
    fn killed_on_the_way_back() {
        for done in 0..=3 {
            let app = app();
            let transaction = Transaction::begin(app.path()).unwrap();
            let steps = transaction.stage(&changes()).unwrap();
            transaction.forward(&steps).unwrap();
            transaction.backward(&[]).unwrap();
            for step in steps.iter().rev().take(done) {
                transaction.undo(step).unwrap();
            }
            drop(transaction);
            Transaction::begin(app.path()).unwrap();
            assert_eq!(files(app.path()), expect(&BEFORE), "after {done} steps");
        }
    }

    #[test]
    fn edited_after_the_run_was_killed() {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        transaction.stage(&changes()).unwrap();
        drop(transaction);
        fs::write(app.path().join("a"), "mine").unwrap();
        Transaction::begin(app.path()).unwrap();
        let mut expected = expect(&AFTER);
        expected.insert(".umbel/local/orphans/a".to_owned(), "mine".to_owned());
        assert_eq!(files(app.path()), expected);
    }

    #[test]
    fn edited_while_it_was_decided() {
        let app = app();
        let transaction = Transaction::begin(app.path()).unwrap();
        fs::write(app.path().join("a"), "mine").unwrap();
        let error = transaction.apply(&changes()).unwrap_err();
        assert_eq!(error.to_string(), "`a` was changed meanwhile");
        let mut expected = expect(&BEFORE);
        expected.insert("a".to_owned(), "mine".to_owned());
        assert_eq!(files(app.path()), expected);
    }

    #[test]
    fn two_at_once() {
        let app = app();
        let _first = Transaction::begin(app.path()).unwrap();
        assert!(matches!(
            Transaction::begin(app.path()),
            Err(WriteError::Busy(_))
        ));
    }
}
