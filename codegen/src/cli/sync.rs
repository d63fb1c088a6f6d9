//! `umbel sync`: carries changes of the database, of `umbel.toml` or of umbel itself into an application.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use umbel_schema::Schema;
use umbel_schema::diff::{self, Change, Identity, Renames};
use umbel_schema::sql::{FormerNames, Span};

use super::files::Files;
use super::identities::{IDENTITY, Identities};
use super::inline;
use super::losses;
use super::project::{LOCK, Place, Project, SETTINGS, layout};
use super::renames;
use super::repair;
use super::report::Failure;
use super::source;
use super::sql::SqlArgs;
use super::sync_report::{self, Format, Report};
use crate::lock::{self, Lock};
use crate::merge::has_markers;
use crate::plan::{Gone, Kept};
use crate::sync::{
    self, Conflict, Content, Decision, Ending, Entry, Folder, Ours, Renaming, Status,
};
use crate::write::{self, Changes, Transaction, Tree};

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
struct Plan {
    changes: Vec<Change>,
    /// What `umbel.toml` says about what has gone.
    gone: Vec<Gone>,
    lock_text: String,
    /// What outlasts the next rename, of a live database.
    identity: Option<Identity>,
    /// None where it is known that every file is as it would be emitted.
    decisions: Option<Vec<Decision>>,
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
        let report = Report {
            folder: &project.folder,
            changes: &plan.changes,
            gone: &plan.gone,
            decisions: plan.decisions.as_deref().unwrap_or_default(),
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
        let (mut changes, conflicts) = changes(&project, &plan, self.inline)?;
        changes.retain(|_, change| change.before != change.after);
        transaction.apply(&changes)?;
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
    let lock_text = lock::print(&after, &Kept::of(&app), &spoken_of);
    let stamp = project.folder.read_text(STAMP)?;
    if !thorough && lock_text == project.lock_text && stamp == Some(project.stamp(&lock_text)?) {
        return Ok(Plan {
            changes,
            gone,
            lock_text,
            identity,
            decisions: None,
        });
    }
    let theirs = sync::files(&app)?;
    let entries = entries(&project.folder, theirs, &renaming)?;
    let mut layout = layout(&project.folder)?;
    layout.prepare(&entries);
    let decisions = entries
        .into_iter()
        .map(|entry| sync::decide(entry, &layout));
    Ok(Plan {
        changes,
        gone,
        lock_text,
        identity,
        decisions: Some(decisions.collect()),
    })
}

/// Every file that was emitted or is emitted now, in its three versions.
fn entries(folder: &Folder, mut theirs: Tree, renaming: &Renaming) -> Result<Vec<Entry>, Failure> {
    let base = folder.base()?;
    let mut entries = Vec::with_capacity(theirs.len());
    let mut sources: BTreeSet<String> = base.keys().cloned().collect();
    // A person's own files go with the folder of their table.
    for old in renaming.folders() {
        let own = folder.files_below(old)?;
        sources.extend(own.into_iter().map(|path| format!("{old}/{path}")));
    }
    for from in sources {
        let path = renaming.path(&from);
        let bytes = folder.read(&from)?;
        let base = base.get(&from);
        entries.push(Entry {
            base: base.map(|text| renaming.text(&from, text).into()),
            theirs: theirs.remove(&path),
            ours: bytes.map(|bytes| Ours::read(bytes, |text| renaming.text(&from, text))),
            path,
            from,
        });
    }
    let leaving: BTreeSet<String> = entries
        .iter()
        .filter(|entry| entry.from != entry.path)
        .map(|entry| entry.from.clone())
        .collect();
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
            path,
        });
    }
    check_moves(folder, &entries)?;
    Ok(entries)
}

