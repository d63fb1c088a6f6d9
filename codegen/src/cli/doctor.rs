//! `umbel doctor`: finds the indexes that the pages of an application miss.

use std::path::{Path, PathBuf};

use clap::Args;
use umbel_schema::Schema;

use super::database;
use super::doctor_report::Report;
use super::inspect::print_all;
use super::project::{Project, no_application};
use super::report::Failure;
use super::source;
use crate::doctor::{self, Subject};
use crate::plan::{self, App, Kept, Options, PlanError, Selection};
use crate::sync::Folder;

/// From how many rows on a table is large.
const LARGE: u64 = 100_000;

/// Find the indexes that an application's pages miss
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The database: `postgres://user@host/name`, `sqlite:shop.db`, or the path of an SQLite file; without it, the one
    /// that DATABASE_URL names, in the environment or in `.env`. Nothing is written to it
    #[arg(long, value_name = "URL")]
    database: Option<String>,

    /// A database schema to look at, instead of PostgreSQL's `public` or of those that `umbel.toml` names; may be given
    /// several times
    #[arg(long = "schema", value_name = "NAME")]
    schemas: Vec<String>,

    /// Only tables that match: a glob over `table` or `schema.table`
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,

    /// No tables that match
    #[arg(long, value_name = "GLOB")]
    except: Vec<String>,

    /// The folder of an application, or one within it, whose `umbel.toml` says which tables there are, how they are
    /// sorted and what is hidden; without it, the one around the current folder, if any
    #[arg(short = 'C', long = "dir", value_name = "DIR")]
    dir: Option<PathBuf>,

    /// From how many rows on a table is looked at; 0 for all
    #[arg(long, value_name = "N", default_value_t = LARGE)]
    rows: u64,

    /// Print the statements alone, to be piped into `psql` or `sqlite3`
    #[arg(long)]
    sql: bool,
}

impl Doctor {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let project = self.project()?;
        let url = self.url(project.as_ref())?;
        let schemas = match &project {
            Some(project) if self.schemas.is_empty() => project.settings.schemas(),
            _ => self.schemas.clone(),
        };
        let (mut schema, sizes) = source::read_sizes(&url, &schemas, self.rows.max(LARGE))?;
        doctor::as_readable(&mut schema);
        let selection = Selection {
            only: self.only.clone(),
            except: self.except.clone(),
        };
        check(&selection, &schema)?;
        let (app, options) = match &project {
            Some(project) => {
                let (app, _) = project.plan(&schema, &project.lock.names)?;
                (app, project.options()?)
            }
            None => without_application(&schema)?,
        };
        let checkup = doctor::examine(&Subject {
            app: &app,
            schema: &schema,
            sizes: &sizes,
            options: &options,
            selection: &selection,
            threshold: self.rows,
        });
        let report = Report {
            checkup: &checkup,
            dialect: schema.dialect,
            threshold: self.rows,
        };
        let printed = match self.sql {
            true => report.sql(),
            false => report.text(),
        };
        print_all(printed.as_bytes())?;
        Ok(())
    }

    /// The application around the folder that is named, which has to be one, or around the current folder.
    fn project(&self) -> Result<Option<Project>, Failure> {
        match (&self.dir, Folder::around(Path::new("."))) {
            (Some(dir), _) => {
                let folder = Folder::around(dir).map_err(no_application)?;
                Project::read(folder).map(Some)
            }
            (None, Ok(folder)) => Project::read(folder).map(Some),
            (None, Err(_)) => Ok(None),
        }
    }

    fn url(&self, project: Option<&Project>) -> Result<String, Failure> {
        let argument = self.database.as_deref();
        if let Some(project) = project {
            return project.database(argument);
        }
        let url = database::named(argument, Path::new("."))?;
        url.ok_or_else(|| {
            Failure::with_hint(
                "no database is named",
                "give `--database URL`, or set DATABASE_URL in the environment or in `.env`",
            )
        })
    }
}

/// Refuses patterns that nothing matches.
fn check(selection: &Selection, schema: &Schema) -> Result<(), Failure> {
    let patterns = selection.unmatched(schema).into_iter();
    let messages: Vec<String> = patterns
        .map(|pattern| PlanError::Unmatched(pattern.to_owned()).to_string())
        .collect();
    if messages.is_empty() {
        return Ok(());
    }
    Err(Failure {
        messages,
        hint: Some(
            "`umbel inspect`, with the same database, lists the tables and views".to_owned(),
        ),
    })
}

/// The plan of an application of which nobody has said anything.
fn without_application(schema: &Schema) -> Result<(App, Options), Failure> {
    let options = Options::new("app");
    let app = plan::plan(schema, &options, &Kept::default()).map_err(|errors| Failure {
        messages: errors.iter().map(ToString::to_string).collect(),
        hint: None,
    })?;
    Ok((app, options))
}
