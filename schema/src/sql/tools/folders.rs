//! Diesel and Hasura: a folder for each migration, with `up.sql` and `down.sql` in it.

use super::folder::{Choice, DOWN, Folder, NOT_RUN, depth, name, parent};
use super::order::natural;

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let is_up = |path: &str| name(path).eq_ignore_ascii_case("up.sql") && depth(path) > 1;
    if !folder.sql().any(is_up) {
        return None;
    }
    let is_hasura = folder.files.keys().any(|path| {
        let stamp = name(parent(path)).split('_').next().unwrap_or_default();
        // A stamp of milliseconds, where Diesel writes a date: `2024-01-01-000000_name`.
        is_up(path) && stamp.len() == 13 && stamp.bytes().all(|byte| byte.is_ascii_digit())
    });
    let keep = |path: &str| match is_up(path) {
        true => Ok(()),
        false if super::folder::is_down(path) => Err(DOWN),
        false => Err(NOT_RUN),
    };
    let tool = match is_hasura {
        true => "Hasura",
        false => "Diesel",
    };
    Some(folder.choose(tool, keep, natural))
}
