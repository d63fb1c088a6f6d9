//! Which SQL files are meant: what a folder, a pattern or a list of files comes to, in its order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read, stdin};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use umbel_schema::model::Dialect;
use umbel_schema::sql::tools::{self, Choice, Folder};
use umbel_schema::sql::{self, SqlFile};

use super::report::Failure;
use super::sql_folder::{self, is_sql};
use crate::plan::glob;

/// SQL files, and what is known of them.
pub(super) struct Files {
    pub(super) files: Vec<SqlFile>,
    /// What a tool says that they are written in.
    pub(super) dialect: Option<Dialect>,
    choices: Vec<(String, Choice)>,
}

/// The files that some patterns mean in a folder, in their order, and those that they include.
pub(super) fn find(root: &Path, patterns: &[String]) -> Result<Files, Failure> {
    let mut found = Files {
        files: Vec::new(),
        dialect: None,
        choices: Vec::new(),
    };
    for group in groups(root, patterns) {
        match group {
            Group::Stdin => {
                let mut bytes = Vec::new();
                stdin().lock().read_to_end(&mut bytes)?;
                found.files.push(decoded("<stdin>", &bytes)?);
            }
            Group::Files(names) => {
                for name in names {
                    found.files.push(read(root, name)?);
                }
            }
            Group::Folder { named, path, only } => found.add_folder(root, named, &path, only)?,
        }
    }
    found.include(root)?;
    Ok(found)
}

impl Files {
    /// What the folders were taken for, and which of their files are not read: all of them, or how many.
    pub(super) fn say(&self, all: bool) {
        for (name, choice) in &self.choices {
            let count = choice.files.len();
            let files = if count == 1 { "file" } else { "files" };
            match choice.tool {
                Some(tool) => eprintln!("{name}: migrations of {tool}, {count} {files} read"),
                None => eprintln!(
                    "{name}: {count} {files} read, in the order of their numbers and names"
                ),
            }
            let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for left in &choice.left_out {
                reasons.entry(left.reason).or_default().push(&left.path);
            }
            for (reason, paths) in reasons {
                match paths.as_slice() {
                    paths if all || paths.len() <= 2 => {
                        for path in paths {
                            eprintln!("  not read: {path} {reason}");
                        }
                    }
                    paths => eprintln!(
                        "  not read: {} files, each of which {reason}; `--verbose` lists them",
                        paths.len()
                    ),
                }
            }
        }
    }

    /// Adds what is read of a folder: all of it, or of some files alone.
    fn add_folder(
        &mut self,
        root: &Path,
        named: &str,
        path: &Path,
        only: Option<BTreeSet<String>>,
    ) -> Result<(), Failure> {
        let mut folder = sql_folder::read(path).map_err(|error| unreadable(named, &error))?;
        if let Some(only) = &only {
            folder
                .files
                .retain(|path, _| !is_sql(path) || only.contains(path));
        }
        let mut choice = tools::choose(&folder);
        if only.is_some() {
            choice.files.retain(|file| folder.files.contains_key(file));
        }
        if let Some(product) = &choice.foreign {
            return Err(Failure::with_hint(
                format!("`{named}` holds migrations for {product}, which Umbel does not read"),
                "Umbel reads the SQL of PostgreSQL and of SQLite",
            ));
        }
        if choice.files.is_empty() {
            return Err(nothing(named, &folder, &choice));
        }
        for file in &choice.files {
            let path = path.join(file);
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            self.files.push(read(root, &name)?);
        }
        self.dialect = self.dialect.or(choice.dialect);
        self.choices.push((named.to_owned(), choice));
        Ok(())
    }

    /// Adds the files that lines for psql name, as far as they are there.
    fn include(&mut self, root: &Path) -> Result<(), Failure> {
        loop {
            let mut is_done = true;
            for candidates in sql::missing(&self.files) {
                let is_there = |name: &&String| root.join(name).is_file();
                let is_known = |name: &String| self.files.iter().any(|file| file.name == *name);
                if let Some(name) = candidates
                    .iter()
                    .find(is_there)
                    .filter(|name| !is_known(name))
                {
                    self.files.push(read(root, name)?);
                    is_done = false;
                }
            }
            if is_done {
                return Ok(());
            }
        }
    }
}

/// What some of the patterns mean together.
enum Group<'a> {
    Stdin,
    /// Files in the order in which they were named.
    Files(Vec<&'a str>),
    /// A folder, or those of its files that a pattern matches.
    Folder {
        named: &'a str,
        path: PathBuf,
        only: Option<BTreeSet<String>>,
    },
}

fn groups<'a>(root: &Path, patterns: &'a [String]) -> Vec<Group<'a>> {
    let mut groups = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    let flush = |named: &mut Vec<&'a str>, groups: &mut Vec<Group<'a>>| {
        if !named.is_empty() {
            groups.push(listed(root, std::mem::take(named)));
        }
    };
    for pattern in patterns {
        let path = root.join(pattern);
        if pattern == "-" {
            flush(&mut named, &mut groups);
            groups.push(Group::Stdin);
        } else if path.is_dir() {
            flush(&mut named, &mut groups);
            groups.push(Group::Folder {
                named: pattern,
                path: base(path),
                only: None,
            });
        } else if pattern.contains(['*', '?']) && !path.exists() {
            flush(&mut named, &mut groups);
            groups.push(matched(root, pattern));
        } else {
            named.push(pattern);
        }
    }
    flush(&mut named, &mut groups);
    groups
}

