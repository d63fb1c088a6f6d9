//! dbmate: `-- migrate:up` and `-- migrate:down`; beside the migrations lies `schema.sql`, a dump of what they make.

use super::folder::{Choice, Folder, NOT_RUN, bytes};
use super::section::{self, Mark, Marks, after, comment, first_word};

pub(super) const MARKS: Marks = Marks {
    tool: "dbmate",
    of: mark,
    is_told_by: section::has_up,
};

fn mark(line: &str) -> Option<Mark> {
    match first_word(after(comment(line)?, "migrate:")?).as_str() {
        "up" => Some(Mark::Up),
        "down" => Some(Mark::Down),
        _ => None,
    }
}

/// It goes by the bytes of names that begin with a digit.
pub(super) fn take(folder: &Folder) -> Option<Choice> {
    super::marked(folder, &MARKS, |folder| {
        let is_version =
            |path: &str| super::folder::name(path).starts_with(|c: char| c.is_ascii_digit());
        folder.choose(
            MARKS.tool,
            |path| is_version(path).then_some(()).ok_or(NOT_RUN),
            bytes,
        )
    })
}
