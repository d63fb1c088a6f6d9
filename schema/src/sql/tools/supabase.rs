//! Supabase: `supabase/migrations`, by the bytes of the names; `seed.sql` beside it holds rows.

use super::folder::{Choice, Folder, bytes, join, name, parent};

const NOT_MIGRATED: &str = "is no migration of Supabase's";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let base = base(folder)?;
    let keep = |path: &str| {
        let is_version = name(path).starts_with(|first: char| first.is_ascii_digit());
        let is_migration = parent(path) == base && is_version;
        is_migration.then_some(()).ok_or(NOT_MIGRATED)
    };
    let choice = folder.choose("Supabase", keep, bytes);
    (!choice.files.is_empty()).then_some(choice)
}

/// Where the migrations lie within the folder.
fn base(folder: &Folder) -> Option<String> {
    let path = folder.path.replace('\\', "/");
    let path = path.trim_end_matches('/');
    if path.ends_with("supabase/migrations") {
        return Some(String::new());
    }
    let is_supabase = name(path) == "supabase" || folder.text("config.toml").contains("project_id");
    let holders = folder.holders("supabase/config.toml");
    let above = holders
        .first()
        .map(|holder| join(holder, "supabase/migrations"));
    above.or_else(|| is_supabase.then(|| "migrations".to_owned()))
}
