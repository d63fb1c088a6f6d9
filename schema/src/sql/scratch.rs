//! Reads SQL files through a server: into a temporary database and out of it.

use std::future::Future;

use super::diagnostic::{Diagnostic, Severity, Span, SqlFile};
use super::split::{Kind, split};
use super::{Error, Lines, Reading, Skipped};
use crate::model::{Dialect, Ground, Schema};
use crate::postgres::{ReadOptions, Refusal, Scratch};

/// Loads the files into a temporary database on the server that `url` names, reads it and drops it; also when
/// `interrupted` comes first.
pub async fn read_scratch(
    files: &[SqlFile],
    url: &str,
    options: &ReadOptions,
    interrupted: impl Future<Output = ()>,
) -> Result<Reading, Error> {
    let pieces = Pieces::of(files);
    let loaded = pieces.scratch(url, options).read(interrupted).await?;
    let (schema, refusals) = loaded.ok_or(Error::Interrupted)?;
    let warnings = pieces.warnings(refusals)?;
    pieces.reading(schema?, warnings)
}

/// The same, with what it takes to make it anew.
pub async fn read_scratch_whole(
    files: &[SqlFile],
    url: &str,
    options: &ReadOptions,
    interrupted: impl Future<Output = ()>,
) -> Result<(Reading, Ground), Error> {
    let pieces = Pieces::of(files);
    let loaded = pieces.scratch(url, options).read_whole(interrupted).await?;
    let (whole, refusals) = loaded.ok_or(Error::Interrupted)?;
    let warnings = pieces.warnings(refusals)?;
    let (schema, ground) = whole?;
    Ok((pieces.reading(schema, warnings)?, ground))
}

/// The files, statement by statement.
struct Pieces<'a> {
    files: &'a [SqlFile],
    /// What a server is to run: the number of the file, where the statement begins, and the statement.
    run: Vec<(usize, usize, &'a str)>,
    skipped: Vec<Skipped>,
}

impl<'a> Pieces<'a> {
    fn of(files: &'a [SqlFile]) -> Self {
        let mut skipped = Vec::new();
        let mut run = Vec::new();
        for (number, file) in files.iter().enumerate() {
            let lines = Lines::new(&file.text);
            for statement in split(&file.text) {
                let text = &file.text[statement.range.clone()];
                let reason = match statement.kind {
                    Kind::Copy => Some("COPY".to_owned()),
                    Kind::Meta => Some("a command for psql".to_owned()),
                    Kind::Sql | Kind::Unclosed(_) => of_the_server(text),
                };
                match reason {
                    Some(kind) => skipped.push(Skipped {
                        place: lines.place(file, statement.range.start),
                        kind,
                    }),
                    None => run.push((number, statement.range.start, text)),
                }
            }
        }
        Self {
            files,
            run,
            skipped,
        }
    }

    fn scratch<'b>(&self, url: &'b str, options: &'b ReadOptions) -> Scratch<'b>
    where
        'a: 'b,
    {
        Scratch {
            url,
            statements: self.run.iter().map(|(_, _, text)| *text).collect(),
            options,
        }
    }

    /// What the server refused, each at its place; an error where that is more than who owns what.
    fn warnings(&self, refusals: Vec<Refusal>) -> Result<Vec<Diagnostic>, Error> {
        let said = refusals.into_iter().map(|refusal| {
            let (file, start, text) = self.run[refusal.statement];
            placed(refusal, file, &self.files[file], start, text)
        });
        let said: Vec<Diagnostic> = said.collect();
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        match said.iter().any(is_error) {
            true => Err(Error::Statements {
                dialect: Dialect::Postgres,
                found: said,
            }),
            false => Ok(said),
        }
    }

    /// What the files say, whatever server read them.
    fn reading(self, mut schema: Schema, warnings: Vec<Diagnostic>) -> Result<Reading, Error> {
        super::anonymous(&mut schema);
        schema.origin = None;
        schema.role = None;
        for relation in &mut schema.relations {
            relation.estimated_rows = None;
        }
        Ok(Reading {
            schema,
            warnings,
            skipped: self.skipped,
            former: super::former_names(self.files)?,
        })
    }
}

fn placed(refusal: Refusal, file: usize, source: &SqlFile, start: usize, text: &str) -> Diagnostic {
    let character = refusal.character.unwrap_or(1).saturating_sub(1);
    let within = text.char_indices().nth(character).map_or(0, |(at, _)| at);
    let from = start + within;
    let length = text[within..].chars().next().map_or(0, char::len_utf8);
    Diagnostic {
        // Who owns what is no concern of the schema, and the owner may be unknown here.
        severity: match super::apply::without_structure(text).is_some() || is_about_roles(text) {
            true => Severity::Warning,
            false => Severity::Error,
        },
        place: Lines::new(&source.text).place(source, from),
        span: Span {
            file,
            range: from..from + length,
        },
        message: refusal.message,
        hint: refusal.hint,
    }
}

fn is_about_roles(text: &str) -> bool {
    text.to_ascii_uppercase().contains(" OWNER TO ")
}

/// Statements that would change the server and not the temporary database alone are not run.
fn of_the_server(text: &str) -> Option<String> {
    let mut words = text.split_ascii_whitespace().map(str::to_ascii_uppercase);
    let (verb, object) = (words.next()?, words.next()?);
    let object = object.trim_end_matches(';');
    let changes = matches!(verb.as_str(), "CREATE" | "ALTER" | "DROP");
    let is_shared = matches!(
        object,
        "DATABASE"
            | "ROLE"
            | "USER"
            | "GROUP"
            | "TABLESPACE"
            | "SYSTEM"
            | "SUBSCRIPTION"
            | "SERVER"
    );
    (changes && is_shared).then(|| format!("{verb} {object}"))
}
