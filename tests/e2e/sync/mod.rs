//! Regeneration: what people edited stays, whatever becomes of the schema and of the run.

mod branches;
mod edits;
mod failure;
mod layout;
mod moved;
mod outcome;
mod renames;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use umbel_tests::database::Database;
use umbel_tests::process::{self, Finished};
use umbel_tests::{tree, umbel};

const SCHEMA: &str = "
    CREATE TYPE rating AS ENUM ('G', 'R');
    CREATE TABLE language (language_id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE film (
        film_id serial PRIMARY KEY,
        title text NOT NULL,
        description text,
        rating rating,
        language_id integer REFERENCES language
    )";

/// An application of the schema above, and its database.
struct Shop {
    database: Database,
    folder: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        let database = Database::with(SCHEMA);
        let folder = tempfile::tempdir().unwrap();
        let shop = Self { database, folder };
        let mut new = umbel::command();
        new.arg("new").arg(shop.root());
        process::succeed(new.args(["--database", &shop.database.url]));
        shop
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn exists(&self, path: &str) -> bool {
        self.root().join(path).exists()
    }

    /// Replaces a text that stands in the file.
    #[track_caller]
    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old:?} in {path}: {text}");
        fs::write(self.root().join(path), text.replacen(old, new, 1)).unwrap();
    }

    fn umbel(&self, arguments: &[&str]) -> Finished {
        process::finish(&mut self.command(arguments))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        command(&self.root(), arguments)
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.arg("-C").arg(self.root()).args(arguments);
        git
    }

    /// A sync that ends with the exit code.
    #[track_caller]
    fn sync(&self, arguments: &[&str], code: i32) -> Finished {
        let finished = self.umbel(&[&["sync"], arguments].concat());
        assert_eq!(finished.code, Some(code), "{finished}");
        finished
    }

    fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        contents(&self.root())
    }
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = umbel::command();
    command
        .args(arguments)
        .current_dir(root)
        .env_remove("DATABASE_URL");
    command
}

/// All files but those of this machine alone.
fn contents(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut contents = tree::contents(root);
    contents.retain(|path, _| !path.starts_with(".umbel/local/"));
    contents
}