/// Sqitch's scripts lie in a folder below the one that tells their order.
fn base(path: PathBuf) -> PathBuf {
    let parent = path.canonicalize().ok();
    let parent = parent.as_deref().and_then(Path::parent);
    let is_of_sqitch = path.file_name().is_some_and(|name| name == "deploy")
        && parent.is_some_and(|parent| parent.join("sqitch.plan").is_file());
    match path.parent() {
        Some(parent) if is_of_sqitch => parent.to_owned(),
        _ => path,
    }
}

/// Files that were named one by one: a shell sorts what its pattern matches by bytes, which is nobody's order.
fn listed<'a>(root: &Path, names: Vec<&'a str>) -> Group<'a> {
    let folder = |name: &str| Path::new(name).parent().map(Path::to_owned);
    let is_of_shell = names.len() > 1
        && names
            .iter()
            .all(|name| is_sql(name) && folder(name) == folder(names[0]))
        && (names.is_sorted() || names.is_sorted_by_key(|name| letters(name)));
    let parent = folder(names[0]).filter(|_| is_of_shell);
    match parent {
        Some(parent) => {
            let own = |name: &&str| {
                Path::new(name)
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned()
            };
            let only = names.iter().map(own).collect();
            Group::Folder {
                named: names[0]
                    .strip_suffix(&own(&names[0]))
                    .filter(|named| !named.is_empty())
                    .unwrap_or("."),
                path: root.join(parent),
                only: Some(only),
            }
        }
        None => Group::Files(names),
    }
}

/// What most languages sort by first.
fn letters(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// The files that a pattern matches, `**` any folders, in the folder that it begins with.
fn matched<'a>(root: &Path, pattern: &'a str) -> Group<'a> {
    let parts: Vec<&str> = pattern.split('/').collect();
    let wild = parts
        .iter()
        .position(|part| part.contains(['*', '?']))
        .unwrap_or(0);
    let base = match parts[..wild].join("/") {
        base if base.is_empty() && pattern.starts_with('/') => "/".to_owned(),
        base => base,
    };
    let path = root.join(&base);
    let only = sql_folder::read(&path).map(|folder| {
        let names = folder.files.into_keys();
        names
            .filter(|name| matches(&parts[wild..], &name.split('/').collect::<Vec<_>>()))
            .collect()
    });
    Group::Folder {
        named: pattern,
        path,
        only: Some(only.unwrap_or_default()),
    }
}

/// Whether the parts of a pattern cover those of a path.
fn matches(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            matches(rest, path)
                || path
                    .split_first()
                    .is_some_and(|(_, path)| matches(pattern, path))
        }
        (Some((first, rest)), Some((own, path))) => glob(first, own) && matches(rest, path),
        _ => false,
    }
}

fn read(root: &Path, name: &str) -> Result<SqlFile, Failure> {
    let bytes = fs::read(root.join(name)).map_err(|error| unreadable(name, &error))?;
    decoded(name, &bytes)
}

fn decoded(name: &str, bytes: &[u8]) -> Result<SqlFile, Failure> {
    SqlFile::from_bytes(name, bytes).map_err(|error| Failure {
        messages: vec![error.to_string()],
        hint: error.hint(),
    })
}

/// Why nothing of a folder is read.
fn nothing(named: &str, folder: &Folder, choice: &Choice) -> Failure {
    const LANGUAGES: [(&str, &str); 9] = [
        (".rb", "Ruby"),
        (".py", "Python"),
        (".php", "PHP"),
        (".ts", "TypeScript"),
        (".js", "JavaScript"),
        (".go", "Go"),
        (".exs", "Elixir"),
        (".cs", "C#"),
        (".rs", "Rust"),
    ];
    let message = format!("no SQL file in `{named}`");
    if let Some(left) = choice.left_out.first() {
        return Failure::with_hint(
            format!(
                "nothing of `{named}` is read: {} {}",
                left.path, left.reason
            ),
            "name the files that are meant, in their order",
        );
    }
    let language = LANGUAGES
        .iter()
        .find(|(end, _)| folder.files.keys().any(|path| path.ends_with(end)));
    match language {
        Some((_, language)) => Failure::with_hint(
            message,
            format!(
                "migrations in {language} are run by their own tool: name the database that they make with `--database`, or a dump of it"
            ),
        ),
        None => Failure::with_hint(
            message,
            "name files that end in `.sql`, or a folder of such files",
        ),
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Failure {
    Failure::with_hint(
        format!("{name}: {error}"),
        "`--sql` takes files, folders, patterns, or `-` for standard input",
    )
}

#[cfg(test)]
mod tests {
    use super::{letters, matches};

    #[test]
    fn patterns() {
        let check = |pattern: &str, path: &str, expect: bool| {
            let (pattern, path): (Vec<_>, Vec<_>) =
                (pattern.split('/').collect(), path.split('/').collect());
            assert_eq!(matches(&pattern, &path), expect, "{pattern:?} {path:?}");
        };
        check("*.sql", "a.sql", true);
        check("*.sql", "a.sql.gz", false);
        check("*.sql", "db/a.sql", false);
        check("v?.sql", "v12.sql", false);
        check("**/*.sql", "a.sql", true);
        check("**/up.sql", "db/1/up.sql", true);
        check("*/up.sql", "1/up.sql", true);
        check("*/up.sql", "1/down.sql", false);
    }

    #[test]
    fn order_of_a_shell() {
        assert!(["V10__c.sql", "V1__a.sql", "V2__b.sql"].is_sorted_by_key(|name| letters(name)));
    }
}
