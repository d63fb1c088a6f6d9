//! `umbel resolve`: settles the conflict of one file.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anstream::println;
use clap::Args;

use super::pending::{Pending, SetAside};
use super::project::{Place, layout};
use super::report::Failure;
use crate::merge::has_markers;
use crate::sync::{Conflict, Folder, open_conflicts, plain};
use crate::write::Transaction;

/// Settle a conflict that a sync left open
#[derive(Debug, Args)]
pub(crate) struct Resolve {
    #[command(flatten)]
    place: Place,

    /// The file, as the sync named it
    path: PathBuf,

    #[command(flatten)]
    choice: Choice,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Choice {
    /// The file is right as it is now
    #[arg(long)]
    ours: bool,

    /// Take the file as it is emitted; yours is kept in `.umbel/local/orphans`
    #[arg(long)]
    theirs: bool,

    /// Take the merged file from `.umbel/local/conflicts`, in which you settled every marker
    #[arg(long)]
    merged: bool,
}

impl Resolve {
    pub(crate) fn run(&self, quiet: bool) -> Result<ExitCode, Failure> {
        let folder = self.place.open()?;
        let transaction = Transaction::begin(&folder.root)?;
        let path = folder.within(&self.path);
        let Some(conflict) = Conflict::read(&folder, &path)? else {
            return Err(no_conflict(&folder, &path)?);
        };
        let now = folder.read(&path)?;
        let after = self.choose(&folder, &conflict, now.clone())?;
        let ending = layout(&folder)?.ending(&path, now.as_deref());
        let in_ending = |bytes: Arc<[u8]>| match std::str::from_utf8(&bytes) {
            Ok(text) => ending.apply(text).as_bytes().into(),
            Err(_) => bytes,
        };
        let mut pending = Pending::new(&folder);
        let is_half_settled =
            self.is_inline(now.as_ref()) && now.as_ref() != conflict.attempt.as_ref();
        if let Some(now) = &now
            && (self.choice.theirs || self.choice.merged && is_half_settled)
        {
            pending.set_aside(&path, now)?;
        }
        if !self.choice.merged {
            pending.keep_work_on(&conflict)?;
        }
        pending.put(&path, after.map(in_ending))?;
        let theirs = Arc::clone(&conflict.theirs);
        pending.put(&format!(".umbel/base/{}", conflict.emitted), Some(theirs))?;
        for (file, _) in conflict.files() {
            pending.put(&file, None)?;
        }
        let set_aside = pending.apply(&transaction)?;
        if !quiet {
            println!("Settled {}.", folder.shown(&path));
            for SetAside { place, .. } in set_aside {
                println!("`{place}` keeps what you wrote.");
            }
            let open = open_conflicts(&folder)?;
            for path in &open {
                println!("still open: {}", folder.shown(path));
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What the file shall hold.
    fn choose(
        &self,
        folder: &Folder,
        conflict: &Conflict,
        now: Option<Arc<[u8]>>,
    ) -> Result<Option<Arc<[u8]>>, Failure> {
        let path = folder.shown(&conflict.path);
        if self.choice.theirs {
            let theirs = String::from_utf8_lossy(&conflict.theirs).into();
            let printed = layout(folder)?.printed(&conflict.path, &theirs);
            return Ok(Some(printed.as_bytes().into()));
        }
        let chosen = if self.choice.ours {
            now
        } else if is_as_left(now.as_deref(), &conflict.ours) || self.is_inline(now.as_ref()) {
            Some(Arc::clone(&conflict.merged))
        } else {
            return Err(Failure::with_hint(
                format!("`{path}` was edited since the sync"),
                "`umbel sync` merges it anew",
            ));
        };
        if chosen.as_deref().is_some_and(is_marked) {
            return Err(Failure::with_hint(
                format!("`{path}` still has a conflict marker"),
                "settle every place between `<<<<<<<` and `>>>>>>>`",
            ));
        }
        Ok(chosen)
    }

    /// Whether the file holds the markers itself, and nothing that would be lost.
    fn is_inline(&self, now: Option<&Arc<[u8]>>) -> bool {
        now.is_some_and(|now| is_marked(now))
    }
}

/// Whether the file is as the sync found it, but for the ends of its lines.
fn is_as_left(now: Option<&[u8]>, ours: &[u8]) -> bool {
    let text = |bytes: &[u8]| plain(&String::from_utf8_lossy(bytes)).into_owned();
    now.is_some_and(|now| now == ours || text(now) == text(ours))
}

fn is_marked(bytes: &[u8]) -> bool {
    has_markers(&String::from_utf8_lossy(bytes))
}

fn no_conflict(folder: &Folder, path: &str) -> Result<Failure, Failure> {
    let open = open_conflicts(folder)?;
    let hint = if open.is_empty() {
        "no conflict is open".to_owned()
    } else {
        let open: Vec<String> = open.iter().map(|path| folder.shown(path)).collect();
        format!("there is one in {}", open.join(", "))
    };
    Ok(Failure::with_hint(
        format!("`{}` has no open conflict", folder.shown(path)),
        hint,
    ))
}
