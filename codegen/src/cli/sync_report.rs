//! What a sync says: the changes of the schema in plain words, then what happened to the files.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anstream::{print, println};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::json;
use umbel_schema::diff::Change;

use super::pending::SetAside;
use super::report::Failure;
use super::typed;
use crate::plan::Gone;
use crate::sync::{Content, Decision, Folder, Status};

/// How to print what was found and done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// What a sync found and decided.
pub(super) struct Report<'a> {
    pub(super) folder: &'a Folder,
    pub(super) changes: &'a [Change],
    /// What `umbel.toml` says about what has gone.
    pub(super) gone: &'a [Gone],
    pub(super) decisions: &'a [Decision],
    /// What of a person's has no place in the application any more.
    pub(super) set_aside: Vec<SetAside>,
    pub(super) came_back: Vec<CameBack>,
    /// The files whose conflict was open before.
    pub(super) conflicts: Vec<String>,
    pub(super) format: Format,
    pub(super) quiet: bool,
}

/// A file that is emitted again.
#[derive(Debug, Serialize)]
pub(super) struct CameBack {
    pub(super) path: String,
    /// Where what somebody wrote in it before lies, the last first.
    pub(super) places: Vec<String>,
}

/// What the exit codes say, for scripts.
const DRIFT: u8 = 2;
const CONFLICT: u8 = 3;

/// Says what git left in conflict, instead of looking further.
pub(super) fn unmerged(folder: &Folder, paths: &[String]) -> ExitCode {
    for path in paths {
        println!("git left in conflict: {}", folder.shown(path));
    }
    println!("`umbel sync` merges it anew.");
    ExitCode::from(CONFLICT)
}

