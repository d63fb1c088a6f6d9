//! goose: `-- +goose Up` and `-- +goose Down` in files that are numbered.

use super::folder::{Choice, Folder, NOT_RUN, by_number};
use super::section::{self, Mark, Marks, after, comment, first_word};

pub(super) const MARKS: Marks = Marks {
    tool: "goose",
    of: mark,
    is_told_by: section::has_up,
};

fn mark(line: &str) -> Option<Mark> {
    match first_word(after(comment(line)?, "+goose")?).as_str() {
        "up" => Some(Mark::Up),
        "down" => Some(Mark::Down),
        "statementend" | "statementbegin" => Some(Mark::End),
        // `NO TRANSACTION`, `ENVSUB ON`: nothing that the schema depends on.
        _ => None,
    }
}

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    super::marked(folder, &MARKS, |folder| {
        folder.choose(
            MARKS.tool,
            |path| is_version(path).then_some(()).ok_or(NOT_RUN),
            by_number,
        )
    })
}

/// `00001_name.sql`
fn is_version(path: &str) -> bool {
    let name = super::folder::name(path);
    let digits = super::order::digits(name.as_bytes());
    digits > 0 && name[digits..].starts_with('_')
}
