//! Rails: `db/structure.sql` is all that the migrations in Ruby have come to, as psql loads it.

use super::folder::{Choice, Folder, is_sql, name};

const OTHER: &str = "is not part of `structure.sql`";

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let is_structure = |path: &&str| name(path) == "structure.sql" && is_sql(path);
    let structure = folder
        .sql()
        .filter(is_structure)
        .min_by_key(|path| path.matches('/').count())?;
    let is_rails = folder.files.keys().any(|path| path.ends_with(".rb"))
        || folder.text(structure).contains("schema_migrations");
    is_rails.then(|| folder.chosen("Rails", vec![structure.to_owned()], OTHER))
}
