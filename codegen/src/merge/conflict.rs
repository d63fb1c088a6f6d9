//! What two sides changed each in its own way: where it is, what each did, and what of the file can go on without it.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

/// A merge that left something open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The attempt, with markers where both sides changed the same.
    pub(crate) attempt: String,
    pub(crate) places: Vec<Place>,
    /// What becomes of the rest; none where the whole file has to wait.
    pub(crate) rest: Option<Rest>,
}

/// A file in which only what is in conflict stays as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Ours, with everything of theirs that is in no conflict.
    pub(crate) text: String,
    /// What of the file waits.
    pub(crate) held: Held,
}

/// The parts of a file that stay as they are, each by the way that leads to it: `impl Film`, `fn title`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held(pub(super) BTreeSet<Vec<String>>);

impl Held {
    /// Whether what is at the end of the way stays.
    pub(super) fn has(&self, way: &[String]) -> bool {
        self.0.contains(way)
    }

    /// Whether anything within it stays.
    pub(super) fn is_within(&self, way: &[String]) -> bool {
        let mut held = self.0.iter();
        held.any(|held| held.len() > way.len() && held.starts_with(way))
    }
}

/// A place in a file that two sides changed each in its own way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    /// The way to it: empty where only its lines tell.
    pub(crate) item: Vec<String>,
    /// The first line of it in ours.
    pub(crate) line: Option<usize>,
    pub(crate) ours: Did,
    pub(crate) theirs: Did,
}

/// What a side did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Did {
    Added,
    Changed,
    Deleted,
}

impl Did {
    /// What became of a text on one side.
    pub(super) fn of(base: Option<&str>, side: Option<&str>) -> Self {
        match (base.is_some_and(is_text), side.is_some_and(is_text)) {
            (false, _) => Self::Added,
            (true, true) => Self::Changed,
            (true, false) => Self::Deleted,
        }
    }
}

fn is_text(text: &str) -> bool {
    !text.trim().is_empty()
}

impl fmt::Display for Place {
    /// `impl Film, fn title: you changed it, and it is emitted otherwise`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.item.is_empty() {
            write!(f, "`{}`: ", self.item.join("`, `"))?;
        }
        f.write_str(match self.ours {
            Did::Added => "you added it",
            Did::Changed => "you changed it",
            Did::Deleted => "you deleted it",
        })?;
        f.write_str(match self.theirs {
            Did::Added => ", and another is emitted now",
            Did::Changed => ", and it is emitted otherwise now",
            Did::Deleted => ", and it is no longer emitted",
        })
    }
}
