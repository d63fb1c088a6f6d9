//! tern: one line parts what makes something from what takes it back, `---- create above / drop below ----`.

use super::folder::{Choice, Folder, NOT_RUN, by_number};
use super::section::{Mark, Marks};

pub(super) const MARKS: Marks = Marks {
    tool: "tern",
    of: mark,
    is_told_by: |marks| !marks.is_empty(),
};

fn mark(line: &str) -> Option<Mark> {
    (line == "---- create above / drop below ----").then_some(Mark::Down)
}

/// A migration without that line goes one way; a folder of such alone is no different from numbered files.
pub(super) fn take(folder: &Folder) -> Option<Choice> {
    super::marked(folder, &MARKS, |folder| {
        let is_version =
            |path: &str| super::folder::name(path).starts_with(|c: char| c.is_ascii_digit());
        folder.choose(
            MARKS.tool,
            |path| is_version(path).then_some(()).ok_or(NOT_RUN),
            by_number,
        )
    })
}
