//! SQL files as a schema's source: which ones are meant, and what is said about them.

use std::collections::BTreeMap;
use std::io::{IsTerminal, stderr};
use std::ops::Range;
use std::path::Path;

use anstream::eprintln;
use ariadne::{Config, IndexType, Label, Report, ReportKind};
use clap::{Args, ValueEnum};
use umbel_schema::model::{Dialect, Prerequisites};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Diagnostic, Reading, Severity, Skipped, SqlFile};
use umbel_schema::{Schema, print};

use super::files::{self, Files};
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

    /// Read nothing where a statement of the SQL files fails, instead of the rest as psql does
    #[arg(long, conflicts_with = "database")]
    strict: bool,

    /// List the statements of the SQL files that carry no structure, and the files that are not read
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
        let files = self.named(Path::new(""), &self.files, quiet)?;
        let reading = self.read_files(&files, Dialect::Postgres, schemas, quiet)?;
        Ok(reading.schema)
    }

    /// The files that patterns mean in a folder; says what the folders were taken for, unless `quiet`.
    pub(super) fn named(
        &self,
        root: &Path,
        patterns: &[String],
        quiet: bool,
    ) -> Result<Files, Failure> {
        let files = files::find(root, patterns)?;
        if !quiet {
            files.say(self.verbose);
        }
        Ok(files)
    }

    /// The same of files that were named elsewhere, which may be in another dialect where neither the arguments nor
    /// the statements tell it.
    pub(super) fn read_files(
        &self,
        files: &Files,
        otherwise: Dialect,
        schemas: &[String],
        quiet: bool,
    ) -> Result<Reading, Failure> {
        let options = ReadOptions {
            schemas: schemas.to_vec(),
        };
        let dialect = self.dialect.map(Dialect::from).or(files.dialect);
        let files = &files.files;
        let read = match (self.server()?, dialect) {
            (Some(url), _) => on_runtime(sql::read_scratch(files, url, &options, interrupted()))?,
            (None, Some(dialect)) => sql::read_as(dialect, files, &options),
            (None, None) => sql::read_or_as(otherwise, files, &options),
        };
        self.judged(read, files, quiet)
    }

    /// The statements that make anew what the files make on the server that `--scratch` names.
    pub(super) fn statements(&self, schemas: &[String], quiet: bool) -> Result<String, Failure> {
        let Some(url) = self.server()? else {
            return Err(Failure::with_hint(
                "`--format sql` needs a server: what a function or a partition is, files alone do not tell",
                "name a PostgreSQL server of yours with `--scratch`, or a database with `--database`",
            ));
        };
        let files = self.named(Path::new(""), &self.files, quiet)?.files;
        let options = ReadOptions {
            schemas: schemas.to_vec(),
        };
        let read = on_runtime(sql::read_scratch_whole(
            &files,
            url,
            &options,
            interrupted(),
        ))?;
        let (read, prerequisites) = match read {
            Ok((reading, prerequisites)) => (Ok(reading), prerequisites),
            Err(error) => (Err(error), Prerequisites::default()),
        };
        let reading = self.judged(read, &files, quiet)?;
        Ok(print::sql(&reading.schema, &prerequisites))
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

    /// A reading with what may be missing from it said, unless `quiet`; an error where that is too much.
    fn judged(
        &self,
        read: Result<Reading, sql::Error>,
        files: &[SqlFile],
        quiet: bool,
    ) -> Result<Reading, Failure> {
        let read = match self.strict {
            true => read.and_then(Reading::strictly),
            false => read,
        };
        let reading = read.map_err(|error| failure(&error, files))?;
        if !quiet {
            // What psql survives is no error here.
            show(&reading.warnings, files, |_| ReportKind::Warning);
            say_what_failed(&reading);
        }
        self.say_what_was_skipped(&reading, quiet);
        Ok(reading)
    }

    /// An option that was given and means something for SQL files alone.
    pub(super) fn is_for_files(&self) -> Option<&'static str> {
        let given = [
            (self.scratch.is_some(), "--scratch"),
            (self.dialect.is_some(), "--dialect"),
            (self.strict, "--strict"),
            (self.verbose, "--verbose"),
        ];
        given
            .into_iter()
            .find(|(is_given, _)| *is_given)
            .map(|(_, option)| option)
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

/// How many statements failed, of those that were shown.
fn say_what_failed(reading: &Reading) {
    let failed = reading
        .warnings
        .iter()
        .filter(|found| found.severity == Severity::Error);
    match failed.count() {
        0 => {}
        1 => eprintln!("1 statement fails and is left out, as psql would; `--strict` refuses that"),
        count => eprintln!(
            "{count} statements fail and are left out, as psql would; `--strict` refuses that"
        ),
    }
}

/// Shows the statements that cannot be read, and says the error.
fn failure(error: &sql::Error, files: &[SqlFile]) -> Failure {
    if let sql::Error::Statements { found, .. } = error {
        show(found, files, |severity| match severity {
            Severity::Error => ReportKind::Error,
            Severity::Refused | Severity::Warning => ReportKind::Warning,
        });
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

/// Prints each diagnostic with the line that it speaks of.
fn show(
    diagnostics: &[Diagnostic],
    files: &[SqlFile],
    kind: impl Fn(Severity) -> ReportKind<'static>,
) {
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
        let mut report = Report::build(kind(diagnostic.severity), (name, range.clone()))
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
    use super::first_line;

    #[test]
    fn lines() {
        assert_eq!(first_line("a\nbc\nd", 2..6), 2..4);
        assert_eq!(first_line("a\nbc\nd", 2..3), 2..3);
    }
}
