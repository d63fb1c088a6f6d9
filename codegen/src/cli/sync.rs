//! `umbel sync`: carries changes of the database, of `umbel.toml` or of umbel itself into an application.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::diff::{self, Change, Identity, Renames};
use umbel_schema::model::FormerNames;
use umbel_schema::sql::Span;

use super::entries::entries;
use super::files::Files;
use super::inline;
use super::losses;
use super::project::{Place, Project, layout};
use super::renames;
use super::repair;
use super::report::Failure;
use super::source;
use super::sql::SqlArgs;
use super::sync_report::{self, CameBack, Format, Report};
use super::writing::Writing;
use crate::lock::{self, Lock};
use crate::plan::{Gone, Kept};
use crate::sync::{self, Decision, Folder, Layout, Renaming, Status};
use crate::write::{Transaction, orphans};

/// The stamp of what was emitted last on this machine.
const STAMP: &str = ".umbel/local/emitted";

/// Carry changes of the database into the application
#[derive(Debug, Args)]
pub(crate) struct Sync {
    #[command(flatten)]
    place: Place,

    /// The database, instead of the files that `umbel.toml` names and of DATABASE_URL in the environment or in `.env`
    #[arg(long, value_name = "URL")]
    database: Option<String>,

    #[command(flatten)]
    sql: SqlArgs,

    /// Only tables that match; everything else stays as it was at the last sync
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,

    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Say whether a sync would change anything, for continuous integration: 0 no, 2 yes, 3 a conflict is
    /// open, 4 a rename is in doubt; needs no database, but also looks at one that `--database` names, and at SQL
    /// files
    #[arg(long, conflicts_with_all = ["dry_run", "only"])]
    check: bool,

    /// Write what cannot be merged into the files themselves, between markers, as git does
    #[arg(long, conflicts_with_all = ["dry_run", "check"])]
    inline: bool,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// The schema as it is now.
struct Now {
    schema: Schema,
    /// What things were called before, where SQL files tell it.
    former: Option<FormerNames>,
    /// The statements of the files that did nothing, in lower case.
    failed: Vec<String>,
}

impl Now {
    fn of(schema: Schema) -> Self {
        Self {
            schema,
            former: None,
            failed: Vec::new(),
        }
    }
}

/// What a sync is about to do.
pub(super) struct Plan {
    changes: Vec<Change>,
    /// What `umbel.toml` says about what has gone.
    gone: Vec<Gone>,
    pub(super) lock_text: String,
    /// What outlasts the next rename, of a live database.
    pub(super) identity: Option<Identity>,
    /// None where it is known that every file is as it would be emitted.
    pub(super) decisions: Option<Vec<Decision>>,
    pub(super) layout: Layout,
}

impl Sync {
    pub(crate) fn run(&self, quiet: bool) -> Result<ExitCode, Failure> {
        let folder = self.place.open()?;
        let transaction = Transaction::begin(&folder.root)?;
        if let Some(unmerged) = repair::find(&folder)? {
            if self.check || self.dry_run {
                return Ok(sync_report::unmerged(&folder, &unmerged.paths()));
            }
            unmerged.repair(&folder, &transaction, self.is_quiet(quiet))?;
        }
        let project = Project::read(folder)?;
        let Now {
            schema,
            former,
            failed,
        } = self.read(&project, quiet)?;
        let after = sync::limited(&project.lock.schema, schema, &self.only);
        let known = renames::find(&project, &after, former.as_ref())?;
        let renames = match known.settled(!self.check && self.format == Format::Text) {
            Ok(renames) => renames,
            Err(open) => return Ok(open.refuse(&project.settings_text)),
        };
        let schema_changes = diff::changes(&project.lock.schema, &after, &renames);
        let renames = renames.making_way(&project.lock.schema, &after);
        let project = project.renamed(&renames)?;
        let plan = plan(&project, after, schema_changes, &renames, self.check)?;
        losses::check(&plan.changes, &failed)?;
        let decisions = plan.decisions.as_deref().unwrap_or_default();
        let mut report = Report {
            folder: &project.folder,
            changes: &plan.changes,
            gone: &plan.gone,
            decisions,
            set_aside: Vec::new(),
            came_back: came_back(&project.folder, decisions)?,
            conflicts: sync::open_conflicts(&project.folder)?,
            format: self.format,
            quiet,
        };
        if self.check {
            return report.check();
        }
        if self.dry_run {
            return report.dry_run();
        }
        let Writing {
            pending, conflicts, ..
        } = Writing::new(&project, &plan, self.inline)?;
        report.set_aside = pending.apply(&transaction)?;
        if self.inline {
            inline::mark(&project.folder.root, &conflicts)?;
        }
        if plan.decisions.is_some() && report.conflicted().is_empty() {
            // Should this fail, the next sync looks at every file, and that is all.
            let stamp = project.stamp(&plan.lock_text)?;
            drop(fs::write(project.folder.root.join(STAMP), stamp));
        }
        report.done()
    }

    /// Whether nothing is to be printed but what programs read.
    fn is_quiet(&self, quiet: bool) -> bool {
        quiet || self.format == Format::Json
    }

