//! An application as the commands that work in its folder see it: what it was emitted from, and where.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::diff::Renames;
use umbel_schema::model::Dialect;

use super::database;
use super::report::Failure;
use super::source;
use crate::lock::{self, Lock};
use crate::plan::{self, App, Before, Gone, Kept, Options, PlanError};
use crate::settings::{self, Settings};
use crate::sync::{Folder, FolderError, Layout};

/// Where the lock lies.
pub(super) const LOCK: &str = ".umbel/schema.lock";
/// What people say about the application.
pub(super) const SETTINGS: &str = "umbel.toml";

/// The argument that names an application.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// The folder of the application, or one within it; paths are told from there
    #[arg(short = 'C', long = "dir", value_name = "DIR", default_value = ".")]
    dir: PathBuf,
}

impl Place {
    /// The folder of the application around the named one.
    pub(super) fn open(&self) -> Result<Folder, Failure> {
        Folder::around(&self.dir).map_err(no_application)
    }
}

/// Why a folder is taken for no application's.
pub(super) fn no_application(error: FolderError) -> Failure {
    match error {
        FolderError::NoApplication(_) => Failure::with_hint(
            error,
            "run it in the folder that `umbel new` made, or name that with `-C DIR`",
        ),
        error => error.into(),
    }
}

/// The layout of an application's Rust.
pub(super) fn layout(folder: &Folder) -> Result<Layout, Failure> {
    Layout::of(&folder.root).map_err(|error| Failure::with_hint(&error, error.hint()))
}

/// What an application is emitted from.
pub(super) struct Project {
    pub(super) folder: Folder,
    pub(super) settings: Settings,
    pub(super) settings_text: String,
    pub(super) lock: Lock,
    pub(super) lock_text: String,
}

impl Project {
    /// Reads the lock and `umbel.toml`.
    pub(super) fn read(folder: Folder) -> Result<Self, Failure> {
        let lock_text = folder.read_text(LOCK)?.unwrap_or_default();
        let settings_text = folder.read_text(SETTINGS)?.unwrap_or_default();
        Self::of(folder, lock_text, settings_text)
    }

    /// An application with this lock and this `umbel.toml`.
    pub(super) fn of(
        folder: Folder,
        lock_text: String,
        settings_text: String,
    ) -> Result<Self, Failure> {
        let lock = lock::parse(&lock_text)?;
        let settings = parse(&settings_text)?;
        Ok(Self {
            folder,
            settings,
            settings_text,
            lock,
            lock_text,
        })
    }

    /// The project after renames in its database: `umbel.toml` has the new names.
    pub(super) fn renamed(mut self, renames: &Renames) -> Result<Self, Failure> {
        if !renames.is_empty() {
            self.settings_text = settings::rename(&self.settings_text, renames);
            self.settings = parse(&self.settings_text)?;
        }
        Ok(self)
    }

    /// What the plan needs to know besides a schema.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        let name = match &self.settings.name {
            Some(name) => name.clone(),
            None => super::new::crate_name(Path::new(&self.folder.name()))?,
        };
        Ok(self.settings.options(&name))
    }

    /// Plans the application for a schema; what has a name keeps it. What `umbel.toml` says about what has gone is told
    /// beside it.
    pub(super) fn plan(&self, schema: &Schema, names: &Kept) -> Result<(App, Vec<Gone>), Failure> {
        let mut options = self.options()?;
        let before = Before {
            schema: &self.lock.schema,
            gone: &self.lock.gone,
        };
        let gone = options.take_gone(schema, &before);
        Ok((Self::plan_with(schema, &options, names)?, gone))
    }

    /// Plans what an application is called before and after renames, as far as `umbel.toml` says names of what
    /// the schema has.
    pub(super) fn plan_names(
        &self,
        schema: &Schema,
        names: &Kept,
        with_said: bool,
    ) -> Result<App, Failure> {
        let options = self.options()?;
        let options = Options {
            tables: match with_said {
                true => options.names(schema),
                false => Vec::new(),
            },
            types: Vec::new(),
            ..options
        };
        Self::plan_with(schema, &options, names)
    }

    fn plan_with(schema: &Schema, options: &Options, names: &Kept) -> Result<App, Failure> {
        plan::plan(schema, options, names).map_err(|errors| Failure {
            messages: errors.iter().map(ToString::to_string).collect(),
            hint: errors.iter().any(PlanError::is_about_selection).then(|| {
                "`[source]` in `umbel.toml` says which tables the application has".to_owned()
            }),
        })
    }

    /// The URL of the database: as it is given, else as the application itself would find it.
    pub(super) fn database(&self, argument: Option<&str>) -> Result<String, Failure> {
        let Some(url) = database::named(argument, &self.folder.root)? else {
            return Err(Failure::with_hint(
                "no database is named",
                "give `--database URL`, or set DATABASE_URL in the environment or in `.env`",
            ));
        };
        let is_file = source::file(&url).is_some();
        match (self.lock.schema.dialect, is_file) {
            (Dialect::Postgres, true) => Err(Failure::with_hint(
                "the application is made for PostgreSQL, and the database that is named is a file",
                "name a database as `postgres://role:password@host/database`",
            )),
            (Dialect::Sqlite, false) => Err(Failure::with_hint(
                "the application is made for an SQLite file, and the database that is named is a server's",
                "name the file as `sqlite:FILE`; for a server, make an application of its own with `umbel new`",
            )),
            _ => Ok(url),
        }
    }

    /// A number for everything that emitted files depend upon, and for their base as it lies on disk: the
    /// same number, nothing to do.
    pub(super) fn stamp(&self, lock_text: &str) -> Result<String, Failure> {
        let mut hasher = DefaultHasher::new();
        (lock_text, &self.settings_text, self.folder.name()).hash(&mut hasher);
        env!("CARGO_PKG_VERSION").hash(&mut hasher);
        // Another build of the same version may emit something else.
        let program = env::current_exe().and_then(std::fs::metadata);
        if let Ok(program) = program {
            program.len().hash(&mut hasher);
            program.modified().ok().hash(&mut hasher);
        }
        for path in self.folder.files_below(".umbel/base")? {
            let file = self
                .folder
                .root
                .join(".umbel/base")
                .join(&path)
                .metadata()?;
            (path, file.len(), file.modified().ok()).hash(&mut hasher);
        }
        Ok(format!("{:016x}\n", hasher.finish()))
    }
}

fn parse(text: &str) -> Result<Settings, Failure> {
    settings::parse(text).map_err(|errors| Failure {
        messages: errors.iter().map(ToString::to_string).collect(),
        hint: None,
    })
}
