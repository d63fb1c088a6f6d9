//! `umbel sync`: carries changes of the database, of `umbel.toml` or of umbel itself into an application.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::diff::{self, Change, Identity, Renames};
use umbel_schema::model::FormerNames;
use umbel_schema::sql::Span;

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
use crate::sync::{self, Decision, Entry, Folder, Layout, Moved, Ours, Renaming, Status};
use crate::write::{Transaction, Tree, orphans};

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

/// Every file that was emitted or is emitted now, in its three versions.
fn entries(
    folder: &Folder,
    mut theirs: Tree,
    renaming: &Renaming,
    layout: &Layout,
) -> Result<Vec<Entry>, Failure> {
    let base = folder.base()?;
    let mut entries = Vec::with_capacity(theirs.len());
    let mut sources: BTreeSet<String> = base.keys().cloned().collect();
    // A person's own files go with the folder of their table.
    for old in renaming.folders() {
        let own = folder.files_below(old)?;
        sources.extend(own.into_iter().map(|path| format!("{old}/{path}")));
    }
    let is_missing =
        |path: &&str| !folder.root.join(path).exists() && theirs.contains_key(&renaming.path(path));
    let missing = base.keys().map(String::as_str).filter(is_missing).collect();
    let is_emitted = |path: &str| {
        base.contains_key(path)
            || theirs.contains_key(path)
            || theirs.contains_key(&renaming.path(path))
    };
    let places = sync::find_moved(folder, &missing, &base, is_emitted)?;
    sources.retain(|path| !places.values().any(|place| place == path));
    for from in &sources {
        let path = renaming.path(from);
        let moved = places.get(from).map(|place| Moved {
            path: renaming.path(place),
            from: place.clone(),
        });
        let bytes = folder.read(moved.as_ref().map_or(from, |moved| &moved.from))?;
        let base = base.get(from);
        let ours = bytes.as_deref().and_then(|ours| str::from_utf8(ours).ok());
        let is_edited = ours.map(sync::plain).as_deref() != base.map(|base| &**base);
        let rename = |layout: &Layout, text: &str| {
            let renamed = renaming.text(from, text);
            match is_edited {
                true => layout.keep(from, text, renamed),
                false => renamed,
            }
        };
        entries.push(Entry {
            moved,
            base: base.map(|text| rename(&Layout::standard(), text).into()),
            theirs: theirs.remove(&path),
            ours: bytes.map(|bytes| Ours::read(bytes, |text| rename(layout, text))),
            path,
            from: from.clone(),
        });
    }
    let leaving: BTreeSet<String> = entries
        .iter()
        .filter(|entry| entry.place_before() != entry.place())
        .map(|entry| entry.place_before().to_owned())
        .collect();
    sources.extend(places.into_values());
    // Templates of a person's own tell what the code that names them uses.
    for path in folder.files_below("templates")? {
        let path = format!("templates/{path}");
        if !sources.contains(&path) && !theirs.contains_key(&path) {
            let bytes = folder.read(&path)?;
            entries.push(Entry {
                base: None,
                theirs: None,
                ours: bytes.map(|bytes| Ours::read(bytes, str::to_owned)),
                from: path.clone(),
                moved: None,
                path,
            });
        }
    }
    for (path, text) in theirs {
        // What lies there may be on its way to elsewhere.
        let bytes = match leaving.contains(&path) {
            true => None,
            false => folder.read(&path)?,
        };
        entries.push(Entry {
            base: None,
            theirs: Some(text),
            ours: bytes.map(|bytes| Ours::read(bytes, str::to_owned)),
            from: path.clone(),
            moved: None,
            path,
        });
    }
    check_moves(folder, &entries)?;
    Ok(entries)
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

/// Refuses to move a file to where another one lies.
fn check_moves(folder: &Folder, entries: &[Entry]) -> Result<(), Failure> {
    let leaving: BTreeSet<&str> = entries
        .iter()
        .filter(|entry| entry.place_before() != entry.place())
        .map(Entry::place_before)
        .collect();
    let mut messages = Vec::new();
    let moving = entries.iter();
    for entry in moving.filter(|entry| entry.place_before() != entry.place()) {
        let (from, to) = (entry.place_before(), entry.place());
        let taken = folder.root.join(to).exists();
        if taken && !leaving.contains(to) && entry.ours.is_some() {
            messages.push(format!(
                "`{from}` cannot become `{to}`, since there is such a file"
            ));
        }
    }
    if messages.is_empty() {
        return Ok(());
    }
    Err(Failure {
        messages,
        hint: Some("move it out of the way".to_owned()),
    })
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
