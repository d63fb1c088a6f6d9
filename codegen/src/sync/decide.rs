//! What becomes of each file. A pure function of the three trees.

use std::sync::Arc;

use serde::Serialize;

use super::Layout;
use super::ending::plain;
use crate::merge::{
    Language, Merged, Place, Templates, Versions, has_markers, line, markers, merge, template,
    without_held,
};

/// A file in its three versions, under one path.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Where the file lies afterwards.
    pub(crate) path: String,
    /// Where it lay before; another path only after a rename.
    pub(crate) from: String,
    /// Where a person moved it.
    pub(crate) moved: Option<Moved>,
    pub(crate) base: Option<Arc<str>>,
    pub(crate) ours: Option<Ours>,
    pub(crate) theirs: Option<Arc<str>>,
}

/// The place of a file that is not the one where it is emitted.
#[derive(Debug, Clone)]
pub(crate) struct Moved {
    pub(crate) path: String,
    pub(crate) from: String,
}

impl Entry {
    /// Where the file itself lies afterwards.
    pub(crate) fn place(&self) -> &str {
        self.moved.as_ref().map_or(&self.path, |moved| &moved.path)
    }

    /// Where the file itself lay before.
    pub(crate) fn place_before(&self) -> &str {
        self.moved.as_ref().map_or(&self.from, |moved| &moved.from)
    }
}

/// What stands on disk.
#[derive(Debug, Clone)]
pub(crate) struct Ours {
    pub(crate) bytes: Arc<[u8]>,
    /// The same as text, with what was renamed under its new name, and with `\n` at the end of lines; none for what is
    /// no text.
    pub(crate) text: Option<Arc<str>>,
    /// Whether a rename changed the text.
    pub(crate) is_renamed: bool,
}

