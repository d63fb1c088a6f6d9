//! What git left in conflict when two branches met: merged anew from its index, item by item, with the lock of both.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anstream::println;

use super::git::{Commits, Git, Stages};
use super::project::{LOCK, Project, SETTINGS};
use super::report::Failure;
use crate::lock;
use crate::merge::{Language, Merged, Templates, Versions, has_markers, merge};
use crate::sync::{self, Conflict, Folder, plain};
use crate::write::{Change, Changes, Transaction, Tree};

const BASE: &str = ".umbel/base/";

/// What files shall hold, by path; none where there shall be no file.
type Texts = BTreeMap<String, Option<Arc<str>>>;

/// The files of an application that git left in conflict.
pub(super) struct Unmerged {
    git: Git,
    files: BTreeMap<String, Stages>,
}

/// Finds them; none where there is no git, or nothing in conflict that umbel knows of.
pub(super) fn find(folder: &Folder) -> Result<Option<Unmerged>, Failure> {
    let Some(git) = Git::around(&folder.root) else {
        return Ok(None);
    };
    let mut files = git.unmerged()?;
    let mut known = BTreeSet::new();
    for path in files.keys() {
        // What a sync put into the index itself is for a person to settle.
        let is_own = Conflict::read(folder, path)?.is_some();
        let is_emitted = |path: &str| folder.root.join(BASE).join(path).exists();
        let is_of_git = path.starts_with(BASE) || path == LOCK || path == SETTINGS;
        if !is_own
            && (is_of_git || is_emitted(path) || files.contains_key(&format!("{BASE}{path}")))
        {
            known.insert(path.clone());
        }
    }
    files.retain(|path, _| known.contains(path));
    Ok((!files.is_empty()).then_some(Unmerged { git, files }))
}

