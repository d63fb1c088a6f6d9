//! A folder as a tool sees it, and which of its files are read.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::order::natural;
use crate::model::Dialect;

/// The files below a folder.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// The folder itself, from the root; what it is called may tell the tool.
    pub path: String,
    /// By their paths within the folder, parted by `/`. Files that no tool looks into have no text.
    pub files: BTreeMap<String, String>,
}

/// Which files are read, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// The tool that the folder was taken for, and how it orders its files.
    pub tool: Option<&'static str>,
    /// Paths within the folder.
    pub files: Vec<String>,
    pub left_out: Vec<LeftOut>,
    /// The dialect, where a file of the tool's says it.
    pub dialect: Option<Dialect>,
    /// Another database, which a file of the tool's says that the migrations are for.
    pub foreign: Option<String>,
}

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub path: String,
    /// `it takes a migration back`
    pub reason: &'static str,
}

/// What a migration takes back, and what a tool does not run by itself.
pub(super) const DOWN: &str = "takes a migration back";
pub(super) const NOT_RUN: &str = "is no migration of this tool's";
pub(super) const ELSEWHERE: &str = "lies outside of the folder of the migrations";

impl Folder {
    /// All SQL files, in the order of their bytes.
    pub(super) fn sql(&self) -> impl Iterator<Item = &str> {
        self.files
            .keys()
            .map(String::as_str)
            .filter(|path| is_sql(path))
    }

    pub(super) fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// The folders in which a path leads to a file, those that are nearest first: of `meta/_journal.json`, the
    /// folder of `meta`.
    pub(super) fn holders<'a>(&'a self, path: &str) -> Vec<&'a str> {
        let mut found: Vec<&str> = self
            .files
            .keys()
            .filter_map(|file| {
                let holder = file.strip_suffix(path)?;
                (holder.is_empty() || holder.ends_with('/')).then(|| holder.trim_end_matches('/'))
            })
            .collect();
        found.sort_by_key(|holder| (depth(holder), *holder));
        found
    }

    /// The folders that hold some of the SQL files, the one that holds most of them first.
    pub(super) fn parents<'a>(&self, files: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for file in files {
            *counts.entry(parent(file)).or_default() += 1;
        }
        let mut parents: Vec<(&str, usize)> = counts.into_iter().collect();
        parents.sort_by_key(|(parent, count)| (std::cmp::Reverse(*count), depth(parent)));
        parents.into_iter().map(|(parent, _)| parent).collect()
    }

    /// A choice of SQL files in an order; the others are left out for the reason that is said of them.
    pub(super) fn choose(
        &self,
        tool: &'static str,
        mut keep: impl FnMut(&str) -> Result<(), &'static str>,
        order: impl Fn(&str, &str) -> Ordering,
    ) -> Choice {
        let mut choice = Choice {
            tool: Some(tool),
            ..Choice::default()
        };
        for path in self.sql() {
            match keep(path) {
                Ok(()) => choice.files.push(path.to_owned()),
                Err(reason) => choice.leave_out(path, reason),
            }
        }
        choice.files.sort_by(|a, b| order(a, b));
        choice
    }

    /// A choice of SQL files that is made already.
    pub(super) fn chosen(
        &self,
        tool: &'static str,
        files: Vec<String>,
        reason: &'static str,
    ) -> Choice {
        let taken: BTreeSet<&String> = files.iter().collect();
        let mut choice = Choice {
            tool: Some(tool),
            ..Choice::default()
        };
        for path in self
            .sql()
            .filter(|path| !taken.contains(&(*path).to_owned()))
        {
            choice.leave_out(path, reason);
        }
        choice.files = files;
        choice
    }
}

impl Choice {
    pub(super) fn leave_out(&mut self, path: &str, reason: &'static str) {
        self.left_out.push(LeftOut {
            path: path.to_owned(),
            reason,
        });
    }
}

pub(super) fn is_sql(path: &str) -> bool {
    let extension = path.len().checked_sub(4).and_then(|at| path.get(at..));
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(".sql"))
}

/// `db/1_a.up.sql` → `1_a.up.sql`
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `db/1_a.up.sql` → `db`
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

pub(super) fn depth(path: &str) -> usize {
    match path {
        "" => 0,
        path => path.split('/').count(),
    }
}

/// `db` and `1.sql` → `db/1.sql`
pub(super) fn join(folder: &str, path: &str) -> String {
    match folder {
        "" => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// Whether a name is that of what takes something back: `1_a.down.sql`, `down.sql`, `1_a.rollback.sql`.
pub(super) fn is_down(path: &str) -> bool {
    const ENDS: [&str; 5] = ["down", "undo", "rollback", "revert", "downgrade"];
    let name = name(path).to_ascii_lowercase();
    let Some(stem) = name.strip_suffix(".sql") else {
        return false;
    };
    ENDS.iter().any(|end| {
        let before = stem.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

/// The order of bytes, in which many tools read.
pub(super) fn bytes(a: &str, b: &str) -> Ordering {
    a.cmp(b)
}

/// The order of the numbers that the names begin with, whatever the folder.
pub(super) fn by_number(a: &str, b: &str) -> Ordering {
    natural(name(a), name(b)).then_with(|| natural(a, b))
}
