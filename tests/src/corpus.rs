//! Whole schemas to test with: those that the project carries in `tests/corpus`, and large ones that lie outside of it.

use std::env;
use std::path::{Path, PathBuf};

use crate::database::{self, Database};
use crate::{skipped, workspace};

/// The folder of one schema.
#[derive(Debug)]
pub struct Corpus {
    pub name: String,
    pub folder: PathBuf,
}

impl Corpus {
    /// A schema that every clone has.
    #[track_caller]
    pub fn own(name: &str) -> Self {
        Self::within(&own(), name)
    }

    /// A schema that every clone has, else a large one; `None`, said aloud, on a machine without the large ones.
    #[track_caller]
    pub fn find(name: &str) -> Option<Self> {
        if own().join(name).is_dir() {
            return Some(Self::own(name));
        }
        let large = large();
        if !large.is_dir() {
            skipped::because(&format!(
                "no large schemas at {} (UMBEL_CORPUS names another folder)",
                large.display()
            ));
            return None;
        }
        Some(Self::within(&large, name))
    }

    #[track_caller]
    fn within(corpus: &Path, name: &str) -> Self {
        let folder = corpus.join(name);
        assert!(folder.is_dir(), "{} has no schema {name}", corpus.display());
        Self {
            name: name.to_owned(),
            folder,
        }
    }

    /// The same, or `None`, said aloud, where the server lacks an extension that the schema needs.
    pub fn find_loadable(name: &str) -> Option<Self> {
        let found = Self::find(name)?;
        if name == "3dcitydb" && !database::has_extension("postgis") {
            skipped::because("the server has no PostGIS (postgresql-15-postgis-3 on Debian)");
            return None;
        }
        Some(found)
    }

    /// A database with the schema and, where there are any, its rows.
    pub fn database(&self) -> Database {
        create_roles();
        Database::loaded(&self.files())
    }

    /// A database in which one file of the schema's folder was loaded.
    pub fn database_of(&self, file: &str) -> Database {
        create_roles();
        Database::loaded(&[self.folder.join(file)])
    }

    /// The SQL files in the order in which they are to be loaded.
    pub fn files(&self) -> Vec<PathBuf> {
        let files = ["schema.sql", "data.sql"].map(|file| self.folder.join(file));
        files.into_iter().filter(|file| file.exists()).collect()
    }
}

/// The folder of the schemas that every clone has.
fn own() -> PathBuf {
    workspace::root().join("tests/corpus")
}

/// The folder of the large schemas: `UMBEL_CORPUS`, else `shared/corpus` beside the checkout.
fn large() -> PathBuf {
    match env::var_os("UMBEL_CORPUS") {
        Some(folder) => workspace::root().join(folder),
        None => workspace::root().join("../shared/corpus"),
    }
}

/// The roles that own objects in some of the schemas.
fn create_roles() {
    database::run_as_admin(
        "DO $$
         DECLARE role text;
         BEGIN
             FOREACH role IN ARRAY ARRAY['postgres', 'netbox'] LOOP
                 BEGIN
                     EXECUTE format('CREATE ROLE %I', role);
                 EXCEPTION WHEN duplicate_object OR unique_violation THEN
                     NULL;
                 END;
             END LOOP;
         END $$",
    );
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn pagila_has_its_films() {
        let corpus = Corpus::own("pagila");
        assert_eq!(corpus.database().run("SELECT count(*) FROM film"), "1000");
    }

    /// What lies in the folder is said to be there, with where it comes from.
    #[test]
    fn every_schema_has_its_origin() {
        let origins = fs::read_to_string(own().join("README.md")).unwrap();
        let entries = fs::read_dir(own()).unwrap().map(|entry| entry.unwrap());
        for folder in entries.filter(|entry| entry.path().is_dir()) {
            let name = folder.file_name().into_string().unwrap();
            assert!(origins.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
