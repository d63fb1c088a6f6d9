//! The files that a sync decides about, in their three versions.

use std::collections::BTreeSet;

use super::report::Failure;
use crate::sync::{self, Entry, Folder, Layout, Moved, Ours, Renaming};
use crate::write::Tree;

/// Every file that was emitted or is emitted now, in its three versions.
pub(super) fn entries(
    folder: &Folder,
    mut theirs: Tree,
    renaming: &Renaming,
    layout: &Layout,
) -> Result<Vec<Entry>, Failure> {
    let base = folder.base()?;
    let mut entries = Vec::with_capacity(theirs.len());
    let mut sources: BTreeSet<String> = base.keys().cloned().collect();
    // A person's own files go with the folder of their table.
    for old in renaming.folders() {
        let own = folder.files_below(old)?;
        sources.extend(own.into_iter().map(|path| format!("{old}/{path}")));
    }
    let is_missing =
        |path: &&str| !folder.root.join(path).exists() && theirs.contains_key(&renaming.path(path));
    let missing = base.keys().map(String::as_str).filter(is_missing).collect();
    let is_emitted = |path: &str| {
        base.contains_key(path)
            || theirs.contains_key(path)
            || theirs.contains_key(&renaming.path(path))
    };
    let places = sync::find_moved(folder, &missing, &base, is_emitted)?;
    sources.retain(|path| !places.values().any(|place| place == path));
    for from in &sources {
        let path = renaming.path(from);
        let moved = places.get(from).map(|place| Moved {
            path: renaming.path(place),
            from: place.clone(),
        });
        let bytes = folder.read(moved.as_ref().map_or(from, |moved| &moved.from))?;
        let base = base.get(from);
        let ours = bytes.as_deref().and_then(|ours| str::from_utf8(ours).ok());
        let is_edited = ours.map(sync::plain).as_deref() != base.map(|base| &**base);
        let rename = |layout: &Layout, text: &str| {
            let renamed = renaming.text(from, text);
            match is_edited {
                true => layout.keep(from, text, renamed),
                false => renamed,
            }
        };
        entries.push(Entry {
            moved,
            base: base.map(|text| rename(&Layout::standard(), text).into()),
            theirs: theirs.remove(&path),
            ours: bytes.map(|bytes| Ours::read(bytes, |text| rename(layout, text))),
            path,
            from: from.clone(),
        });
    }
    let leaving: BTreeSet<String> = entries
        .iter()
        .filter(|entry| entry.place_before() != entry.place())
        .map(|entry| entry.place_before().to_owned())
        .collect();
    sources.extend(places.into_values());
    // Templates of a person's own tell what the code that names them uses.
    for path in folder.files_below("templates")? {
        let path = format!("templates/{path}");
        if !sources.contains(&path) && !theirs.contains_key(&path) {
            let bytes = folder.read(&path)?;
            entries.push(Entry {
                base: None,
                theirs: None,
                ours: bytes.map(|bytes| Ours::read(bytes, str::to_owned)),
                from: path.clone(),
                moved: None,
                path,
            });
        }
    }
    for (path, text) in theirs {
        // What lies there may be on its way to elsewhere.
        let bytes = match leaving.contains(&path) {
            true => None,
            false => folder.read(&path)?,
        };
        entries.push(Entry {
            base: None,
            theirs: Some(text),
            ours: bytes.map(|bytes| Ours::read(bytes, str::to_owned)),
            from: path.clone(),
            moved: None,
            path,
        });
    }
    check_moves(folder, &entries)?;
    Ok(entries)
}

/// Refuses to move a file to where another one lies.
fn check_moves(folder: &Folder, entries: &[Entry]) -> Result<(), Failure> {
    let leaving: BTreeSet<&str> = entries
        .iter()
        .filter(|entry| entry.place_before() != entry.place())
        .map(Entry::place_before)
        .collect();
    let mut messages = Vec::new();
    let moving = entries.iter();
    for entry in moving.filter(|entry| entry.place_before() != entry.place()) {
        let (from, to) = (entry.place_before(), entry.place());
        let taken = folder.root.join(to).exists();
        if taken && !leaving.contains(to) && entry.ours.is_some() {
            messages.push(format!(
                "`{from}` cannot become `{to}`, since there is such a file"
            ));
        }
    }
    if messages.is_empty() {
        return Ok(());
    }
    Err(Failure {
        messages,
        hint: Some("move it out of the way".to_owned()),
    })
}
