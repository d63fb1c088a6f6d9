//! Liquibase: `--liquibase formatted sql`, changeset by changeset; a changelog says the order of its files.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::folder::{Choice, Folder, join, name, parent};
use super::order::natural;
use super::section::{Blanks, after, comment, lines};

const NOT_INCLUDED: &str = "is not included by the changelog";

/// How many changelogs may include each other.
const DEEPEST: usize = 32;

pub(super) fn take(folder: &Folder) -> Option<Choice> {
    let is_log = |path: &&String| is_changelog(folder.text(path));
    let logs: Vec<&String> = folder.files.keys().filter(is_log).collect();
    let included: BTreeSet<String> = logs.iter().flat_map(|log| includes(folder, log)).collect();
    let mut files = Vec::new();
    for log in logs.iter().filter(|log| !included.contains(log.as_str())) {
        gather(folder, log, &mut files, 0);
    }
    if !files.is_empty() {
        return Some(folder.chosen("Liquibase", files, NOT_INCLUDED));
    }
    folder.sql().find(|path| is_formatted(folder.text(path)))?;
    Some(folder.choose("Liquibase", |_| Ok(()), natural))
}

/// Whether a file is no SQL, and lists what is: a changelog in XML, YAML or JSON.
fn is_changelog(text: &str) -> bool {
    text.contains("databaseChangeLog") && !is_formatted(text)
}

fn is_formatted(text: &str) -> bool {
    let head = lines(text)
        .map(|line| text[line].trim())
        .find(|line| !line.is_empty());
    head.and_then(comment).is_some_and(|said| {
        after(said, "liquibase").is_some_and(|said| after(said, "formatted").is_some())
    })
}

/// The SQL files that a changelog comes to.
fn gather(folder: &Folder, log: &str, files: &mut Vec<String>, deep: usize) {
    for path in includes(folder, log) {
        if super::folder::is_sql(&path) {
            files.push(path);
        } else if deep < DEEPEST {
            gather(folder, &path, files, deep + 1);
        }
    }
}

/// What a changelog names, in its order, as far as it lies in the folder: `file: a.sql`, `path="changes"`.
fn includes(folder: &Folder, log: &str) -> Vec<String> {
    let text = folder.text(log);
    if !is_changelog(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for key in ["file", "path"] {
        for (at, _) in text.match_indices(key) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|before| before.is_alphanumeric() || before == '_') {
                continue;
            }
            let value = text[at + key.len()..].trim_start_matches(['"', ' ']);
            let Some(value) = value.strip_prefix([':', '=']) else {
                continue;
            };
            let value = value.trim_start_matches(' ');
            let value = match value.strip_prefix(['"', '\'']) {
                Some(quoted) => quoted.split(['"', '\'']).next(),
                None => value.split(['\n', '\r', ',', '}']).next(),
            };
            let value = value
                .unwrap_or_default()
                .trim()
                .trim_start_matches("classpath:");
            found.push((at, value.trim_start_matches("./").trim_matches('/')));
        }
    }
    found.sort_unstable();
    found
        .into_iter()
        .flat_map(|(_, value)| named(folder, log, value))
        .collect()
}

/// The files that a path in a changelog means: beside it, or anywhere at the end of a path.
fn named(folder: &Folder, log: &str, value: &str) -> Vec<String> {
    let beside = join(parent(log), value);
    if folder.files.contains_key(&beside) {
        return vec![beside];
    }
    let end = format!("/{value}");
    if let Some(path) = folder
        .files
        .keys()
        .find(|path| format!("/{path}").ends_with(&end))
    {
        return vec![path.clone()];
    }
    let within = format!("{end}/");
    let mut all: Vec<String> = folder
        .files
        .keys()
        .filter(|path| !value.is_empty() && format!("/{}/", parent(path)).ends_with(&within))
        .filter(|path| super::folder::is_sql(path) || is_changelog(folder.text(path)))
        .cloned()
        .collect();
    all.sort_by(|a, b| name(a).cmp(name(b)));
    all
}

/// What of a file is run: not the changesets for other databases, nor the lines to be ignored.
pub(super) fn part(text: &str) -> Option<Cow<'_, str>> {
    if !is_formatted(text) {
        return None;
    }
    let for_postgres = lines(text)
        .filter_map(|line| changeset(text[line].trim()))
        .any(|said| {
            attribute(said, "dbms").is_some_and(|dbms| includes_database(dbms, "postgresql"))
        });
    let mut blanks = Blanks::of(text);
    let mut runs = true;
    let mut ignored = Ignored::None;
    let mut delimiter = None;
    for line in lines(text) {
        let said = text[line.clone()].trim();
        if let Some(changeset) = changeset(said) {
            runs = attribute(changeset, "dbms").is_none_or(|dbms| {
                includes_database(dbms, "postgresql")
                    || !for_postgres && includes_database(dbms, "sqlite")
            });
            delimiter = attribute(changeset, "endDelimiter");
            blanks.end_statement(line);
            continue;
        }
        if let Some(count) = comment(said).and_then(|said| after(said, "ignoreLines:")) {
            ignored = match count {
                "start" => Ignored::ToEnd,
                "end" => Ignored::None,
                count => count.parse().map_or(Ignored::None, Ignored::Lines),
            };
            continue;
        }
        if !runs || ignored.next() {
            blanks.cover(line);
        } else if let Some(delimiter) = delimiter {
            let is_at_end = said.strip_suffix(delimiter.trim_start_matches("\\n").trim());
            if is_at_end.is_some() && !said.starts_with("--") && delimiter != ";" {
                let end = line.start + text[line.clone()].trim_end().len();
                let length = said.len() - is_at_end.unwrap_or_default().len();
                blanks.end_statement(end - length..end);
            }
        }
    }
    Some(blanks.finish())
}

/// Which lines `--ignoreLines` leaves out.
enum Ignored {
    None,
    Lines(usize),
    ToEnd,
}

impl Ignored {
    /// Whether the next line is left out.
    fn next(&mut self) -> bool {
        match self {
            Self::None | Self::Lines(0) => false,
            Self::Lines(count) => {
                *count -= 1;
                true
            }
            Self::ToEnd => true,
        }
    }
}

/// What `--changeset ann:1 dbms:postgresql` says after its first word.
fn changeset(line: &str) -> Option<&str> {
    after(comment(line)?, "changeset ")
}

/// `dbms:"postgresql,h2"` → `postgresql,h2`
fn attribute<'a>(said: &'a str, name: &str) -> Option<&'a str> {
    let value = said.split_once(&format!("{name}:"))?.1;
    Some(match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => value.split_whitespace().next().unwrap_or_default(),
    })
}

/// `all`, `postgresql,h2`, `!mysql`
fn includes_database(dbms: &str, database: &str) -> bool {
    let mut names = dbms.split(',').map(str::trim);
    let denied = dbms.contains('!');
    let is_named = names.any(|name| name.trim_start_matches('!') == database || name == "all");
    is_named != denied
}
