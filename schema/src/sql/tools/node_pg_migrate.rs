//! node-pg-migrate: `-- Up Migration` and `-- Down Migration`.

use super::folder::{Choice, Folder, by_number};
use super::section::{Mark, Marks, after};

pub(super) const MARKS: Marks = Marks {
    tool: "node-pg-migrate",
    of: mark,
    is_told_by: |marks| !marks.is_empty(),
};

/// Any dashes and blanks may stand before it: `--- up migration`.
fn mark(line: &str) -> Option<Mark> {
    let said = line
        .strip_prefix("--")?
        .trim_start_matches(|c: char| c == '-' || c.is_whitespace());
    let is =
        |direction| after(said, direction).is_some_and(|rest| after(rest, "migration").is_some());
    match (is("up "), is("down ")) {
        (true, _) => Some(Mark::Up),
        (_, true) => Some(Mark::Down),
        _ => None,
    }
}

/// Whether a file is one half of a pair: what its comments say of up and down is no mark.
pub(super) fn is_half(name: &str) -> bool {
    name.ends_with(".up.sql") || name.ends_with(".down.sql")
}

/// A file without marks is run as a whole.
pub(super) fn take(folder: &Folder) -> Option<Choice> {
    if folder.sql().any(is_half) {
        return None;
    }
    super::marked(folder, &MARKS, |folder| {
        folder.choose(MARKS.tool, |_| Ok(()), by_number)
    })
}
