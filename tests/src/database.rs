//! A database for one test, dropped afterwards.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{cluster, postgres, workspace};

/// A database of its own on the server of the tests.
#[derive(Debug)]
pub struct Database {
    pub name: String,
    pub url: String,
}

impl Database {
    /// A database that holds nothing.
    pub fn empty() -> Self {
        Self::copy_of("template0")
    }

    /// A database in which some SQL files were loaded, one after the other: they are loaded once, then copied.
    pub fn loaded(files: &[PathBuf]) -> Self {
        Self::copy_of(&template(files))
    }

    /// A database in which one SQL text was run.
    pub fn with(sql: &str) -> Self {
        let database = Self::empty();
        database.run(sql);
        database
    }

    /// Runs SQL and returns the rows: a line each, columns separated by `|`, null as nothing.
    #[track_caller]
    pub fn run(&self, sql: &str) -> String {
        run(&self.url, sql)
    }

    /// The schemas that hold tables or views of their own.
    pub fn schemas(&self) -> Vec<String> {
        let names = self.run(
            "SELECT DISTINCT nspname FROM pg_namespace AS n JOIN pg_class AS c ON c.relnamespace = n.oid
             WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm', 'f')
                 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
             ORDER BY nspname",
        );
        names.lines().map(str::to_owned).collect()
    }

    /// Whether a table or view has a row; one that cannot be read has none.
    pub fn has_rows(&self, schema: &str, name: &str) -> bool {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let sql = format!("SELECT FROM {}.{} LIMIT 1", quoted(schema), quoted(name));
        let count = format!("SELECT count(*) FROM ({sql}) AS found");
        let mut psql = postgres::psql(&self.url);
        psql.args(["--tuples-only", "--no-align", "--command", &count]);
        crate::process::finish(&mut psql).stdout.trim() == "1"
    }

    fn copy_of(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("umbel_test_{}_{count}", process::id());
        create(&name, template);
        let url = cluster::shared().url(&name);
        Self { name, url }
    }
}

impl AsRef<str> for Database {
    fn as_ref(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let admin = cluster::shared().admin_url();
        let dropped = crate::process::finish(postgres::psql(admin).args(["--command", &sql]));
        if dropped.code != Some(0) {
            eprintln!("{dropped}");
        }
    }
}

/// Runs SQL in the database that exists before any other: roles, settings.
#[track_caller]
pub fn run_as_admin(sql: &str) -> String {
    run(cluster::shared().admin_url(), sql)
}

/// Whether the server has an extension to offer.
pub fn has_extension(name: &str) -> bool {
    let sql = format!("SELECT 1 FROM pg_available_extensions WHERE name = '{name}'");
    run_as_admin(&sql) == "1"
}

#[track_caller]
fn run(url: &str, sql: &str) -> String {
    let mut psql = postgres::psql(url);
    psql.args(["--tuples-only", "--no-align", "--command", sql]);
    crate::process::succeed(&mut psql).trim_end().to_owned()
}

fn create(name: &str, template: &str) {
    run_as_admin(&format!("DROP DATABASE IF EXISTS {name}"));
    run_as_admin(&format!(
        "CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'"
    ));
}

/// The name of the database that holds what the files load; made if it does not exist yet.
fn template(files: &[PathBuf]) -> String {
    let name = format!("umbel_template_{:016x}", hash(files));
    let _loading = workspace::lock(&workspace::scratch("test-cluster").join("loading"));
    if run_as_admin(&format!(
        "SELECT 1 FROM pg_database WHERE datname = '{name}'"
    ))
    .is_empty()
    {
        // Under another name until it is whole: a killed run leaves no half template.
        let draft = format!("{name}_draft");
        create(&draft, "template0");
        load(&cluster::shared().url(&draft), files);
        run_as_admin(&format!("ALTER DATABASE {draft} RENAME TO {name}"));
    }
    name
}

fn load(url: &str, files: &[PathBuf]) {
    for file in files {
        crate::process::succeed(
            postgres::psql(url)
                .arg("--file")
                .arg(file)
                .arg("--output=/dev/null"),
        );
    }
    run(url, "VACUUM ANALYZE");
}

fn hash(files: &[PathBuf]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files {
        read(file).hash(&mut hasher);
    }
    hasher.finish()
}

fn read(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_loaded_files_are_apart() {
        let folder = tempfile::tempdir().unwrap();
        let schema = folder.path().join("schema.sql");
        fs::write(
            &schema,
            "CREATE TABLE film (title text NOT NULL);\nINSERT INTO film VALUES ('Alien');\n",
        )
        .unwrap();
        let first = Database::loaded(std::slice::from_ref(&schema));
        let second = Database::loaded(&[schema]);
        first.run("INSERT INTO film VALUES ('Brazil')");
        assert_eq!(
            first.run("SELECT title FROM film ORDER BY title"),
            "Alien\nBrazil"
        );
        assert_eq!(second.run("SELECT title FROM film ORDER BY title"), "Alien");
    }

    #[test]
    fn dropped_with_its_value() {
        let database = Database::with("CREATE TABLE film ()");
        let exists = format!(
            "SELECT count(*) FROM pg_database WHERE datname = '{}'",
            database.name
        );
        assert_eq!(run_as_admin(&exists), "1");
        drop(database);
        assert_eq!(run_as_admin(&exists), "0");
    }
}
