//! golang-migrate and sqlx: `1_name.up.sql` beside `1_name.down.sql`, by number; Postgrator: `1.do.sql` beside
//! `1.undo.sql`; db-migrate: `1-name-up.sql`.

use super::folder::{Choice, DOWN, Folder, NOT_RUN, by_number, is_down, name, parent};
use super::order::is_numbered;

/// The ends of both names, and whose they are.
const PAIRS: [(&str, &str, &str); 5] = [
    (".up.sql", ".down.sql", "golang-migrate, sqlx"),
    (".do.sql", ".undo.sql", "Postgrator"),
    ("-up.sql", "-down.sql", "db-migrate"),
    ("_up.sql", "_down.sql", "pairs of `_up.sql` and `_down.sql`"),
    (
        ".deploy.sql",
        ".revert.sql",
        "pairs of `.deploy.sql` and `.revert.sql`",
    ),
];

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    PAIRS
        .iter()
        .find_map(|(up, down, tool)| pair(folder, up, down, tool))
}

fn pair(folder: &Folder, up: &str, down: &str, tool: &'static str) -> Option<Choice> {
    // `sign_up.sql` alone is no half of a pair.
    let is_sure = up.starts_with('.');
    let is_up = |path: &str| {
        let stem = path.strip_suffix(up);
        stem.is_some_and(|stem| is_sure || folder.files.contains_key(&format!("{stem}{down}")))
    };
    let ups: Vec<&str> = folder.sql().filter(|path| is_up(path)).collect();
    if ups.is_empty() {
        return None;
    }
    let bases: Vec<&str> = ups.iter().map(|path| parent(path)).collect();
    let keep = |path: &str| {
        if is_up(path) {
            Ok(())
        } else if path.ends_with(down) || is_down(path) {
            Err(DOWN)
        } else if bases.contains(&parent(path))
            && is_numbered(path)
            && !name(path).contains(".fixture")
        {
            // sqlx reads what goes one way as well.
            Ok(())
        } else {
            Err(NOT_RUN)
        }
    };
    Some(folder.choose(tool, keep, by_number))
}
