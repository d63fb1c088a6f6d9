//! The tools that write migrations: how each is told, which files of a folder it runs, in which order, and which part
//! of a file.
//!
//! What takes a migration back is never read. A folder is taken for the tool that leaves the surest trace in it: a file
//! that lists the others, names that only this tool gives, a mark in the files.

mod atlas;
mod comments;
mod dbmate;
mod drizzle;
mod flyway;
mod folder;
mod folders;
mod goose;
mod graphile;
mod liquibase;
mod node_pg_migrate;
mod order;
mod own;
mod pairs;
mod plain;
mod prisma;
mod rails;
mod section;
mod sqitch;
mod sql_migrate;
mod supabase;
mod tern;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use folder::{Choice, Folder, LeftOut};
pub use own::owner;

use super::diagnostic::SqlFile;
use section::Marks;

/// Takes a folder for a tool's, if it is one.
type Take = fn(&Folder) -> Option<Choice>;

/// The surest traces first.
const TOOLS: [Take; 17] = [
    sqitch::take,
    drizzle::take,
    prisma::take,
    liquibase::take,
    flyway::take,
    goose::take,
    sql_migrate::take,
    dbmate::take,
    tern::take,
    node_pg_migrate::take,
    folders::take,
    comments::take,
    pairs::take,
    supabase::take,
    atlas::take,
    graphile::take,
    rails::take,
];

/// The files whose text says something of the tool, besides SQL files.
const TRACES: [&str; 4] = [
    "_journal.json",
    "sqitch.plan",
    "migration_lock.toml",
    "config.toml",
];

/// Which files of a folder are read, and in which order.
pub fn choose(folder: &Folder) -> Choice {
    let choice = TOOLS.iter().find_map(|take| take(folder));
    choice.unwrap_or_else(|| plain::take(folder))
}

/// Whether a tool looks into a file.
pub fn is_looked_into(path: &str) -> bool {
    let name = folder::name(path);
    let is_changelog = [".xml", ".yaml", ".yml"]
        .iter()
        .any(|end| name.ends_with(end))
        || name.contains("changelog") && name.ends_with(".json");
    folder::is_sql(name) || TRACES.contains(&name) || is_changelog
}

/// The files with the part of each that is run: of the same length, so that places are the same.
pub(super) fn parts(files: &[SqlFile]) -> Vec<SqlFile> {
    let part = |file: &SqlFile| SqlFile {
        name: file.name.clone(),
        text: part(&file.name, &file.text).into_owned(),
    };
    files.iter().map(part).collect()
}

/// The part of a text that is run, whichever tool it is written for.
fn part<'a>(name: &str, text: &'a str) -> Cow<'a, str> {
    const MARKS: [Marks; 9] = [
        goose::MARKS,
        sql_migrate::MARKS,
        dbmate::MARKS,
        tern::MARKS,
        node_pg_migrate::MARKS,
        comments::MYBATIS,
        comments::PLAY,
        comments::RAMBLER,
        comments::PLAIN,
    ];
    let is_half = node_pg_migrate::is_half(name);
    let marks = MARKS
        .iter()
        .filter(|marks| !(is_half && marks.tool == node_pg_migrate::MARKS.tool));
    let comments = section::comments(text);
    let marked = marks
        .into_iter()
        .find_map(|marks| section::part(text, &comments, marks));
    let part = marked.or_else(|| liquibase::part(text));
    let part = part
        .or_else(|| atlas::part(text))
        .or_else(|| drizzle::part(text));
    part.unwrap_or(Cow::Borrowed(text))
}

/// A choice of the files of the folder that holds those with marks; none where no file has such.
fn marked(folder: &Folder, marks: &Marks, choose: impl Fn(&Folder) -> Choice) -> Option<Choice> {
    let marked = folder
        .sql()
        .filter(|path| section::is_for(folder.text(path), marks));
    let parents = folder.parents(marked);
    let base = parents
        .iter()
        .find(|parent| parent.is_empty())
        .or(parents.first())?;
    Some(below(folder, base, folder::ELSEWHERE, choose))
}

/// The choice of a folder below this one, as if that had been named.
fn within(whole: &Folder, base: &str, reason: &'static str) -> Choice {
    below(whole, base, reason, choose)
}

fn below(
    whole: &Folder,
    base: &str,
    reason: &'static str,
    choose: impl Fn(&Folder) -> Choice,
) -> Choice {
    let prefix = match base {
        "" => String::new(),
        base => format!("{base}/"),
    };
    let files = whole.files.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix(&prefix)?;
        Some((path.to_owned(), text.clone()))
    });
    let part = Folder {
        path: format!("{}/{base}", whole.path),
        files: files.collect(),
    };
    let mut choice = plain::joined(base, choose(&part));
    for path in whole.sql().filter(|path| !path.starts_with(&prefix)) {
        choice.leave_out(path, reason);
    }
    choice
}
