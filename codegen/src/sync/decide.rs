//! What becomes of each file. A pure function of the three trees.

use std::sync::Arc;

use serde::Serialize;

use crate::merge::{Language, Merged, Versions, has_markers, markers, merge};

/// A file in its three versions, under one path.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Where the file lies afterwards.
    pub(crate) path: String,
    /// Where it lay before; another path only after a rename.
    pub(crate) from: String,
    pub(crate) base: Option<Arc<str>>,
    pub(crate) ours: Option<Ours>,
    pub(crate) theirs: Option<Arc<str>>,
}

/// What stands on disk.
#[derive(Debug, Clone)]
pub(crate) struct Ours {
    pub(crate) bytes: Arc<[u8]>,
    /// The same as text, with what was renamed under its new name; none for what is no text.
    pub(crate) text: Option<Arc<str>>,
}

/// What happened to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Created,
    /// Nobody had edited it.
    Updated,
    /// Its edits and what is new are both in it.
    Merged,
    /// It lies elsewhere now, with what was renamed in it.
    Renamed,
    /// Its edits stand against what is new: it was left as it was.
    Conflicted,
    /// It is no longer emitted and had been edited.
    Orphaned,
    /// It is no longer emitted.
    Deleted,
    Unchanged,
}

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) status: Status,
    /// What it shall hold; none where it shall not be there.
    pub(crate) content: Option<Content>,
    /// What its base shall be; none where there shall be none.
    pub(crate) base: Option<Arc<str>>,
    /// The attempt at merging, where it failed.
    pub(crate) attempt: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    Text(Arc<str>),
    /// What is on disk, byte by byte.
    AsItIs,
}

/// A file with what becomes of it.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) entry: Entry,
    pub(crate) outcome: Outcome,
}

/// Decides about one file; `layout` gives Rust in rustfmt's layout, so that to format is not to edit.
pub(crate) fn decide(entry: Entry, layout: impl Fn(&str) -> Option<String>) -> Decision {
    let outcome = outcome(&entry, &layout);
    Decision { entry, outcome }
}

fn outcome(entry: &Entry, layout: &impl Fn(&str) -> Option<String>) -> Outcome {
    let (base, theirs) = (entry.base.as_ref(), entry.theirs.as_ref());
    match (base, &entry.ours, theirs) {
        (None, None, Some(theirs)) => Outcome {
            status: Status::Created,
            content: Some(Content::Text(Arc::clone(theirs))),
            base: Some(Arc::clone(theirs)),
            attempt: None,
        },
        (None, Some(ours), Some(theirs)) => {
            if ours.text.as_ref() == Some(theirs) {
                unchanged(entry, ours, Some(theirs))
            } else {
                conflict(entry, ours, None)
            }
        }
        // The person deleted it: so it stays.
        (Some(_), None, theirs) => Outcome {
            status: Status::Unchanged,
            content: None,
            base: theirs.cloned(),
            attempt: None,
        },
        (Some(base), Some(ours), None) => {
            let edited = !is_same(entry, base, ours, layout);
            Outcome {
                status: if edited {
                    Status::Orphaned
                } else {
                    Status::Deleted
                },
                content: None,
                base: None,
                attempt: None,
            }
        }
        (Some(base), Some(ours), Some(theirs)) => emitted(entry, [base, theirs], ours, layout),
        (None, Some(ours), None) => unchanged(entry, ours, None),
        (None, None, None) => Outcome {
            status: Status::Unchanged,
            content: None,
            base: None,
            attempt: None,
        },
    }
}

/// A file that was emitted and is emitted still.
fn emitted(
    entry: &Entry,
    [base, theirs]: [&Arc<str>; 2],
    ours: &Ours,
    layout: &impl Fn(&str) -> Option<String>,
) -> Outcome {
    let Some(text) = &ours.text else {
        return if base == theirs {
            unchanged(entry, ours, Some(base))
        } else {
            conflict(entry, ours, None)
        };
    };
    if base == theirs || text == theirs {
        return unchanged(entry, ours, Some(theirs));
    }
    // A conflict that stands in the file itself is to be settled first.
    if has_markers(text) {
        return conflict(entry, ours, Some(text.to_string()));
    }
    if is_same(entry, base, ours, layout) {
        return Outcome {
            status: Status::Updated,
            content: Some(Content::Text(Arc::clone(theirs))),
            base: Some(Arc::clone(theirs)),
            attempt: None,
        };
    }
    let versions = Versions {
        base,
        ours: text,
        theirs,
    };
    let language = Language::of(&entry.path);
    match merge(language, versions) {
        Merged::Clean(merged) => {
            // A file that rustfmt would leave as it is shall be one afterwards.
            let in_layout = language == Language::Rust && layout(text).as_deref() == Some(&**text);
            let merged = if in_layout {
                layout(&merged).unwrap_or(merged)
            } else {
                merged
            };
            Outcome {
                status: Status::Merged,
                content: Some(Content::Text(merged.into())),
                base: Some(Arc::clone(theirs)),
                attempt: None,
            }
        }
        Merged::Conflict(attempt) => conflict(entry, ours, Some(attempt)),
    }
}

/// Whether nothing but the layout differs from what was emitted.
fn is_same(
    entry: &Entry,
    base: &Arc<str>,
    ours: &Ours,
    layout: &impl Fn(&str) -> Option<String>,
) -> bool {
    let Some(text) = &ours.text else {
        return false;
    };
    text == base
        || Language::of(&entry.path) == Language::Rust
            && layout(text).is_some_and(|text| *text == **base)
}

fn unchanged(entry: &Entry, ours: &Ours, base: Option<&Arc<str>>) -> Outcome {
    let renamed = ours
        .text
        .as_ref()
        .filter(|text| text.as_bytes() != &*ours.bytes);
    let moved = entry.from != entry.path || renamed.is_some();
    Outcome {
        status: if moved {
            Status::Renamed
        } else {
            Status::Unchanged
        },
        content: Some(renamed.map_or(Content::AsItIs, |text| Content::Text(Arc::clone(text)))),
        base: base.cloned(),
        attempt: None,
    }
}

/// The file stays as it is, and so does its base: the next sync finds the same conflict.
fn conflict(entry: &Entry, ours: &Ours, attempt: Option<String>) -> Outcome {
    let kept = unchanged(entry, ours, entry.base.as_ref());
    Outcome {
        status: Status::Conflicted,
        attempt: Some(attempt.unwrap_or_else(|| {
            markers(Versions {
                base: entry.base.as_deref().unwrap_or_default(),
                ours: ours.text.as_deref().unwrap_or_default(),
                theirs: entry.theirs.as_deref().unwrap_or_default(),
            })
        })),
        ..kept
    }
}
