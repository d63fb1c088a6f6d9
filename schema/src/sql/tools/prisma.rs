//! Prisma: a folder for each migration with `migration.sql` in it, by the bytes of the folders' names;
//! `migration_lock.toml` says the database. So does Drizzle write since its first version.

use super::folder::{Choice, ELSEWHERE, Folder, depth, name, parent};
use crate::model::Dialect;

const FILE: &str = "migration.sql";
const LOCK: &str = "migration_lock.toml";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let migrations = folder.sql().filter(|path| name(path) == FILE);
    // `migrations/20240101_init/migration.sql` lies in `migrations`.
    let base = *folder
        .parents(migrations.map(parent).filter(|path| !path.is_empty()))
        .first()?;
    let is_migration =
        |path: &str| name(path) == FILE && parent(parent(path)) == base && depth(path) > 1;
    let keep = |path: &str| is_migration(path).then_some(()).ok_or(ELSEWHERE);
    let has_snapshots = folder
        .files
        .keys()
        .any(|path| name(path) == "snapshot.json");
    let tool = match has_snapshots {
        true => "Drizzle",
        false => "Prisma",
    };
    let mut choice = folder.choose(tool, keep, |a, b| a.cmp(b));
    let lock = folder.text(&super::folder::join(base, LOCK));
    let provider = lock
        .lines()
        .find_map(|line| line.trim().strip_prefix("provider")?.split('"').nth(1));
    say(&mut choice, provider);
    Some(choice)
}

/// Notes the database that a file of a tool's names.
pub(super) fn say(choice: &mut Choice, database: Option<&str>) {
    match database {
        Some("postgresql" | "postgres" | "cockroachdb") => choice.dialect = Some(Dialect::Postgres),
        Some("sqlite" | "turso" | "libsql") => choice.dialect = Some(Dialect::Sqlite),
        Some("mysql" | "singlestore") => choice.foreign = Some("MySQL".to_owned()),
        Some("sqlserver" | "mssql") => choice.foreign = Some("SQL Server".to_owned()),
        Some(_) | None => {}
    }
}