/// Refuses to move a file to where another one lies.
fn check_moves(folder: &Folder, entries: &[Entry]) -> Result<(), Failure> {
    let leaving: BTreeSet<&str> = entries
        .iter()
        .filter(|entry| entry.from != entry.path)
        .map(|entry| entry.from.as_str())
        .collect();
    let mut messages = Vec::new();
    for entry in entries.iter().filter(|entry| entry.from != entry.path) {
        let taken = folder.root.join(&entry.path).exists();
        if taken && !leaving.contains(entry.path.as_str()) && entry.ours.is_some() {
            messages.push(format!(
                "`{}` cannot become `{}`, since there is such a file",
                entry.from, entry.path
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

/// The names after the renames, before anything else that is new takes one, and what they change in the text of files.
fn renaming(project: &Project, renames: &Renames) -> Result<(Kept, Renaming), Failure> {
    let Lock { schema, names, .. } = &project.lock;
    if renames.is_empty() && !project.options()?.says_names() {
        return Ok((names.clone(), Renaming::default()));
    }
    let before = project.plan_names(schema, names, false)?;
    let renamed = names.renamed(renames, schema);
    let after = project.plan_names(&renames.apply(schema), &renamed, true)?;
    let names = Kept::of(&after);
    if renames.is_empty() && Kept::of(&before) == names {
        return Ok((names, Renaming::default()));
    }
    let emitted = sync::files(&after)?;
    let renaming = Renaming::new(&before, &after, renames, &emitted);
    Ok((names, renaming))
}

/// Everything that is to be written, besides what is there already, and the conflicts that are new.
fn changes(
    project: &Project,
    plan: &Plan,
    inline: bool,
) -> Result<(Changes, Vec<Conflict>), Failure> {
    let mut changes = Changes::new();
    let mut conflicts = Vec::new();
    let folder = &project.folder;
    let mut put = |path: &str, after: Option<Arc<[u8]>>| -> Result<(), Failure> {
        let before = folder.read(path)?;
        changes.insert(path.to_owned(), write::Change { before, after });
        Ok(())
    };
    let as_before = |path: &str, text: &str| -> Result<Option<Arc<[u8]>>, Failure> {
        Ok(Some(Ending::kept(folder.read(path)?.as_deref(), text)))
    };
    put(LOCK, as_before(LOCK, &plan.lock_text)?)?;
    put(SETTINGS, as_before(SETTINGS, &project.settings_text)?)?;
    if let Some(identity) = plan.identity.clone() {
        let known = Identities::read(folder)?.with(&plan.lock_text, identity);
        put(IDENTITY, as_before(IDENTITY, &known.print())?)?;
    }
    let Some(decisions) = &plan.decisions else {
        return Ok((changes, conflicts));
    };
    // What moved away is gone from its place, unless something else moves there.
    for Decision { entry, .. } in decisions {
        if entry.from != entry.path {
            put(&entry.from, None)?;
            put(&format!(".umbel/base/{}", entry.from), None)?;
        }
    }
    let mut open = BTreeSet::new();
    for decision in decisions {
        let (entry, outcome) = (&decision.entry, &decision.outcome);
        let on_disk = entry.ours.as_ref().map(|ours| Arc::clone(&ours.bytes));
        match outcome.status {
            Status::Orphaned => put(
                &format!(".umbel/local/orphans/{}", entry.path),
                on_disk.clone(),
            )?,
            Status::Conflicted => {
                open.insert(entry.path.clone());
                let conflict = conflict(decision);
                let known = Conflict::read(folder, &entry.path)?;
                // The attempt may hold a person's work on the same conflict.
                let is_marked = conflict.ours == conflict.merged && known.is_some();
                if !is_marked && !known.is_some_and(|known| known.is_same(&conflict)) {
                    for (path, bytes) in conflict.files() {
                        put(&path, Some(Arc::clone(bytes)))?;
                    }
                }
                if !is_marked {
                    conflicts.push(conflict);
                }
            }
            _ => {}
        }
        let content = match &outcome.content {
            Some(Content::Text(text)) => Some(Ending::kept(on_disk.as_deref(), text)),
            Some(Content::AsItIs) => on_disk.clone(),
            None => None,
        };
        let attempt = outcome.attempt.as_deref();
        // What is no text is never put into markers.
        let is_text = entry.ours.as_ref().is_some_and(|ours| ours.text.is_some());
        let attempt = attempt.filter(|attempt| inline && is_text && has_markers(attempt));
        let marked = attempt.map(|attempt| Ending::kept(on_disk.as_deref(), attempt));
        put(&entry.path, marked.or(content))?;
        let path = format!(".umbel/base/{}", entry.path);
        let base = match &outcome.base {
            Some(base) => as_before(&path, base)?,
            None => None,
        };
        put(&path, base)?;
    }
    for path in sync::open_conflicts(folder)? {
        if !open.contains(&path)
            && let Some(conflict) = Conflict::read(folder, &path)?
        {
            for (path, _) in conflict.files() {
                put(&path, None)?;
            }
        }
    }
    Ok((changes, conflicts))
}

fn conflict(decision: &Decision) -> Conflict {
    let bytes = |text: Option<&str>| Arc::from(text.unwrap_or_default().as_bytes());
    let Decision { entry, outcome } = decision;
    let ours = entry.ours.as_ref();
    // As the file stands after the sync: with what could be merged.
    let text = match &outcome.content {
        Some(Content::Text(text)) => Some(&**text),
        _ => ours.and_then(|ours| ours.text.as_deref()),
    };
    Conflict {
        path: entry.path.clone(),
        base: bytes(outcome.base.as_deref()),
        ours: match text {
            Some(text) => bytes(Some(text)),
            None => ours.map_or_else(|| bytes(None), |ours| Arc::clone(&ours.bytes)),
        },
        theirs: bytes(entry.theirs.as_deref()),
        merged: bytes(outcome.attempt.as_deref()),
    }
}
