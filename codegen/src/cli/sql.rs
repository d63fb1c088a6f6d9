//! SQL files as a schema's source: which ones are meant, and what is said about them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{IsTerminal, Read, stderr, stdin};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anstream::eprintln;
use ariadne::{Config, IndexType, Label, Report, ReportKind};
use clap::{Args, ValueEnum};
use umbel_schema::model::Dialect;
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Diagnostic, Reading, Severity, Skipped, SqlFile};
use umbel_schema::{Schema, print};

use super::report::Failure;
use super::source::on_runtime;

/// The arguments that name SQL files, and say how to read them.
#[derive(Debug, Default, Args)]
pub(crate) struct SqlArgs {
    /// SQL files instead of a database, read in their order; a folder, a pattern, or `-` for standard input
    #[arg(long = "sql", value_name = "FILE", num_args = 1.., conflicts_with = "database")]
    pub(super) files: Vec<String>,

    /// The dialect that the SQL files are written in, where their statements do not tell
    #[arg(long, value_enum, value_name = "NAME", conflicts_with = "database")]
    pub(super) dialect: Option<Written>,

    /// A server on which the SQL files are loaded into a temporary database to be read
    #[arg(long, value_name = "URL", conflicts_with = "database")]
    scratch: Option<String>,

    /// List the statements of the SQL files that carry no structure
    #[arg(long, conflicts_with = "database")]
    verbose: bool,
}

/// A dialect, as it is named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Written {
    Postgres,
    Sqlite,
}

impl From<Written> for Dialect {
    fn from(written: Written) -> Self {
        match written {
            Written::Postgres => Self::Postgres,
            Written::Sqlite => Self::Sqlite,
        }
    }
}

impl SqlArgs {
    /// Reads the files that are named, and says what of them was not read, unless `quiet`; without schemas, the one
    /// that the dialect has by itself.
    pub(super) fn read(&self, schemas: &[String], quiet: bool) -> Result<Schema, Failure> {
        let files = files(Path::new(""), &self.files)?;
        let reading = self.read_files(&files, Dialect::Postgres, schemas, quiet)?;
        Ok(reading.schema)
    }

    /// The same of files that were named elsewhere, which may be in another dialect where neither the arguments nor
    /// the statements tell it.
    pub(super) fn read_files(
        &self,
        files: &[SqlFile],
        otherwise: Dialect,
        schemas: &[String],
        quiet: bool,
    ) -> Result<Reading, Failure> {
        let options = ReadOptions {
            schemas: schemas.to_vec(),
        };
        let read = match (self.server()?, self.dialect) {
            (Some(url), _) => on_runtime(sql::read_scratch(files, url, &options, interrupted()))?,
            (None, Some(dialect)) => sql::read_as(dialect.into(), files, &options),
            (None, None) => sql::read_or_as(otherwise, files, &options),
        };
        let reading = read.map_err(|error| failure(&error, files))?;
        self.say(&reading, files, quiet);
        Ok(reading)
    }

    /// The statements that make anew what the files make on the server that `--scratch` names.
    pub(super) fn statements(&self, schemas: &[String], quiet: bool) -> Result<String, Failure> {
        let Some(url) = self.server()? else {
            return Err(Failure::with_hint(
                "`--format sql` needs a server: what a function or a partition is, files alone do not tell",
                "name a PostgreSQL server of yours with `--scratch`, or a database with `--database`",
            ));
        };
        let files = files(Path::new(""), &self.files)?;
        let options = ReadOptions {
            schemas: schemas.to_vec(),
        };
        let read = on_runtime(sql::read_scratch_whole(
            &files,
            url,
            &options,
            interrupted(),
        ))?;
        let (reading, ground) = read.map_err(|error| failure(&error, &files))?;
        self.say(&reading, &files, quiet);
        Ok(print::sql(&reading.schema, &ground))
    }

    /// The server that reads the files, if one is named.
    fn server(&self) -> Result<Option<&str>, Failure> {
        match (&self.scratch, self.dialect) {
            (Some(_), Some(Written::Sqlite)) => Err(Failure::with_hint(
                "`--scratch` reads files that are written for PostgreSQL",
                "leave it out: SQLite's statements need no server",
            )),
            (scratch, _) => Ok(scratch.as_deref()),
        }
    }

    /// Says what of the files was not read, and what may be missing, unless `quiet`.
    fn say(&self, reading: &Reading, files: &[SqlFile], quiet: bool) {
        if !quiet {
            show(&reading.warnings, files);
        }
        self.say_what_was_skipped(reading, quiet);
    }

    /// An option that was given and means something for SQL files alone.
    pub(super) fn is_for_files(&self) -> Option<&'static str> {
        match (&self.scratch, self.dialect, self.verbose) {
            (Some(_), _, _) => Some("--scratch"),
            (_, Some(_), _) => Some("--dialect"),
            (_, _, true) => Some("--verbose"),
            (None, None, false) => None,
        }
    }

    /// One line for all statements without structure, or a line for each.
    fn say_what_was_skipped(&self, reading: &Reading, quiet: bool) {
        if self.verbose {
            for Skipped { place, kind } in &reading.skipped {
                eprintln!("{place}: {kind}: no structure");
            }
        } else if !quiet && !reading.skipped.is_empty() {
            let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
            for skipped in &reading.skipped {
                *kinds.entry(&skipped.kind).or_default() += 1;
            }
            let kinds: Vec<_> = kinds
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            eprintln!(
                "{} statements carry no structure ({}); `--verbose` lists them",
                reading.skipped.len(),
                kinds.join(", ")
            );
        }
    }
}

