//! Real schemas that nobody of this project wrote.

use std::env;
use std::path::PathBuf;

use crate::database::{self, Database};
use crate::{skipped, workspace};

/// The folder of one schema.
#[derive(Debug)]
pub struct Corpus {
    pub name: String,
    pub folder: PathBuf,
}

impl Corpus {
    /// The schema of that name, or `None`, said aloud, on a machine that has no corpus.
    pub fn find(name: &str) -> Option<Self> {
        let corpus = folder();
        if !corpus.is_dir() {
            skipped::because(&format!(
                "no corpus at {} (UMBEL_CORPUS names another folder)",
                corpus.display()
            ));
            return None;
        }
        let folder = corpus.join(name);
        assert!(
            folder.is_dir(),
            "the corpus at {} has no schema {name}",
            corpus.display()
        );
        Some(Self {
            name: name.to_owned(),
            folder,
        })
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

/// The folder of all schemas: `UMBEL_CORPUS`, else `shared/corpus` beside the checkout.
fn folder() -> PathBuf {
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
    use super::*;

    #[test]
    fn pagila_has_its_films() {
        let Some(corpus) = Corpus::find("pagila") else {
            return;
        };
        assert_eq!(corpus.database().run("SELECT count(*) FROM film"), "1000");
    }
}
