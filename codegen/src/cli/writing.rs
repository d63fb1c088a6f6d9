//! What a sync writes: every file that is another one afterwards, and what has no place in the application any more.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::identities::{IDENTITY, Identities};
use super::pending::Pending;
use super::project::{LOCK, Project, SETTINGS};
use super::report::Failure;
use super::sync::Plan;
use crate::merge::has_markers;
use crate::sync::{self, Conflict, Content, Decision, Ending, Layout, Status};

/// Everything that is to be written, besides what is there already, and what is to be said of it.
pub(super) struct Writing<'a> {
    pub(super) pending: Pending<'a>,
    inline: bool,
    layout: &'a Layout,
    /// The conflicts that are new.
    pub(super) conflicts: Vec<Conflict>,
}

impl<'a> Writing<'a> {
    pub(super) fn new(project: &'a Project, plan: &'a Plan, inline: bool) -> Result<Self, Failure> {
        let mut writing = Self {
            pending: Pending::new(&project.folder),
            inline,
            layout: &plan.layout,
            conflicts: Vec::new(),
        };
        let pending = &mut writing.pending;
        pending.put_text(LOCK, &plan.lock_text)?;
        pending.put_text(SETTINGS, &project.settings_text)?;
        if let Some(identity) = plan.identity.clone() {
            let known = Identities::read(pending.folder)?.with(&plan.lock_text, identity);
            pending.put_text(IDENTITY, &known.print())?;
        }
        if let Some(decisions) = &plan.decisions {
            writing.decisions(decisions)?;
        }
        Ok(writing)
    }

    fn decisions(&mut self, decisions: &[Decision]) -> Result<(), Failure> {
        // What moved away is gone from its place, unless something else moves there.
        for Decision { entry, .. } in decisions {
            if entry.place_before() != entry.place() {
                self.pending.put(entry.place_before(), None)?;
            }
            if entry.from != entry.path {
                self.pending
                    .put(&format!(".umbel/base/{}", entry.from), None)?;
            }
        }
        let mut open = BTreeSet::new();
        for decision in decisions {
            if decision.outcome.status == Status::Conflicted {
                open.insert(decision.entry.place());
            }
            self.decision(decision)?;
        }
        for path in sync::open_conflicts(self.pending.folder)? {
            if !open.contains(path.as_str())
                && let Some(conflict) = Conflict::read(self.pending.folder, &path)?
            {
                self.pending.keep_work_on(&conflict)?;
                for (path, _) in conflict.files() {
                    self.pending.put(&path, None)?;
                }
            }
        }
        Ok(())
    }

    fn decision(&mut self, decision: &Decision) -> Result<(), Failure> {
        let (entry, outcome) = (&decision.entry, &decision.outcome);
        let on_disk = entry.ours.as_ref().map(|ours| &ours.bytes);
        match (outcome.status, on_disk) {
            // By the name that it had: another file may have the path by now.
            (Status::Orphaned, Some(bytes)) => {
                self.pending.set_aside(entry.place_before(), bytes)?
            }
            (Status::Conflicted, _) => self.conflict(decision)?,
            _ => {}
        }
        let content = match &outcome.content {
            Some(Content::Text(text)) => {
                let ending = self
                    .layout
                    .ending(&entry.path, on_disk.map(|bytes| &**bytes));
                Some(ending.apply(text).as_bytes().into())
            }
            Some(Content::AsItIs) => on_disk.cloned(),
            None => None,
        };
        let marked = self.marked(decision);
        self.pending.put(entry.place(), marked.or(content))?;
        let path = format!(".umbel/base/{}", entry.path);
        match &outcome.base {
            Some(base) => self.pending.put_text(&path, base),
            None => self.pending.put(&path, None),
        }
    }

    /// The file with the markers of its conflict, where they are to stand in it; what is no text is never put into them.
    fn marked(&self, Decision { entry, outcome }: &Decision) -> Option<Arc<[u8]>> {
        let ours = entry.ours.as_ref().filter(|ours| ours.text.is_some())?;
        let attempt = outcome.attempt.as_deref();
        let attempt = attempt.filter(|attempt| self.inline && has_markers(attempt))?;
        Some(Ending::kept(Some(&ours.bytes), attempt))
    }

    fn conflict(&mut self, decision: &Decision) -> Result<(), Failure> {
        let conflict = conflict(decision);
        let known = Conflict::read(self.pending.folder, &conflict.path)?;
        let is_marked = conflict.ours == conflict.merged && known.is_some();
        if is_marked {
            return Ok(());
        }
        if !known.as_ref().is_some_and(|known| known.is_same(&conflict)) {
            if let Some(known) = known {
                self.pending.keep_work_on(&known)?;
            }
            for (path, bytes) in conflict.files() {
                self.pending.put(&path, Some(bytes))?;
            }
        }
        self.conflicts.push(conflict);
        Ok(())
    }
}

fn conflict(decision: &Decision) -> Conflict {
    let bytes = |text: Option<&str>| Arc::from(text.unwrap_or_default().as_bytes());
    let Decision { entry, outcome } = decision;
    let ours = entry.ours.as_ref();
    let attempt = bytes(outcome.attempt.as_deref());
    // As the file stands after the sync: with what could be merged.
    let text = match &outcome.content {
        Some(Content::Text(text)) => Some(&**text),
        _ => ours.and_then(|ours| ours.text.as_deref()),
    };
    Conflict {
        path: entry.place().to_owned(),
        emitted: entry.path.clone(),
        base: bytes(outcome.base.as_deref()),
        ours: match text {
            Some(text) => bytes(Some(text)),
            None => ours.map_or_else(|| bytes(None), |ours| Arc::clone(&ours.bytes)),
        },
        theirs: bytes(entry.theirs.as_deref()),
        merged: Arc::clone(&attempt),
        attempt: Some(attempt),
    }
}
