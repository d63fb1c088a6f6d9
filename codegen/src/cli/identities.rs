//! `.umbel/local/identity.json`: the identifiers that live databases gave their objects, this machine's alone, since they
//! mean something in one database only.
//!
//! Each belongs to the lock that was written with it: after `git checkout`, another lock is there, and what the database
//! was called under that one is known still.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use umbel_schema::diff::Identity;

use crate::sync::{Folder, FolderError};

/// Where they lie.
pub(super) const IDENTITY: &str = ".umbel/local/identity.json";

/// So many are kept: of the branches that somebody works on.
const MOST: usize = 16;

/// The identities that are known, the one of the last sync first.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Identities {
    known: Vec<Known>,
}

/// The identifiers of the objects that a lock names.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Known {
    /// A number for the lock's text.
    lock: String,
    identity: Identity,
}

impl Identities {
    /// Reads those that are kept; what cannot be read is only a cache, and no evidence.
    pub(super) fn read(folder: &Folder) -> Result<Self, FolderError> {
        let text = folder.read_text(IDENTITY)?;
        Ok(text
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default())
    }

    /// What is known of the objects of a lock in the database that `now` is of.
    pub(super) fn of(&self, lock: &str, now: &Identity) -> Option<&Identity> {
        let lock = number(lock);
        let mut known = self.known.iter();
        let found = known.find(|known| known.lock == lock && known.identity.origin == now.origin);
        found.map(|known| &known.identity)
    }

    /// With what was read when a lock was written.
    pub(super) fn with(mut self, lock: &str, identity: Identity) -> Self {
        let lock = number(lock);
        self.known
            .retain(|known| known.lock != lock || known.identity.origin != identity.origin);
        self.known.insert(0, Known { lock, identity });
        self.known.truncate(MOST);
        self
    }

    /// As they are kept.
    pub(super) fn print(&self) -> String {
        let text = serde_json::to_string(self);
        text.expect("identifiers have only keys that are strings") + "\n"
    }
}

fn number(lock: &str) -> String {
    let mut hasher = DefaultHasher::new();
    // However its lines end.
    lock.lines().for_each(|line| line.hash(&mut hasher));
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use umbel_schema::model::Origin;

    use super::*;

    fn identity(database: u32) -> Identity {
        Identity {
            origin: Origin {
                system: "7".to_owned(),
                database,
            },
            relations: Vec::new(),
            enums: Vec::new(),
        }
    }

    #[test]
    fn each_belongs_to_a_lock_and_a_database() {
        let known = Identities::default()
            .with("one", identity(1))
            .with("two", identity(1))
            .with("two", identity(2))
            .with("two", identity(1));
        assert_eq!(known.known.len(), 3);
        assert_eq!(known.of("one", &identity(1)), Some(&identity(1)));
        assert_eq!(known.of("one", &identity(2)), None);
        assert_eq!(known.of("two", &identity(2)), Some(&identity(2)));
        assert_eq!(known.of("three", &identity(1)), None);
        let many = (0..100).fold(known, |known, number| {
            known.with(&number.to_string(), identity(1))
        });
        assert_eq!(many.known.len(), MOST);
        assert_eq!(many.of("99", &identity(1)), Some(&identity(1)));
    }
}
