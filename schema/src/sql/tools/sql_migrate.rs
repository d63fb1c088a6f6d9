//! sql-migrate: `-- +migrate Up` and `-- +migrate Down`.

use super::folder::{Choice, Folder, by_number};
use super::section::{self, Mark, Marks, after, comment, first_word};

pub(super) const MARKS: Marks = Marks {
    tool: "sql-migrate",
    of: mark,
    is_told_by: section::has_up,
};

fn mark(line: &str) -> Option<Mark> {
    match first_word(after(comment(line)?, "+migrate")?).as_str() {
        "up" => Some(Mark::Up),
        "down" => Some(Mark::Down),
        "statementend" | "statementbegin" => Some(Mark::End),
        _ => None,
    }
}

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    super::marked(folder, &MARKS, |folder| {
        folder.choose(MARKS.tool, |_| Ok(()), by_number)
    })
}
