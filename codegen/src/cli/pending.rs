//! Changes to the files of an application that are decided and not made yet.

use std::sync::Arc;

use serde::Serialize;

use super::report::Failure;
use crate::sync::{Conflict, Ending, Folder};
use crate::write::{Change, Changes, Transaction, orphans};

/// What is to be written.
pub(super) struct Pending<'a> {
    pub(super) folder: &'a Folder,
    changes: Changes,
    set_aside: Vec<SetAside>,
}

/// What somebody wrote, and where it lies now.
#[derive(Debug, Serialize)]
pub(super) struct SetAside {
    pub(super) path: String,
    pub(super) place: String,
}

impl<'a> Pending<'a> {
    pub(super) fn new(folder: &'a Folder) -> Self {
        Self {
            folder,
            changes: Changes::new(),
            set_aside: Vec::new(),
        }
    }

    /// What a file shall hold; nothing where it shall not be there.
    pub(super) fn put(&mut self, path: &str, after: Option<Arc<[u8]>>) -> Result<(), Failure> {
        let before = self.folder.read(path)?;
        self.changes
            .insert(path.to_owned(), Change { before, after });
        Ok(())
    }

    /// Likewise; a file keeps the ends of its lines.
    pub(super) fn put_text(&mut self, path: &str, text: &str) -> Result<(), Failure> {
        let before = self.folder.read(path)?;
        self.put(path, Some(Ending::kept(before.as_deref(), text)))
    }

    /// Keeps what somebody wrote where it overwrites nothing.
    pub(super) fn set_aside(&mut self, path: &str, bytes: &Arc<[u8]>) -> Result<(), Failure> {
        let is_free = |place: &str| -> Result<bool, Failure> {
            let there = match self.changes.get(place) {
                Some(change) => change.after.clone(),
                None => self.folder.read(place)?,
            };
            Ok(there.is_none_or(|there| there == *bytes))
        };
        let place = orphans::place(path, is_free)?;
        self.put(&place, Some(Arc::clone(bytes)))?;
        self.set_aside.push(SetAside {
            path: path.to_owned(),
            place,
        });
        Ok(())
    }

    /// The attempt at a conflict may be half settled.
    pub(super) fn keep_work_on(&mut self, conflict: &Conflict) -> Result<(), Failure> {
        match conflict.work() {
            Some(work) => self.set_aside(&conflict.path, work),
            None => Ok(()),
        }
    }

    /// Makes all changes, or none; returns what was set aside.
    pub(super) fn apply(mut self, transaction: &Transaction) -> Result<Vec<SetAside>, Failure> {
        self.changes
            .retain(|_, change| change.before != change.after);
        transaction.apply(&self.changes)?;
        Ok(self.set_aside)
    }
}
