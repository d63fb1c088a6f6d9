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
mod lines;
mod name;
mod placeholder;
mod psql;
mod query;
mod readable;
mod renames;
mod rows;
mod run;
mod scan;
mod scratch;
mod script;
mod split;
mod syntax;
pub mod tools;

use std::collections::BTreeMap;
use std::ops::Range;
use std::thread;

pub use diagnostic::{Diagnostic, Severity, Span, SqlFile};
pub use error::Error;
pub use scratch::{read_scratch, read_scratch_whole};
pub use script::missing;

use crate::model::{DataType, Dialect, FormerNames, Note, Schema};
use crate::name::{PUBLIC, own};
use crate::postgres::{ReadOptions, assemble};
use apply::Applier;
use catalog::Table;
use diagnostic::Problem;
use lines::Lines;
use run::{Applied, apply_all};
use split::{Statement, split};

/// What the files say.
#[derive(Debug)]
pub struct Reading {
    pub schema: Schema,
    /// What may be missing from the schema.
    pub warnings: Vec<Diagnostic>,
    /// The statements that carry no structure: functions, grants, rows.
    pub skipped: Vec<Skipped>,
    /// The statements that did nothing, since they or their transactions failed.
    pub failed: Vec<Span>,
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
///
/// A statement that fails is among the warnings, and the rest is read; it is an error where nothing else is left.
pub fn read(files: &[SqlFile], options: &ReadOptions) -> Result<Reading, Error> {
    read_or_as(Dialect::Postgres, files, options)
}

/// The same, but in a dialect of choice where no statement tells it.
pub fn read_or_as(
    otherwise: Dialect,
    files: &[SqlFile],
    options: &ReadOptions,
) -> Result<Reading, Error> {
    let files = tools::parts(files);
    let dialect = dialect::recognise(&files, &pieces(&files))?.unwrap_or(otherwise);
    read_parts(&files, dialect, options)
}

/// The same in a dialect, whatever the statements tell.
pub fn read_as(
    dialect: Dialect,
    files: &[SqlFile],
    options: &ReadOptions,
) -> Result<Reading, Error> {
    read_parts(&tools::parts(files), dialect, options)
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

impl Reading {
    /// The reading, unless there is a statement that a server would refuse.
    pub fn strictly(mut self) -> Result<Self, Error> {
        for found in &mut self.warnings {
            if found.severity == Severity::Refused {
                found.severity = Severity::Error;
            }
        }
        match self.warnings.iter().any(is_error) {
            true => Err(Error::Statements {
                dialect: self.schema.dialect,
                found: self.warnings,
            }),
            false => Ok(self),
        }
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Reads what of the files is run.
fn read_parts(
    files: &[SqlFile],
    dialect: Dialect,
    options: &ReadOptions,
) -> Result<Reading, Error> {
    if dialect == Dialect::Sqlite {
        return embedded::read(files, &options.schemas);
    }
    on_worker(|| read_here(files, options))?
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

fn read_here(files: &[SqlFile], options: &ReadOptions) -> Result<Reading, Error> {
    let Applied {
        applier,
        found,
        skipped,
        failed,
        has_unreadable,
    } = apply_all(files);
    let schema = schema(&applier, options);
    let is_in_vain = matches!(
        schema,
        Err(Error::Empty { .. }) | Err(Error::UnknownSchema { .. })
    );
    if has_unreadable || is_in_vain && found.iter().any(is_error) {
        return Err(Error::Statements {
            dialect: Dialect::Postgres,
            found,
        });
    }
    Ok(Reading {
        schema: schema?,
        warnings: found,
        skipped,
        failed,
        former: applier.former_names(),
    })
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
        asked.push(PUBLIC.to_owned());
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
        let is_ledger = |table: &Table| {
            let has = |name: &&str| table.columns.iter().any(|column| column.name == **name);
            (&*table.name.schema, &*table.name.name) == (own::SCHEMA, own::LEDGER)
                && own::LEDGER_COLUMNS.iter().all(has)
        };
        let keeps_own = catalog.tables.values().any(is_ledger);
        let is_own = |table: &Table| keeps_own && table.name.schema == own::SCHEMA;
        let tables = catalog.tables.values();
        for table in tables.filter(|table| !table.temporary && !is_own(table)) {
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
