//! Flyway: `V1__name.sql` in the order of the versions' parts, then `R__name.sql` by what they are called.
//!
//! A baseline, `B7__name.sql`, stands for all versions up to its own. `U1__name.sql` takes a version back and is never
//! read, but for refinery, whose `U` says that a version may come late.

use std::cmp::Ordering;

use super::folder::{Choice, DOWN, Folder, name};
use super::order::{digits, natural, number};

const BASELINE: &str = "comes before the baseline, which stands for it";
const ELSE: &str = "has no name of a migration";

/// What a file is by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Script {
    Version(Vec<String>),
    Baseline(Vec<String>),
    Undo(Vec<String>),
    Repeatable,
    Before,
    After,
}

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let has_version = |path: &str| matches!(script(path), Some(Script::Version(_)));
    if !folder.sql().any(has_version) {
        return None;
    }
    let is_refinery = folder.files.keys().any(|path| {
        let stem = path.strip_suffix(".rs");
        let is_migration = stem.is_some_and(|stem| script(&format!("{stem}.sql")).is_some());
        is_migration || name(path) == "refinery.toml"
    });
    let baselines = folder.sql().filter_map(|path| match script(path) {
        Some(Script::Baseline(version)) => Some(version),
        _ => None,
    });
    let baseline = baselines.max_by(|a, b| versions(a, b));
    let keep = |path: &str| match (script(path), &baseline) {
        (None, _) => Err(ELSE),
        (Some(Script::Undo(_)), _) if !is_refinery => Err(DOWN),
        (Some(Script::Version(version)), Some(base)) if versions(&version, base).is_le() => {
            Err(BASELINE)
        }
        (Some(Script::Baseline(version)), Some(base)) if versions(&version, base).is_lt() => {
            Err(BASELINE)
        }
        _ => Ok(()),
    };
    let tool = match is_refinery {
        true => "refinery",
        false => "Flyway",
    };
    Some(folder.choose(tool, keep, order))
}

fn script(path: &str) -> Option<Script> {
    let name = name(path);
    let stem = name
        .strip_suffix(".sql")
        .or_else(|| name.strip_suffix(".SQL"))?;
    for (callback, script) in [("before", Script::Before), ("after", Script::After)] {
        let event = stem.strip_prefix(callback);
        if event
            .is_some_and(|event| event.starts_with("Migrate") || event.starts_with("EachMigrate"))
        {
            return Some(script);
        }
    }
    if stem.starts_with("R__") {
        return Some(Script::Repeatable);
    }
    let (version, _) = stem.get(1..)?.split_once("__")?;
    let parts: Vec<String> = version.split(['.', '_']).map(ToOwned::to_owned).collect();
    let is_number = |part: &String| !part.is_empty() && digits(part.as_bytes()) == part.len();
    if !parts.iter().all(is_number) {
        return None;
    }
    match stem.as_bytes().first()? {
        b'V' => Some(Script::Version(parts)),
        b'B' => Some(Script::Baseline(parts)),
        b'U' => Some(Script::Undo(parts)),
        _ => None,
    }
}

/// `1.2` before `1.10`; `1.0` is `1`.
fn versions(a: &[String], b: &[String]) -> Ordering {
    for place in 0..a.len().max(b.len()) {
        let part = |version: &[String]| version.get(place).map_or("0", String::as_str).to_owned();
        let order = number(part(a).as_bytes(), part(b).as_bytes());
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}

fn order(a: &str, b: &str) -> Ordering {
    let place = |path: &str| match script(path) {
        Some(Script::Before) => (0, Vec::new()),
        Some(Script::Baseline(version)) => (1, version),
        Some(Script::Version(version) | Script::Undo(version)) => (2, version),
        Some(Script::Repeatable) => (3, Vec::new()),
        Some(Script::After) | None => (4, Vec::new()),
    };
    let ((stage, version), (other_stage, other)) = (place(a), place(b));
    stage
        .cmp(&other_stage)
        .then_with(|| versions(&version, &other))
        // Repeatable ones go by what they are called, as Java compares texts.
        .then_with(|| match stage {
            3 => name(a).cmp(name(b)),
            _ => natural(a, b),
        })
}
