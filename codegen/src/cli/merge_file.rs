//! `umbel merge-file`: merges three versions of a file, as the merge driver of git.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::project::LOCK;
use super::report::Failure;
use crate::lock;
use crate::merge::{Language, Merged, Templates, Versions, merge};
use crate::sync::{Ending, Layout, plain};

/// Merge three versions of a file item by item, as the merge driver of git
#[derive(Debug, Args)]
#[command(long_about = "\
Merge three versions of a file item by item, as the merge driver of git.

Rust is merged item by item, TOML key by key, the lock object by object, other files by lines. `umbel setup-git` tells git \
of it. The exit code is 0 where the merge is clean, 1 where markers are left in OURS.")]
pub(crate) struct MergeFile {
    /// What both began from
    base: PathBuf,

    /// Ours, which takes the result
    ours: PathBuf,

    /// Theirs
    theirs: PathBuf,

    /// Where the file lies, which says what it is; that of OURS if it is not given
    #[arg(long, value_name = "PATH")]
    path: Option<PathBuf>,
}

/// The exit code that tells git of a conflict.
const CONFLICT: u8 = 1;

impl MergeFile {
    pub(crate) fn run(&self) -> Result<ExitCode, Failure> {
        let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs].map(|path| read(path));
        let (base, ours, theirs) = (base?, ours?, theirs?);
        let path = self.path.as_deref().unwrap_or(&self.ours);
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).map(|text| plain(text).into_owned());
        let (Ok(base), Ok(own), Ok(theirs)) = (text(&base), text(&ours), text(&theirs)) else {
            // git leaves ours as it is, and says that it is in conflict.
            return Ok(ExitCode::from(CONFLICT));
        };
        let versions = Versions {
            base: &base,
            ours: &own,
            theirs: &theirs,
        };
        let merged = merged(path, versions);
        let (merged, code) = match merged {
            Merged::Clean(text) => (text, ExitCode::SUCCESS),
            Merged::Conflict(conflict) => (conflict.attempt, ExitCode::from(CONFLICT)),
        };
        let merged = Ending::of(&ours).apply(&merged).into_owned();
        fs::write(&self.ours, merged).map_err(|error| cannot("write", &self.ours, &error))?;
        Ok(code)
    }
}

/// The versions of a file merged by what it is.
fn merged(path: &Path, versions: Versions<'_>) -> Merged {
    if path.ends_with(LOCK) {
        return Merged::Clean(lock::merge(versions.base, versions.ours, versions.theirs));
    }
    let language = Language::of(&path.to_string_lossy());
    match merge(language, versions, &Templates::default()) {
        Merged::Clean(text) if language == Language::Rust => {
            Merged::Clean(laid_out(path, versions.ours, text))
        }
        merged => merged,
    }
}

/// A file that the formatter would leave as it is shall be one after the merge: the project's, or, of what is kept of
/// emitted files, that of umbel.
fn laid_out(path: &Path, before: &str, merged: String) -> String {
    let is_kept = path.components().any(|part| part.as_os_str() == ".umbel");
    let folder = std::path::absolute(path).ok().filter(|_| !is_kept);
    let layout = match folder.as_deref().and_then(Path::parent) {
        Some(folder) => Layout::of(folder).unwrap_or_default(),
        None => Layout::standard(),
    };
    let was_laid_out = layout
        .lay_out(before)
        .is_some_and(|text| plain(&text) == before);
    let text = was_laid_out.then(|| layout.lay_out(&merged)).flatten();
    text.unwrap_or(merged)
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| cannot("read", path, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure {
        messages: vec![format!("cannot {what} `{}`: {error}", path.display())],
        hint: None,
    }
}
