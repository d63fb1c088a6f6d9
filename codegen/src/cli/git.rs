//! What git knows of an application's files: the versions of a conflict, and what other commits have.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::report::Failure;

/// The work tree of git in which an application lies.
pub(super) struct Git {
    /// The folder of the application.
    root: PathBuf,
    /// The way to it from the top of the work tree: `shop/`, or nothing.
    pub(super) prefix: String,
}

/// The versions of a file that git could not merge; none where a side has no such file.
#[derive(Debug, Default, Clone)]
pub(super) struct Stages {
    pub(super) base: Option<String>,
    pub(super) ours: Option<String>,
    pub(super) theirs: Option<String>,
}

/// The commits that a merge has to do with, by names that git understands.
pub(super) struct Commits {
    pub(super) base: Option<String>,
    pub(super) ours: String,
    pub(super) theirs: Option<String>,
}

impl Git {
    /// The work tree around a folder; none where there is none, or no git.
    pub(super) fn around(root: &Path) -> Option<Self> {
        let prefix = run(root, &["rev-parse", "--show-prefix"], b"").ok()?;
        Some(Self {
            root: root.to_owned(),
            prefix: prefix.trim_end_matches('\n').to_owned(),
        })
    }

    /// What git answers.
    pub(super) fn run(&self, arguments: &[&str], input: &[u8]) -> Result<String, Failure> {
        run(&self.root, arguments, input)
    }

    /// The files of the application that git left in conflict, by path.
    pub(super) fn unmerged(&self) -> Result<BTreeMap<String, Stages>, Failure> {
        let listed = self.run(&["ls-files", "--unmerged", "-z", "--", "."], b"")?;
        let mut files: BTreeMap<String, Stages> = BTreeMap::new();
        for line in listed.split('\0').filter(|line| !line.is_empty()) {
            let Some((entry, path)) = line.split_once('\t') else {
                continue;
            };
            let mut entry = entry.split(' ').skip(1);
            let (Some(object), Some(stage)) = (entry.next(), entry.next()) else {
                continue;
            };
            let text = self.run(&["cat-file", "blob", object], b"")?;
            let stages = files.entry(path.to_owned()).or_default();
            match stage {
                "1" => stages.base = Some(text),
                "2" => stages.ours = Some(text),
                _ => stages.theirs = Some(text),
            }
        }
        Ok(files)
    }

    /// The commits of the merge, the rebase or the like that is under way.
    pub(super) fn commits(&self) -> Commits {
        let known = |name: &str| {
            let commit = self.run(&["rev-parse", "--quiet", "--verify", name], b"");
            commit.ok().map(|commit| commit.trim().to_owned())
        };
        let merged = known("MERGE_HEAD");
        let picked = || known("CHERRY_PICK_HEAD").or_else(|| known("REBASE_HEAD"));
        let base = match (&merged, picked()) {
            (Some(theirs), _) => {
                let base = self.run(&["merge-base", "HEAD", theirs], b"");
                base.ok().map(|commit| commit.trim().to_owned())
            }
            (None, Some(theirs)) => known(&format!("{theirs}^")),
            (None, None) => None,
        };
        Commits {
            base,
            ours: "HEAD".to_owned(),
            theirs: merged.or_else(picked),
        }
    }

    /// A file as a commit has it.
    pub(super) fn show(&self, commit: &str, path: &str) -> Option<String> {
        let object = format!("{commit}:{}{path}", self.prefix);
        self.run(&["cat-file", "blob", &object], b"").ok()
    }
}

/// What git answers in a folder.
fn run(root: &Path, arguments: &[&str], input: &[u8]) -> Result<String, Failure> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input)?;
    }
    let output = child.wait_with_output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let error = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(Failure {
            messages: vec![format!("git: {error}")],
            hint: None,
        })
    }
}
