//! Drizzle: `meta/_journal.json` says which files there are, and their order. What it does not name is not run.

use serde::Deserialize;

use super::folder::{Choice, Folder, join};
use super::section::Blanks;

const JOURNAL: &str = "meta/_journal.json";
const BREAKPOINT: &str = "--> statement-breakpoint";
const ORPHAN: &str = "is not named in `meta/_journal.json`";

#[derive(Debug, Deserialize)]
struct Journal {
    dialect: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    idx: u64,
    tag: String,
}

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let base = *folder.holders(JOURNAL).first()?;
    let journal = folder.text(&join(base, JOURNAL));
    let mut journal: Journal = serde_json::from_str(journal).ok()?;
    journal.entries.sort_by_key(|entry| entry.idx);
    let files = journal
        .entries
        .iter()
        .map(|entry| join(base, &format!("{}.sql", entry.tag)));
    let files: Vec<String> = files.collect();
    let mut choice = folder.chosen("Drizzle", files, ORPHAN);
    super::prisma::say(&mut choice, journal.dialect.as_deref());
    Some(choice)
}

/// Statements end at a breakpoint, with a semicolon or without.
pub(super) fn part(text: &str) -> Option<std::borrow::Cow<'_, str>> {
    let mut blanks = Blanks::of(text);
    let places = text.match_indices(BREAKPOINT);
    let mut places = places.peekable();
    places.peek()?;
    for (at, found) in places {
        blanks.end_statement(at..at + found.len());
    }
    Some(blanks.finish())
}
