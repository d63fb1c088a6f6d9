//! Atlas: the files of a folder that has an `atlas.sum`, by the bytes of their names, from the last checkpoint on.

use std::borrow::Cow;

use super::folder::{Choice, DOWN, ELSEWHERE, Folder, bytes, is_down, parent};
use super::section::{Blanks, after, comment, lines};

const SUM: &str = "atlas.sum";
const CHECKPOINT: &str = "comes before the checkpoint, which stands for it";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let base = *folder.holders(SUM).first()?;
    let is_migration = |path: &str| parent(path) == base && !is_down(path);
    let checkpoint = folder.sql().filter(|path| {
        let mut said = directives(folder.text(path));
        is_migration(path) && said.any(|(directive, _)| directive.starts_with("checkpoint"))
    });
    let checkpoint = checkpoint.last();
    let keep = |path: &str| {
        if is_down(path) {
            Err(DOWN)
        } else if !is_migration(path) {
            Err(ELSEWHERE)
        } else if checkpoint.is_some_and(|checkpoint| path < checkpoint) {
            Err(CHECKPOINT)
        } else {
            Ok(())
        }
    };
    Some(folder.choose("Atlas", keep, bytes))
}

/// What `-- atlas:…` says at the head of a file.
fn directives(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let head = lines(text).take_while(|line| {
        let line = text[line.clone()].trim();
        line.is_empty() || line.starts_with("--")
    });
    head.filter_map(|line| {
        let said = after(comment(text[line.clone()].trim())?, "atlas:")?;
        Some((said, line.end))
    })
}

/// Files that hold several in one (`-- atlas:txtar`) have the migration in `migration.sql`; a delimiter of their own
/// ends statements.
pub(super) fn part(text: &str) -> Option<Cow<'_, str>> {
    let mut blanks = Blanks::of(text);
    let mut is_ours = false;
    for (directive, end) in directives(text) {
        if directive.starts_with("txtar") {
            is_ours = true;
            section(text, &mut blanks);
        }
        if let Some(delimiter) = after(directive, "delimiter") {
            let delimiter = delimiter
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t");
            let visible = delimiter.trim();
            if !visible.is_empty() && visible != ";" {
                is_ours = true;
                for (at, found) in text[end..].match_indices(visible) {
                    blanks.end_statement(end + at..end + at + found.len());
                }
            }
        }
    }
    is_ours.then(|| blanks.finish())
}

/// Covers all but what stands below `-- migration.sql --`.
fn section(text: &str, blanks: &mut Blanks<'_>) {
    let mut runs = false;
    for line in lines(text) {
        let said = text[line.clone()].trim();
        let name = said
            .strip_prefix("-- ")
            .and_then(|said| said.strip_suffix(" --"));
        if let Some(name) = name {
            runs = name == "migration.sql";
            blanks.end_statement(line);
        } else if !runs {
            blanks.cover(line);
        }
    }
}
