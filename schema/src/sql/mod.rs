//! Reads a schema from SQL files, without a server.
//!
//! PostgreSQL's statements are parsed and applied to a catalog in memory, which answers with the same rows as a live
//! one; SQLite's are loaded into an SQLite database in memory. What a file cannot tell is marked unknown; what is not read is reported with its place, never silently left out.

mod apply;
mod builtin;
mod catalog;
mod diagnostic;
mod dialect;
mod embedded;
mod encoding;
mod error;
mod expression;
mod former;
pub(crate) mod name;
mod query;
mod rows;
mod scan;
mod scratch;
mod split;
mod syntax;

use std::collections::BTreeMap;
use std::ops::Range;
use std::thread;

pub use diagnostic::{Diagnostic, Severity, Span, SqlFile};
pub use error::Error;
pub use former::FormerNames;
pub use scratch::{read_scratch, read_scratch_whole};

use crate::model::{DataType, Dialect, Note, Schema};
use crate::postgres::{ReadOptions, assemble};
use apply::Applier;
use diagnostic::Problem;
use split::{Kind, Statement, split};

/// What the files say.
#[derive(Debug)]
pub struct Reading {
    pub schema: Schema,
    /// What may be missing from the schema.
    pub warnings: Vec<Diagnostic>,
    /// The statements that carry no structure: functions, grants, rows.
    pub skipped: Vec<Skipped>,
    pub former: FormerNames,
}

/// A statement that carries no structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// `schema.sql:120:5`
    pub place: String,
    /// `CREATE FUNCTION`
    pub kind: String,
}

/// The parser works by recursion; memory is taken only as far as it goes.
const STACK: usize = 512 * 1024 * 1024;

/// Reads the files, one after the other, as one schema. Their statements tell the dialect that they are written in;
/// files that could be of either are PostgreSQL's.
pub fn read(files: &[SqlFile], options: &ReadOptions) -> Result<Reading, Error> {
    read_or_as(Dialect::Postgres, files, options)
}

/// The same, but in a dialect of choice where no statement tells it.
pub fn read_or_as(
    otherwise: Dialect,
    files: &[SqlFile],
    options: &ReadOptions,
) -> Result<Reading, Error> {
    let pieces = pieces(files);
    let dialect = dialect::recognise(files, &pieces)?.unwrap_or(otherwise);
    read_pieces(files, &pieces, dialect, options)
}

/// The same in a dialect, whatever the statements tell.
pub fn read_as(
    dialect: Dialect,
    files: &[SqlFile],
    options: &ReadOptions,
) -> Result<Reading, Error> {
    read_pieces(files, &pieces(files), dialect, options)
}

/// Where the statements of a text stand, as psql would cut it, its own commands among them.
pub fn statements(text: &str) -> Vec<Range<usize>> {
    let statements = split(text).into_iter();
    statements.map(|statement| statement.range).collect()
}

/// The statements of each file.
fn pieces(files: &[SqlFile]) -> Vec<Vec<Statement>> {
    files.iter().map(|file| split(&file.text)).collect()
}

fn read_pieces(
    files: &[SqlFile],
    pieces: &[Vec<Statement>],
    dialect: Dialect,
    options: &ReadOptions,
) -> Result<Reading, Error> {
    if dialect == Dialect::Sqlite {
        return embedded::read(files, &options.schemas);
    }
    on_worker(|| read_here(files, pieces, options))?
}

/// What the files say of former names, whatever else of them cannot be read.
fn former_names(files: &[SqlFile]) -> Result<FormerNames, Error> {
    on_worker(|| apply_all(files, &pieces(files)).applier.former_names())
}

/// Runs what needs a large stack.
fn on_worker<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Error> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK);
        let worker = worker.spawn_scoped(scope, work);
        let worker = worker.map_err(|error| Error::Stack(error.to_string()))?;
        worker.join().map_err(|_| Error::Broken)
    })
}

fn read_here(
    files: &[SqlFile],
    pieces: &[Vec<Statement>],
    options: &ReadOptions,
) -> Result<Reading, Error> {
    let Applied {
        applier,
        found,
        skipped,
    } = apply_all(files, pieces);
    if found
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return Err(Error::Statements {
            dialect: Dialect::Postgres,
            found,
        });
    }
    Ok(Reading {
        schema: schema(&applier, options)?,
        warnings: found,
        skipped,
        former: applier.former_names(),
    })
}

/// What the statements of all files have made, and what was found in them.
struct Applied {
    applier: Applier,
    found: Vec<Diagnostic>,
    skipped: Vec<Skipped>,
}

fn apply_all(files: &[SqlFile], pieces: &[Vec<Statement>]) -> Applied {
    let mut applier = Applier::new();
    let mut found = Vec::new();
    let mut skipped = Vec::new();
    for (number, (file, statements)) in files.iter().zip(pieces).enumerate() {
        applier.begin_session();
        let lines = Lines::new(&file.text);
        for statement in statements {
            let kind = apply(&mut applier, file, statement);
            if let Some(kind) = kind {
                let place = lines.place(file, statement.range.start);
                skipped.push(Skipped { place, kind });
            }
            let problems = std::mem::take(&mut applier.problems);
            found.extend(
                problems
                    .into_iter()
                    .map(|problem| placed(problem, number, file, &lines, statement.range.start)),
            );
        }
    }
    Applied {
        applier,
        found,
        skipped,
    }
}