    /// The schema as it is now.
    fn read(&self, project: &Project, quiet: bool) -> Result<Now, Failure> {
        let schemas = project.settings.schemas();
        if let Some(files) = self.files(project, quiet)? {
            let dialect = project.lock.schema.dialect;
            let reading = self.sql.read_files(&files, dialect, &schemas, quiet)?;
            let text = |span: Span| files.files[span.file].text[span.range].to_lowercase();
            return Ok(Now {
                schema: reading.schema,
                former: Some(reading.former),
                failed: reading.failed.into_iter().map(text).collect(),
            });
        }
        if self.check && self.database.is_none() {
            return Ok(Now::of(project.lock.schema.clone()));
        }
        let url = project.database(self.database.as_deref())?;
        Ok(Now::of(source::read(&url, &schemas)?))
    }

    /// The SQL files that were named, else those that the application was made from.
    fn files(&self, project: &Project, quiet: bool) -> Result<Option<Files>, Failure> {
        if self.database.is_some() {
            return Ok(None);
        }
        if !self.sql.files.is_empty() {
            let files = self.sql.named(Path::new(""), &self.sql.files, quiet);
            return files.map(Some);
        }
        if !project.settings.sql.is_empty() {
            let root = &project.folder.root;
            let files = self.sql.named(root, &project.settings.sql, quiet);
            return files.map(Some);
        }
        self.sql.is_for_files().map_or(Ok(None), |option| {
            Err(Failure::with_hint(
                format!("`{option}` is for SQL files, and none are named"),
                "name them with `--sql FILE…`, or as `sql` in `[source]` of `umbel.toml`",
            ))
        })
    }
}

/// Decides about every file; `thorough`, even where the stamp says that there is nothing to do.
fn plan(
    project: &Project,
    after: Schema,
    changes: Vec<Change>,
    renames: &Renames,
    thorough: bool,
) -> Result<Plan, Failure> {
    let identity = Identity::of(&after);
    let (names, renaming) = renaming(project, renames).or_else(|failure| {
        // What `umbel.toml` says wrong about names is wrong in the plan, too, which finds all that it says wrong.
        let Lock { schema, names, .. } = &project.lock;
        project.plan(&after, &names.renamed(renames, schema))?;
        Err(failure)
    })?;
    let (app, gone) = project.plan(&after, &names)?;
    let spoken_of = gone.iter().map(|gone| gone.what.clone()).collect();
    let chosen = Kept::of(&app);
    let lock_text = lock::print(&after, &chosen, &spoken_of);
    let stamp = project.folder.read_text(STAMP)?;
    if !thorough && lock_text == project.lock_text && stamp == Some(project.stamp(&lock_text)?) {
        return Ok(Plan {
            changes,
            gone,
            lock_text,
            identity,
            decisions: None,
            layout: Layout::default(),
        });
    }
    let theirs = sync::files(&app)?;
    let renaming = match renaming {
        Some(renaming) => renaming,
        // A name that was kept may have become one of umbel's own, or one that something else must have.
        None if names.differs(&chosen) => {
            let before = project.plan(&after, &names)?.0.called(&names);
            Renaming::new(&before, &app, &Renames::default(), &theirs)
        }
        None => Renaming::default(),
    };
    let mut layout = layout(&project.folder)?;
    let entries = entries(&project.folder, theirs, &renaming, &layout)?;
    layout.prepare(&entries);
    let decisions = sync::decide(entries, &layout);
    Ok(Plan {
        changes,
        gone,
        lock_text,
        identity,
        decisions: Some(decisions),
        layout,
    })
}

/// The files that are emitted anew, and of which something was set aside when they were no longer.
fn came_back(folder: &Folder, decisions: &[Decision]) -> Result<Vec<CameBack>, Failure> {
    let created = decisions.iter();
    let created = created.filter(|decision| decision.outcome.status == Status::Created);
    let mut found = Vec::new();
    for Decision { entry, .. } in created {
        let exists = |place: &str| folder.read(place).map(|bytes| bytes.is_some());
        let places = orphans::of(&entry.path, exists)?;
        if !places.is_empty() {
            found.push(CameBack {
                path: entry.path.clone(),
                places,
            });
        }
    }
    Ok(found)
}

/// The names after the renames, before anything else that is new takes one, and what they change in the text of files, if
/// anything.
fn renaming(project: &Project, renames: &Renames) -> Result<(Kept, Option<Renaming>), Failure> {
    let Lock { schema, names, .. } = &project.lock;
    if renames.is_empty() && !project.options()?.says_names() {
        return Ok((names.clone(), None));
    }
    let before = project.plan_names(schema, names, false)?.called(names);
    let renamed = names.renamed(renames, schema);
    let after = project.plan_names(&renames.apply(schema), &renamed, true)?;
    let names = Kept::of(&after);
    if renames.is_empty() && Kept::of(&before) == names {
        return Ok((names, None));
    }
    let emitted = sync::files(&after)?;
    let renaming = Renaming::new(&before, &after, renames, &emitted);
    Ok((names, Some(renaming)))
}
