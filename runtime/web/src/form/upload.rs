//! A file in a form: what is stored now, and what is to become of it.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Bytes;

/// A file in a form: what is stored now, and what is to become of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upload {
    pub(super) action: Action,
    stored: Option<Stored>,
}

/// What is to become of the stored bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Action {
    /// They stay.
    #[default]
    Keep,
    /// They go.
    Clear,
    /// These take their place.
    Replace(Bytes),
}

/// What is known of the stored bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stored {
    size: usize,
    hash: u64,
}

impl Upload {
    /// The bytes that a row has now.
    pub fn stored(bytes: Option<&[u8]>) -> Self {
        Self {
            action: Action::Keep,
            stored: bytes.map(|bytes| {
                let mut hasher = DefaultHasher::new();
                bytes.hash(&mut hasher);
                Stored {
                    size: bytes.len(),
                    hash: hasher.finish(),
                }
            }),
        }
    }

    pub(super) fn new(action: Action) -> Self {
        Self {
            action,
            stored: None,
        }
    }

    /// How many bytes are stored now; `None` for none.
    pub fn size(&self) -> Option<usize> {
        self.stored.as_ref().map(|stored| stored.size)
    }

    /// What tells the stored bytes from others.
    pub(super) fn fingerprint(&self) -> String {
        match &self.stored {
            Some(stored) => format!("{} {:x}", stored.size, stored.hash),
            None => String::new(),
        }
    }

    /// What tells the bytes that are to be stored; `None` if the stored ones stay.
    pub(super) fn replacement(&self) -> Option<Vec<String>> {
        match &self.action {
            Action::Keep => None,
            Action::Clear => Some(Vec::new()),
            Action::Replace(bytes) => Some(vec![Self::stored(Some(bytes)).fingerprint()]),
        }
    }

    /// Takes over what is stored now; what is to become of it stays.
    pub(super) fn over(&mut self, current: &Self) {
        self.stored.clone_from(&current.stored);
    }
}