impl Unmerged {
    /// Their paths.
    pub(super) fn paths(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    /// Merges them anew, writes what has become clean and tells git that it is.
    pub(super) fn repair(
        &self,
        folder: &Folder,
        transaction: &Transaction,
        quiet: bool,
    ) -> Result<(), Failure> {
        let texts = self.texts(folder)?;
        let mut changes = Changes::new();
        for (path, text) in &texts {
            let before = folder.read(path)?;
            let after = text.as_ref().map(|text| text.as_bytes().into());
            changes.insert(path.clone(), Change { before, after });
        }
        changes.retain(|_, change| change.before != change.after);
        transaction.apply(&changes)?;
        let settled: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let settled = settled.into_iter().filter(|path| texts.contains_key(*path));
        let settled: Vec<&str> = settled.collect();
        if settled.is_empty() {
            return Ok(());
        }
        self.git.run(
            &[&["add", "--all", "--force", "--"], &settled[..]].concat(),
            b"",
        )?;
        if !quiet {
            for path in settled.iter().filter(|path| !path.starts_with(".umbel/")) {
                println!(
                    "   merged  {} (git had left it in conflict)",
                    folder.shown(path)
                );
            }
        }
        Ok(())
    }

    /// What the files shall hold, as far as it is clear.
    fn texts(&self, folder: &Folder) -> Result<Texts, Failure> {
        let mut texts = Texts::new();
        if let Some(stages) = self.files.get(SETTINGS) {
            let merged = stages
                .merge(SETTINGS)
                .filter(|_| self.is_as_left(folder, SETTINGS));
            let Some(merged) = merged else {
                return Err(Failure::with_hint(
                    "`umbel.toml` is in conflict",
                    "settle it first: it says what is emitted",
                ));
            };
            texts.insert(SETTINGS.to_owned(), Some(Arc::from(merged)));
        }
        let lock_text = match self.files.get(LOCK) {
            Some(stages) => {
                let [base, ours, theirs] = stages.texts();
                let merged = lock::merge(&base, &ours, &theirs);
                texts.insert(LOCK.to_owned(), Some(Arc::from(merged.as_str())));
                merged
            }
            None => folder.read_text(LOCK)?.unwrap_or_default(),
        };
        let settings = match texts.get(SETTINGS) {
            Some(Some(text)) => text.to_string(),
            _ => folder.read_text(SETTINGS)?.unwrap_or_default(),
        };
        // Two branches may have chosen names that do not go together: then nothing is emitted before a sync has read the
        // database.
        let emitted = Project::of(folder.clone(), lock_text, settings)
            .and_then(|project| project.plan(&project.lock.schema, &project.lock.names))
            .and_then(|(app, _)| Ok(sync::files(&app)?));
        let emitted = emitted.unwrap_or_default();
        let commits = self.git.commits();
        for path in self.files.keys().filter(|path| path.starts_with(BASE)) {
            let text = emitted.get(&path[BASE.len()..]).cloned();
            texts.insert(
                path.clone(),
                text.or_else(|| self.merged_base(path, &emitted)),
            );
        }
        for (path, stages) in &self.files {
            if path.starts_with(".umbel/") || path == SETTINGS {
                continue;
            }
            let base_path = format!("{BASE}{path}");
            let is_as_left = self.is_as_left(folder, path);
            let now = emitted.get(path).filter(|_| is_as_left);
            let anew = now.and_then(|now| self.merged_anew(path, stages, now, &commits));
            if let Some(text) = anew {
                texts.insert(path.clone(), Some(Arc::from(text)));
                texts.insert(base_path, emitted.get(path).cloned());
                continue;
            }
            if let Some(text) = stages.merge(path).filter(|_| is_as_left) {
                texts.insert(path.clone(), Some(Arc::from(text)));
                continue;
            }
            // However a person settles it: what both branches emitted is new against what both began from.
            let began = self.bases(path).base;
            let began = began.or_else(|| self.git.show(commits.base.as_deref()?, &base_path));
            if let Some(began) = began {
                texts.insert(base_path, Some(Arc::from(plain(&began))));
            }
        }
        Ok(texts)
    }

    /// The versions of what was emitted, where they are in conflict, too.
    fn bases(&self, path: &str) -> Stages {
        let stages = self.files.get(&format!("{BASE}{path}"));
        stages.cloned().unwrap_or_default()
    }

    /// The base of a file of which nobody knows what is emitted: gone where the application has other files.
    fn merged_base(&self, path: &str, emitted: &Tree) -> Option<Arc<str>> {
        let stages = self.files.get(path).filter(|_| emitted.is_empty())?;
        let ours = stages.ours.as_deref().or(stages.theirs.as_deref())?;
        Some(Arc::from(plain(ours)))
    }

    /// The edits of both sides in the file as it is emitted for both: what each side was emitted from is taken out of
    /// the way, so that only what people did can be in conflict.
    fn merged_anew(
        &self,
        path: &str,
        stages: &Stages,
        emitted: &Arc<str>,
        commits: &Commits,
    ) -> Option<String> {
        let base_path = format!("{BASE}{path}");
        let of_base = self.bases(path);
        let raised = |text: &Option<String>, staged: Option<String>, commit: Option<&str>| {
            let Some(text) = text else {
                return Some(emitted.to_string());
            };
            let base = staged.or_else(|| self.git.show(commit?, &base_path))?;
            let versions = Versions {
                base: &plain(&base),
                ours: &plain(text),
                theirs: emitted,
            };
            clean(path, versions)
        };
        // A side without the file did not edit it; that it was deleted on purpose is for a person to say.
        if !stages.are_texts() {
            return None;
        }
        let base = raised(&stages.base, of_base.base, commits.base.as_deref())?;
        let ours = raised(&stages.ours, of_base.ours, Some(&commits.ours))?;
        let theirs = raised(&stages.theirs, of_base.theirs, commits.theirs.as_deref())?;
        let versions = Versions {
            base: &base,
            ours: &ours,
            theirs: &theirs,
        };
        clean(path, versions)
    }

    /// Whether the file is as git left it: between its markers stands what the index has, and nobody has begun to settle
    /// it.
    fn is_as_left(&self, folder: &Folder, path: &str) -> bool {
        let Ok(Some(text)) = folder.read_text(path) else {
            return true;
        };
        let Some(stages) = self.files.get(path) else {
            return false;
        };
        let texts = stages.texts();
        let known: BTreeSet<&str> = texts.iter().flat_map(|text| text.lines()).collect();
        let is_marker = |line: &str| {
            ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
                .iter()
                .any(|marker| line.starts_with(marker))
        };
        let both = stages.ours.is_some() && stages.theirs.is_some();
        (has_markers(&text) || !both)
            && text
                .lines()
                .all(|line| is_marker(line) || known.contains(line))
    }
}

impl Stages {
    fn texts(&self) -> [String; 3] {
        [&self.base, &self.ours, &self.theirs]
            .map(|text| text.as_deref().map(plain).unwrap_or_default().into_owned())
    }

    /// Whether both sides have the file, as a text.
    fn are_texts(&self) -> bool {
        let is_text = |text: &String| !text.contains(char::REPLACEMENT_CHARACTER);
        let sides = [&self.ours, &self.theirs];
        sides
            .into_iter()
            .all(|side| side.as_ref().is_some_and(is_text))
    }

    /// The versions merged item by item, if that is clean.
    fn merge(&self, path: &str) -> Option<String> {
        if !self.are_texts() {
            return None;
        }
        let [base, ours, theirs] = self.texts();
        let versions = Versions {
            base: &base,
            ours: &ours,
            theirs: &theirs,
        };
        clean(path, versions)
    }
}

fn clean(path: &str, versions: Versions<'_>) -> Option<String> {
    match merge(Language::of(path), versions, &Templates::default()) {
        Merged::Clean(text) => Some(text),
        Merged::Conflict(_) => None,
    }
}