/// Shows the statements that cannot be read, and says the error.
fn failure(error: &sql::Error, files: &[SqlFile]) -> Failure {
    if let sql::Error::Statements { found, .. } = error {
        show(found, files);
    }
    Failure {
        messages: vec![error.to_string()],
        hint: error.hint(),
    }
}

/// Ctrl-C; where that cannot be heard, never.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The files that some patterns mean in a folder, in their order.
pub(super) fn files(root: &Path, patterns: &[String]) -> Result<Vec<SqlFile>, Failure> {
    let mut files = Vec::new();
    for pattern in patterns {
        if pattern == "-" {
            let mut bytes = Vec::new();
            stdin().lock().read_to_end(&mut bytes)?;
            files.push(file("<stdin>", &bytes)?);
            continue;
        }
        for path in paths(root, pattern)? {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy();
            let bytes = fs::read(&path).map_err(|error| unreadable(&name, &error))?;
            files.push(file(&name, &bytes)?);
        }
    }
    Ok(files)
}

fn file(name: &str, bytes: &[u8]) -> Result<SqlFile, Failure> {
    SqlFile::from_bytes(name, bytes).map_err(|error| Failure {
        messages: vec![error.to_string()],
        hint: error.hint(),
    })
}

/// A file, the SQL files of a folder, or those that match a pattern, in the order of their names.
fn paths(root: &Path, pattern: &str) -> Result<Vec<PathBuf>, Failure> {
    let path = root.join(pattern);
    let mut found = if path.is_dir() {
        within(&path, "*.sql").map_err(|error| unreadable(pattern, &error))?
    } else if pattern.contains(['*', '?']) && !path.exists() {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        within(folder.unwrap_or(Path::new(".")), &name)
            .map_err(|error| unreadable(pattern, &error))?
    } else {
        return Ok(vec![path]);
    };
    if found.is_empty() {
        return Err(Failure::with_hint(
            format!("no SQL file in `{pattern}`"),
            "name files that end in `.sql`, or a folder of such files",
        ));
    }
    found.sort();
    Ok(found)
}

/// The files of a folder whose names match; what a migration takes back is not among them.
fn within(folder: &Path, pattern: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_file()
            && matches(pattern.as_bytes(), name.as_bytes())
            && !name.ends_with(".down.sql")
        {
            found.push(path);
        }
    }
    Ok(found)
}

/// `*` stands for any characters, `?` for one.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    match (pattern, name) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => {
            matches(rest, name)
                || name
                    .split_first()
                    .is_some_and(|(_, name)| matches(pattern, name))
        }
        ([b'?', rest @ ..], [_, name @ ..]) => matches(rest, name),
        ([first, rest @ ..], [own, name @ ..]) => first == own && matches(rest, name),
        _ => false,
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Failure {
    Failure::with_hint(
        format!("{name}: {error}"),
        "`--sql` takes files, folders, patterns, or `-` for standard input",
    )
}

/// Prints each diagnostic with the line that it speaks of.
fn show(diagnostics: &[Diagnostic], files: &[SqlFile]) {
    let config = Config::default()
        .with_color(stderr().is_terminal())
        .with_index_type(IndexType::Byte);
    // A file is cut into lines once, and only if there is something to say of it.
    let mut sources: BTreeMap<usize, ariadne::Source<&str>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let file = &files[diagnostic.span.file];
        let source = sources
            .entry(diagnostic.span.file)
            .or_insert_with(|| ariadne::Source::from(file.text.as_str()));
        let name = file.name.as_str();
        let range = first_line(&file.text, diagnostic.span.range.clone());
        let kind = match diagnostic.severity {
            Severity::Error => ReportKind::Error,
            Severity::Warning => ReportKind::Warning,
        };
        let mut report = Report::build(kind, (name, range.clone()))
            .with_config(config)
            .with_message(&diagnostic.message)
            .with_label(Label::new((name, range)).with_message("here"));
        if let Some(hint) = &diagnostic.hint {
            report = report.with_help(hint);
        }
        drop(report.finish().eprint((name, &*source)));
    }
}

/// What of a range stands on its first line: a whole statement is too much to show.
fn first_line(text: &str, range: Range<usize>) -> Range<usize> {
    let line = text[range.clone()].find('\n');
    range.start..line.map_or(range.end, |length| range.start + length)
}

#[cfg(test)]
mod tests {
    use super::{first_line, matches};

    #[test]
    fn patterns() {
        let check = |pattern: &str, name: &str, expect: bool| {
            assert_eq!(
                matches(pattern.as_bytes(), name.as_bytes()),
                expect,
                "{pattern} {name}"
            );
        };
        check("*.sql", "a.sql", true);
        check("*.sql", "a.sql.gz", false);
        check("v?.sql", "v1.sql", true);
        check("v?.sql", "v12.sql", false);
    }

    #[test]
    fn lines() {
        assert_eq!(first_line("a\nbc\nd", 2..6), 2..4);
        assert_eq!(first_line("a\nbc\nd", 2..3), 2..3);
    }
}