/// Applies one piece of a file; returns its kind where it carries no structure.
fn apply(applier: &mut Applier, file: &SqlFile, statement: &Statement) -> Option<String> {
    let text = &file.text[statement.range.clone()];
    match statement.kind {
        Kind::Sql => applier.statement(text),
        Kind::Copy => Some("COPY".to_owned()),
        Kind::Meta => {
            let command = text.split_whitespace().next().unwrap_or_default();
            if matches!(
                command,
                "\\i" | "\\ir" | "\\include" | "\\include_relative" | "\\gexec"
            ) {
                applier.problems.push(Problem {
                    severity: Severity::Error,
                    range: 0..command.len(),
                    message: format!("`{command}` is a command for psql, which is not run"),
                    hint: Some(
                        "name the files in their order: `--sql first.sql second.sql`".to_owned(),
                    ),
                });
            }
            Some(command.to_owned())
        }
        Kind::Unclosed(what) => {
            applier.problems.push(Problem {
                severity: Severity::Error,
                range: 0..1,
                message: format!("this {what} is never closed"),
                hint: None,
            });
            None
        }
    }
}

fn placed(
    problem: Problem,
    file: usize,
    source: &SqlFile,
    lines: &Lines,
    start: usize,
) -> Diagnostic {
    // Whole characters, however few bytes of them are meant.
    let text = &source.text;
    let (from, to) = (
        text.floor_char_boundary(start + problem.range.start),
        text.ceil_char_boundary(start + problem.range.end),
    );
    Diagnostic {
        severity: problem.severity,
        place: lines.place(source, from),
        span: Span {
            file,
            range: from..to.max(from),
        },
        message: problem.message,
        hint: problem.hint,
    }
}

fn schema(applier: &Applier, options: &ReadOptions) -> Result<Schema, Error> {
    let catalog = &applier.catalog;
    let mut asked = options.schemas.clone();
    if asked.is_empty() {
        asked.push("public".to_owned());
    }
    asked.sort();
    asked.dedup();
    if let Some(schema) = asked
        .iter()
        .find(|schema| !catalog.schemas.contains(schema))
    {
        return Err(Error::UnknownSchema {
            schema: schema.clone(),
            existing: catalog.schemas.clone(),
        });
    }
    let (rows, origins) = rows::rows(catalog, &asked);
    if rows.relations.is_empty() {
        let mut others: BTreeMap<&str, usize> = BTreeMap::new();
        for table in catalog.tables.values().filter(|table| !table.temporary) {
            *others.entry(&table.name.schema).or_default() += 1;
        }
        return Err(Error::Empty {
            asked,
            others: others.into_keys().map(ToOwned::to_owned).collect(),
        });
    }
    let mut schema = assemble::schema(rows, origins);
    anonymous(&mut schema);
    Ok(schema)
}

/// Numbers are the reader's own: they identify nothing beyond one reading. What is unknown is said.
fn anonymous(schema: &mut Schema) {
    let mut notes = Vec::new();
    for relation in &mut schema.relations {
        relation.identifier = None;
        for column in &mut relation.columns {
            column.identifier = None;
            if column.data_type == DataType::Unknown {
                notes.push(Note {
                    subject: format!("{}.{}", relation.name, column.name),
                    message: "the type of this column cannot be told from the files".to_owned(),
                });
            }
        }
    }
    for item in &mut schema.enums {
        item.identifier = None;
        item.label_identifiers.clear();
    }
    for attribute in schema
        .composites
        .iter_mut()
        .flat_map(|composite| &mut composite.attributes)
    {
        attribute.identifier = None;
    }
    schema.notes.extend(notes);
    schema
        .notes
        .sort_by(|a, b| (&a.subject, &a.message).cmp(&(&b.subject, &b.message)));
}

/// Where the lines of a file begin.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            starts: std::iter::once(0)
                .chain(newlines.map(|(at, _)| at + 1))
                .collect(),
        }
    }

    /// `schema.sql:120:5`; columns count characters, from 1.
    fn place(&self, file: &SqlFile, offset: usize) -> String {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = file.text.get(start..offset).unwrap_or_default();
        format!("{}:{line}:{}", file.name, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, SqlFile};

    #[test]
    fn places() {
        let file = SqlFile {
            name: "a.sql".to_owned(),
            text: "é x\ny".to_owned(),
        };
        let lines = Lines::new(&file.text);
        assert_eq!(lines.place(&file, 0), "a.sql:1:1");
        assert_eq!(lines.place(&file, 3), "a.sql:1:3");
        assert_eq!(lines.place(&file, 5), "a.sql:2:1");
    }
}