impl Ours {
    /// What lies on disk, with the new names in it.
    pub(crate) fn read(bytes: Arc<[u8]>, rename: impl FnOnce(&str) -> String) -> Self {
        let mut is_renamed = false;
        let text = std::str::from_utf8(&bytes).ok().map(|text| {
            let text = plain(text);
            let renamed = rename(&text);
            is_renamed = renamed != text;
            Arc::from(renamed)
        });
        Self {
            bytes,
            text,
            is_renamed,
        }
    }
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
    /// It is emitted otherwise now, and a person took it away.
    Missing,
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
    /// What is in conflict.
    pub(crate) places: Vec<Place>,
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

/// Decides about files, in the layout of the project: about templates before the code that names them.
pub(crate) fn decide(entries: Vec<Entry>, layout: &Layout) -> Vec<Decision> {
    let mut templates = Templates::default();
    let mut outcomes: Vec<Option<Outcome>> = entries
        .iter()
        .map(|entry| {
            let name = template(&entry.path)?;
            let outcome = outcome(entry, layout, &templates);
            let ours = entry.ours.as_ref().and_then(|ours| ours.text.clone());
            let merged = match &outcome.content {
                Some(Content::Text(text)) => Some(Arc::clone(text)),
                Some(Content::AsItIs) => ours.clone(),
                None => None,
            };
            templates.put(name, [ours, entry.theirs.clone(), merged]);
            Some(outcome)
        })
        .collect();
    for (entry, decided) in entries.iter().zip(&mut outcomes) {
        decided.get_or_insert_with(|| outcome(entry, layout, &templates));
    }
    let decisions = entries.into_iter().zip(outcomes);
    decisions
        .filter_map(|(entry, outcome)| outcome.map(|outcome| Decision { entry, outcome }))
        .collect()
}

fn outcome(entry: &Entry, layout: &Layout, templates: &Templates) -> Outcome {
    let (base, theirs) = (entry.base.as_ref(), entry.theirs.as_ref());
    match (base, &entry.ours, theirs) {
        (None, None, Some(theirs)) => Outcome {
            status: Status::Created,
            ..emitted(entry, theirs, layout)
        },
        (None, Some(ours), Some(theirs)) => {
            let is_emitted = |text: &Arc<str>| layout.is_same(&entry.path, theirs, text);
            if ours.text.as_ref().is_some_and(is_emitted) {
                unchanged(entry, ours, Some(theirs))
            } else {
                conflict(entry, ours, None)
            }
        }
        // The person deleted it: so it stays.
        (Some(base), None, theirs) => Outcome {
            status: match theirs.is_some_and(|theirs| theirs != base) {
                true => Status::Missing,
                false => Status::Unchanged,
            },
            content: None,
            base: theirs.cloned(),
            attempt: None,
            places: Vec::new(),
        },
        (Some(base), Some(ours), None) => {
            let is_same = |text: &Arc<str>| layout.is_same(&entry.path, base, text);
            let edited = !ours.text.as_ref().is_some_and(is_same);
            Outcome {
                status: if edited {
                    Status::Orphaned
                } else {
                    Status::Deleted
                },
                content: None,
                base: None,
                attempt: None,
                places: Vec::new(),
            }
        }
        (Some(base), Some(ours), Some(theirs)) => {
            emitted_still(entry, [base, theirs], ours, layout, templates)
        }
        (None, Some(ours), None) => unchanged(entry, ours, None),
        (None, None, None) => Outcome {
            status: Status::Unchanged,
            content: None,
            base: None,
            attempt: None,
            places: Vec::new(),
        },
    }
}

/// A file as it is emitted, in the layout of the project.
fn emitted(entry: &Entry, theirs: &Arc<str>, layout: &Layout) -> Outcome {
    Outcome {
        status: Status::Updated,
        content: Some(Content::Text(layout.printed(&entry.path, theirs))),
        base: Some(Arc::clone(theirs)),
        attempt: None,
        places: Vec::new(),
    }
}

/// A file that was emitted and is emitted still.
fn emitted_still(
    entry: &Entry,
    [base, theirs]: [&Arc<str>; 2],
    ours: &Ours,
    layout: &Layout,
    templates: &Templates,
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
    if layout.is_same(&entry.path, base, text) && !templates.are_edited(theirs) {
        return emitted(entry, theirs, layout);
    }
    match merged(entry, [base, theirs], text, layout, templates) {
        Merged::Clean(merged) if merged == **theirs => emitted(entry, theirs, layout),
        Merged::Clean(merged) => Outcome {
            status: Status::Merged,
            content: Some(Content::Text(merged.into())),
            base: Some(Arc::clone(theirs)),
            attempt: None,
            places: Vec::new(),
        },
        Merged::Conflict(found) => held(entry, [base, theirs], ours, found),
    }
}

/// A file of which only what is in conflict waits, in the file and in its base: the next sync finds that again, and
/// nothing else.
fn held(
    entry: &Entry,
    [base, theirs]: [&Arc<str>; 2],
    ours: &Ours,
    found: crate::merge::Conflict,
) -> Outcome {
    let language = Language::of(&entry.path);
    let rest = found.rest.and_then(|rest| {
        let base = without_held(language, base, theirs, &rest.held)?;
        Some((rest.text, base))
    });
    let waiting = conflict(entry, ours, Some(found.attempt));
    let mut outcome = match rest {
        Some((text, base)) => Outcome {
            content: match ours.text.as_deref() == Some(&*text) {
                true => waiting.content,
                false => Some(Content::Text(text.into())),
            },
            base: Some(base.into()),
            ..waiting
        },
        None => waiting,
    };
    let text = match &outcome.content {
        Some(Content::Text(text)) => text,
        _ => ours.text.as_ref().unwrap_or(base),
    };
    outcome.places = found.places;
    for place in outcome
        .places
        .iter_mut()
        .filter(|place| place.line.is_none())
    {
        place.line = line(language, text, &place.item);
    }
    outcome
}

/// The versions merged in one layout: that of the project where the file has it, else that of what is emitted.
fn merged(
    entry: &Entry,
    [base, theirs]: [&Arc<str>; 2],
    ours: &str,
    layout: &Layout,
    templates: &Templates,
) -> Merged {
    let language = Language::of(&entry.path);
    let versions = Versions { base, ours, theirs };
    if language != Language::Rust {
        return merge(language, versions, templates);
    }
    let in_project = layout.lay_out(ours);
    let is_laid_out = in_project
        .as_deref()
        .is_some_and(|text| *plain(text) == *ours);
    if !is_laid_out {
        let merged = merge(language, versions, templates);
        let was_emitted_so =
            layout.is_own() && Layout::standard().lay_out(ours).as_deref() == Some(ours);
        return match (merged, in_project) {
            (Merged::Clean(text), _) if was_emitted_so => {
                Merged::Clean(layout.lay_out(&text).unwrap_or(text))
            }
            // A layout of nobody's may be all that stands between the two.
            (Merged::Conflict(_), Some(in_project)) => merged_as_laid_out(
                entry,
                [base, theirs],
                &plain(&in_project),
                layout,
                templates,
            ),
            (merged, _) => merged,
        };
    }
    merged_as_laid_out(entry, [base, theirs], ours, layout, templates)
}

/// A merge with a file that has the layout of the project, and keeps it.
fn merged_as_laid_out(
    entry: &Entry,
    [base, theirs]: [&Arc<str>; 2],
    ours: &str,
    layout: &Layout,
    templates: &Templates,
) -> Merged {
    let [base, theirs] = [base, theirs].map(|text| layout.printed(&entry.path, text));
    let (base, theirs) = (plain(&base), plain(&theirs));
    let versions = Versions {
        base: &base,
        ours,
        theirs: &theirs,
    };
    let laid_out = |text: String| layout.lay_out(&text).unwrap_or(text);
    match merge(Language::Rust, versions, templates) {
        Merged::Clean(text) => Merged::Clean(laid_out(text)),
        Merged::Conflict(mut conflict) => {
            if let Some(rest) = &mut conflict.rest {
                rest.text = laid_out(std::mem::take(&mut rest.text));
            }
            Merged::Conflict(conflict)
        }
    }
}

fn unchanged(entry: &Entry, ours: &Ours, base: Option<&Arc<str>>) -> Outcome {
    let renamed = ours.text.as_ref().filter(|_| ours.is_renamed);
    let moved = entry.place_before() != entry.place() || renamed.is_some();
    Outcome {
        status: if moved {
            Status::Renamed
        } else {
            Status::Unchanged
        },
        content: Some(renamed.map_or(Content::AsItIs, |text| Content::Text(Arc::clone(text)))),
        base: base.cloned(),
        attempt: None,
        places: Vec::new(),
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
