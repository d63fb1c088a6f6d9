//! Graphile Migrate: `committed` in the order of its numbers, then `current.sql`, which is still being written.

use super::folder::{Choice, Folder, bytes, join, name, parent};

const OTHER: &str = "is no migration of Graphile Migrate's";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    // Each committed migration begins with `--! Previous: …`.
    let is_committed = |path: &str| {
        name(parent(path)) == "committed" && folder.text(path).trim_start().starts_with("--!")
    };
    let base = folder
        .sql()
        .find(|path| is_committed(path))
        .map(parent)
        .map(parent)?;
    let is_current =
        |path: &str| path == join(base, "current.sql") || parent(path) == join(base, "current");
    let keep = |path: &str| match is_committed(path) || is_current(path) {
        true => Ok(()),
        false => Err(OTHER),
    };
    // `committed` comes before `current` by itself.
    Some(folder.choose("Graphile Migrate", keep, bytes))
}