impl Report<'_> {
    /// After everything was written.
    pub(super) fn done(&self) -> Result<ExitCode, Failure> {
        let conflicts = self.conflicted();
        let code = if conflicts.is_empty() { 0 } else { CONFLICT };
        if self.format == Format::Json {
            return Ok(self.json(code));
        }
        if !self.quiet {
            self.say_gone();
            self.say_changes();
            self.say_files(&[Status::Conflicted]);
            self.say_set_aside();
            if self.is_clean() && conflicts.is_empty() {
                println!("Nothing to do: the application is as its schema is.");
            }
        }
        if !conflicts.is_empty() {
            anstream::eprintln!("{} left as you have it:", conflicts_of(conflicts.len()));
            self.say_conflicts(&conflicts);
            let hint = "The versions lie in `.umbel/local/conflicts`; `umbel resolve PATH` settles a file.";
            anstream::eprintln!("{}", typed::sentence(hint));
        }
        Ok(ExitCode::from(code))
    }

    /// Instead of writing anything.
    pub(super) fn dry_run(&self) -> Result<ExitCode, Failure> {
        let code = if self.conflicted().is_empty() {
            0
        } else {
            CONFLICT
        };
        if self.format == Format::Json {
            return Ok(self.json(code));
        }
        self.say_gone();
        self.say_changes();
        self.say_files(&[]);
        self.say_set_aside();
        for Decision { entry, outcome } in self.decisions {
            let before = entry.ours.as_ref().and_then(|ours| ours.text.as_deref());
            let after = match &outcome.content {
                Some(Content::Text(text)) => Some(&**text),
                Some(Content::AsItIs) => before,
                None => None,
            };
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            if before != after {
                println!();
                let mut options = diffy::DiffOptions::new();
                options
                    .set_original_filename(format!("a/{}", entry.place_before()))
                    .set_modified_filename(format!("b/{}", entry.place()));
                print!("{}", options.create_patch(before, after));
            }
        }
        Ok(ExitCode::from(code))
    }

    /// Whether all is as it would be emitted.
    pub(super) fn check(&self) -> Result<ExitCode, Failure> {
        let open = !self.conflicts.is_empty() || !self.conflicted().is_empty();
        let code = match (open, self.is_clean()) {
            (true, _) => CONFLICT,
            (false, false) => DRIFT,
            (false, true) => 0,
        };
        if self.format == Format::Json {
            return Ok(self.json(code));
        }
        self.say_gone();
        self.say_changes();
        self.say_files(&[]);
        for path in &self.conflicts {
            println!("open conflict: {}", self.folder.shown(path));
        }
        match code {
            0 if self.quiet => {}
            0 => println!("The application is as it would be emitted."),
            DRIFT => println!(
                "{}",
                typed::sentence("`umbel sync` would change the application.")
            ),
            _ => println!(
                "{}",
                typed::sentence("`umbel resolve PATH` settles a conflict.")
            ),
        }
        Ok(ExitCode::from(code))
    }

    fn is_clean(&self) -> bool {
        self.changes.is_empty() && self.decisions.iter().all(|decision| !is_news(decision))
    }

    /// The files whose conflict is open now.
    pub(super) fn conflicted(&self) -> Vec<&str> {
        let decisions = self.decisions.iter();
        let mut paths: Vec<&str> = decisions
            .filter(|decision| decision.outcome.status == Status::Conflicted)
            .map(|decision| decision.entry.place())
            .collect();
        // Nothing was looked at where nothing changed: what was open is open still.
        if self.decisions.is_empty() {
            paths.extend(self.conflicts.iter().map(String::as_str));
        }
        paths
    }

    /// Each place that is in conflict, with what both sides did.
    fn say_conflicts(&self, paths: &[&str]) {
        for path in paths {
            let shown = self.folder.shown(path);
            let mut decisions = self.decisions.iter();
            let places = decisions
                .find(|decision| decision.entry.place() == *path)
                .map_or(&[][..], |decision| &decision.outcome.places);
            for place in places {
                let line = place.line.map_or(String::new(), |line| format!(":{line}"));
                anstream::eprintln!("  {shown}{line}: {place}");
            }
            if places.is_empty() {
                anstream::eprintln!("  {shown}");
            }
        }
    }

    fn say_gone(&self) {
        for gone in self.gone {
            anstream::eprintln!("{gone}");
        }
    }

    fn say_changes(&self) {
        for change in self.changes {
            println!("{change}");
        }
        if !self.changes.is_empty() && self.decisions.iter().any(is_news) {
            println!();
        }
    }

    /// The files to which something happened, without those that are spoken of elsewhere.
    fn say_files(&self, without: &[Status]) {
        let mut by_status: BTreeMap<Status, Vec<&Decision>> = BTreeMap::new();
        for decision in self.decisions.iter().filter(|decision| is_news(decision)) {
            let status = decision.outcome.status;
            by_status.entry(status).or_default().push(decision);
        }
        for status in without {
            by_status.remove(status);
        }
        for (status, decisions) in by_status {
            /// More than these are counted only.
            const LISTED: usize = 12;
            let word = match status {
                Status::Created => "created",
                Status::Updated => "updated",
                Status::Merged => "merged",
                Status::Renamed => "renamed",
                Status::Conflicted => "conflict",
                Status::Orphaned => "orphaned",
                Status::Deleted => "deleted",
                Status::Missing => "missing",
                Status::Unchanged => "recorded",
            };
            // What a person edited is always named.
            let is_edited = matches!(
                status,
                Status::Merged | Status::Conflicted | Status::Orphaned | Status::Missing
            );
            let listed = if is_edited { decisions.len() } else { LISTED };
            for decision in decisions.iter().take(listed) {
                println!("{word:>9}  {}", self.folder.shown(decision.entry.place()));
            }
            if decisions.len() > listed {
                println!("{word:>9}  {} more", decisions.len() - listed);
            }
        }
    }

    /// Where a person's work lies that is in no file of the application.
    fn say_set_aside(&self) {
        for Decision { entry, outcome } in self.decisions {
            if outcome.status == Status::Missing {
                println!(
                    "`{}` is emitted otherwise now, but it is not there, nor is any file that holds what it held: so it is \
                     no longer updated.",
                    entry.path
                );
            }
        }
        for SetAside { path, place } in &self.set_aside {
            println!("`{place}` keeps what you wrote in `{path}`.");
        }
        for CameBack { path, places } in &self.came_back {
            let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
            println!(
                "`{path}` is back, as it is emitted; what you wrote in it before lies in {}.",
                places.join(", ")
            );
        }
    }

    fn json(&self, code: u8) -> ExitCode {
        let decisions = self.decisions.iter().filter(|decision| is_news(decision));
        let files: Vec<_> = decisions
            .map(|decision| {
                let outcome = &decision.outcome;
                json!({ "path": decision.entry.place(), "status": outcome.status, "conflicts": outcome.places })
            })
            .collect();
        let report = json!({
            "code": code,
            "schema": self.changes,
            "files": files,
            "gone": self.gone.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "open_conflicts": self.conflicts,
            "set_aside": self.set_aside,
            "came_back": self.came_back,
        });
        println!("{report:#}");
        ExitCode::from(code)
    }
}

/// Whether anything is to be written for the file, be it its base alone.
fn is_news(decision: &Decision) -> bool {
    decision.outcome.status != Status::Unchanged || decision.outcome.base != decision.entry.base
}

fn conflicts_of(files: usize) -> String {
    match files {
        1 => "What is in conflict in one file is".to_owned(),
        files => format!("What is in conflict in {files} files is"),
    }
}
