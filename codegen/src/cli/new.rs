//! `umbel new`: makes a new application for a database.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anstream::println;
use clap::Args;

use umbel_schema::diff::Identity;

use super::identities::{IDENTITY, Identities};
use super::report::Failure;
use super::runtime::RuntimeArgs;
use super::source::Source;
use super::typed;
use super::workspace;
use crate::emit;
use crate::lock;
use crate::plan::{self, App, Kept, Options, Runtime, Selection};
use crate::sync::{self, Layout};
use crate::write::{CreateError, Draft};

/// Make a new application for a database
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The folder to make; its name is the application's
    dir: PathBuf,

    #[command(flatten)]
    source: Source,

    /// Only tables that match: a glob over `table` or `schema.table`
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,

    /// No tables that match
    #[arg(long, value_name = "GLOB")]
    except: Vec<String>,

    #[command(flatten)]
    runtime: RuntimeArgs,

    /// Several crates instead of one: one of models and some of pages, as for more than 300 tables
    #[arg(long)]
    split: bool,
}

impl New {
    /// Makes an application of everything that a database has.
    pub(super) fn of_database(dir: &Path, url: String) -> Self {
        Self {
            dir: dir.to_owned(),
            source: Source::of_database(url),
            only: Vec::new(),
            except: Vec::new(),
            runtime: RuntimeArgs::default(),
            split: false,
        }
    }

    pub(crate) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let draft = Draft::of(&self.dir).map_err(|error| self.create_failure(error))?;
        let crate_name = crate_name(&self.dir)?;
        let member = workspace::is_member(&self.dir)?;
        let sql = self.source.files_from(&self.dir)?;
        let url = self.source.url()?;
        let schema = self.source.read(quiet)?;
        let options = Options {
            runtime: match self.runtime.find()? {
                Runtime::Path(path) if member => {
                    Runtime::Path(workspace::relative(&self.dir, Path::new(&path))?)
                }
                runtime => runtime,
            },
            member,
            split: self.split.then_some(true),
            schemas: self.source.schemas(schema.dialect),
            selection: Selection {
                only: self.only.clone(),
                except: self.except.clone(),
            },
            ..Options::new(crate_name)
        };
        let kept = Kept::default();
        let plan = || {
            plan::plan(&schema, &options, &kept).map_err(|errors| Failure {
                messages: errors.iter().map(ToString::to_string).collect(),
                hint: Some(
                    "`umbel inspect`, with the same source, lists the tables and views".to_owned(),
                ),
            })
        };
        let layout =
            Layout::of_new(&self.dir).map_err(|error| Failure::with_hint(&error, error.hint()))?;
        // What a project lays out in its own way is laid out for many files at once.
        let unprinted = Mutex::new(Vec::new());
        let write = |path: &str, content: &str| {
            if layout.is_own() && path.ends_with(".rs") {
                let file = (path.to_owned(), content.to_owned());
                unprinted.lock().expect("no writer panics").push(file);
                return Ok(draft.add_base(path, content)?);
            }
            Ok(draft.add_emitted(path, content)?)
        };
        let write_rest = |app: &App| {
            let lock = lock::print(&schema, &Kept::of(app), &BTreeSet::new());
            draft.add_lock(&lock)?;
            if let Some(identity) = Identity::of(&schema) {
                let known = Identities::default().with(&lock, identity);
                draft.add(IDENTITY, &known.print())?;
            }
            draft.add("umbel.toml", &emit::umbel_toml(app, &sql))?;
            if let Some(url) = &url {
                draft.add_secret(".env", &emit::dotenv(url))?;
            }
            Ok(())
        };
        let app = sync::write_by_all(plan, write, write_rest)?;
        let unprinted = unprinted.into_inner().expect("no writer panics");
        let (paths, texts): (Vec<_>, Vec<_>) = unprinted.into_iter().unzip();
        for (path, text) in paths.iter().zip(layout.print_all(&texts)?) {
            draft.add(path, &text)?;
        }
        draft.finish().map_err(|error| self.create_failure(error))?;
        if !quiet {
            self.say_what_was_done(&app, url.is_some());
            for note in schema.notes.iter().chain(&app.notes) {
                println!("note: {}: {}", note.subject, note.message);
            }
        }
        Ok(())
    }

    fn create_failure(&self, error: CreateError) -> Failure {
        match error {
            CreateError::NotEmpty(_) => {
                Failure::with_hint(error, "name a folder that does not exist yet")
            }
            error => error.into(),
        }
    }

    fn say_what_was_done(&self, app: &App, has_database: bool) {
        let tables = app.tables.len();
        let noun = if tables == 1 { "table" } else { "tables" };
        println!(
            "Made {} for {tables} {noun}. To start it:",
            self.dir.display()
        );
        println!();
        println!("    cd {}", typed::path(&self.dir));
        if !has_database {
            println!(
                "    cp .env.example .env    # and let it name {} with this schema",
                app.driver.words()
            );
        }
        println!("    cargo run");
        if let Runtime::Path(path) = &app.runtime
            && !app.member
        {
            println!();
            println!(
                "It takes the crate `umbel` from {path}, which is on this machine alone; \
                 `--runtime URL --rev REVISION` takes it from a git repository."
            );
        }
    }
}

/// The folder's name as the name of a crate: `My Shop` → `my-shop`.
pub(super) fn crate_name(dir: &Path) -> Result<String, Failure> {
    let absolute = std::path::absolute(dir)?;
    let name = absolute.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name
        .chars()
        .map(|character| match character {
            'a'..='z' | '0'..='9' | '_' | '-' => character,
            'A'..='Z' => character.to_ascii_lowercase(),
            _ => '-',
        })
        .collect();
    let name = name.trim_matches('-');
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase());
    // The last four are folders of cargo's own.
    const TAKEN: [&str; 12] = [
        "alloc",
        "askama",
        "core",
        "proc-macro",
        "std",
        "test",
        "tokio",
        "umbel",
        "build",
        "deps",
        "examples",
        "incremental",
    ];
    let is_keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    if starts_well && !is_keyword && !TAKEN.contains(&name) {
        Ok(name.to_owned())
    } else {
        Err(Failure::with_hint(
            format!("`{}` cannot be the name of a crate", dir.display()),
            "the folder's name must begin with a letter, and be no keyword and no crate that the application uses",
        ))
    }
}
