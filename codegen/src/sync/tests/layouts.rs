//! Layouts of projects, and ends of lines, that are made up at random: none of them is an edit.

use std::fs;

use proptest::prelude::*;

use super::edits::{edited, edits};
use super::{Disk, Layout, Renaming, Status, changed_schemas, mine, sync_in, texts};
use crate::cases::cases;
use crate::generate;
use crate::plan::{Kept, plan};
use crate::sync::{Decision, files, plain};
use crate::write::Tree;

/// A `rustfmt.toml`.
fn configurations() -> impl Strategy<Value = String> {
    let heuristics = prop_oneof![Just("Default"), Just("Off"), Just("Max")];
    let newline = prop_oneof![Just("Auto"), Just("Unix"), Just("Windows")];
    let params = prop_oneof![Just("Tall"), Just("Compressed"), Just("Vertical")];
    (60..140_u16, 2..8_u8, any::<[bool; 3]>(), heuristics, newline, params).prop_map(
        |(width, tab, [tabs, comma, reorder], heuristics, newline, params)| {
            format!(
                "max_width = {width}\ntab_spaces = {tab}\nhard_tabs = {tabs}\nmatch_block_trailing_comma = {comma}\n\
                 reorder_imports = {reorder}\nuse_small_heuristics = \"{heuristics}\"\nnewline_style = \"{newline}\"\n\
                 fn_params_layout = \"{params}\"\n"
            )
        },
    )
}

/// The files as the project's formatter leaves them, and some of them with other ends of lines.
fn laid_out(layout: &Layout, files: &Tree, windows: &[bool]) -> Tree {
    let files = files.iter().enumerate().map(|(at, (path, text))| {
        let is_rust = path.ends_with(".rs");
        let laid_out = is_rust.then(|| layout.lay_out(text)).flatten();
        let text = laid_out.unwrap_or_else(|| text.to_string());
        let text = match windows[at % windows.len()] {
            true => plain(&text).replace('\n', "\r\n"),
            false => text,
        };
        (path.clone(), text.into())
    });
    files.collect()
}

proptest! {
    // A case is some hundred runs of rustfmt.
    #![proptest_config(cases(5))]

    #[test]
    fn a_layout_is_no_edit(
        (before, after) in changed_schemas(),
        edits in edits(),
        configuration in configurations(),
        windows in prop::collection::vec(any::<bool>(), 7),
    ) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("rustfmt.toml"), &configuration).unwrap();
        let layout = Layout::of(folder.path()).unwrap();
        let app = generate::app(&before);
        let emitted = files(&app).unwrap();
        let edited = edited(&emitted, &edits).disk;
        let disk = Disk {
            files: laid_out(&layout, &edited.files, &windows),
            ..edited.clone()
        };
        let app = plan(&after, &generate::options(), &Kept::of(&app)).unwrap();
        let theirs = files(&app).unwrap();
        let (synced, decisions) = sync_in(&layout, &disk, &theirs, &Renaming::default());
        for Decision { entry, outcome } in &decisions {
            let is_edited = edited.files.get(&entry.from) != emitted.get(&entry.from);
            let status = outcome.status;
            let is_clean = !matches!(status, Status::Merged | Status::Conflicted | Status::Orphaned);
            prop_assert!(is_edited || is_clean, "{}: {:?} with {}", entry.path, status, configuration);
            let text = synced.files.get(&entry.path).filter(|_| entry.path.ends_with(".rs"));
            if let Some(text) = text.filter(|_| matches!(status, Status::Created | Status::Updated)) {
                let again = layout.lay_out(&plain(text));
                prop_assert_eq!(again.as_deref().map(plain), Some(plain(text)), "{}", entry.path);
            }
        }
        let (had, has) = (mine(texts(&disk)), mine(texts(&synced)));
        for (word, count) in had {
            prop_assert!(has.get(word) >= Some(&count), "{} is lost", word);
        }
        let (again, _) = sync_in(&layout, &synced, &theirs, &Renaming::default());
        prop_assert_eq!(&again.files, &synced.files);
        prop_assert_eq!(&again.base, &synced.base);
    }
}
