//! Reads SQL files through a server: into a temporary database and out of it.

use std::future::Future;

use super::diagnostic::{Diagnostic, Severity, Span, SqlFile};
use super::lines::Lines;
use super::run::{Applied, apply_all};
use super::script::Script;
use super::split::Kind;
use super::tools;
use super::{Error, Reading, Skipped, is_error, on_worker};
use crate::model::{Dialect, FormerNames, Prerequisites, Schema};
use crate::postgres::{ReadOptions, Refusal, Scratch};

/// Loads the files into a temporary database on the server that `url` names, reads it and drops it; also when
/// `interrupted` comes first.
pub async fn read_scratch(
    files: &[SqlFile],
    url: &str,
    options: &ReadOptions,
    interrupted: impl Future<Output = ()>,
) -> Result<Reading, Error> {
    let files = tools::parts(files);
    let pieces = Pieces::of(&files)?;
    let loaded = pieces.scratch(url, options).read(interrupted).await?;
    let (schema, refusals) = loaded.ok_or(Error::Interrupted)?;
    pieces.reading(schema, refusals)
}

/// The same, with what it takes to make it anew.
pub async fn read_scratch_whole(
    files: &[SqlFile],
    url: &str,
    options: &ReadOptions,
    interrupted: impl Future<Output = ()>,
) -> Result<(Reading, Prerequisites), Error> {
    let files = tools::parts(files);
    let pieces = Pieces::of(&files)?;
    let loaded = pieces.scratch(url, options).read_whole(interrupted).await?;
    let (whole, refusals) = loaded.ok_or(Error::Interrupted)?;
    let (schema, prerequisites) = match whole {
        Ok((schema, prerequisites)) => (Ok(schema), Some(prerequisites)),
        Err(error) => (Err(error), None),
    };
    let reading = pieces.reading(schema, refusals)?;
    Ok((reading, prerequisites.unwrap_or_default()))
}

/// Ends what the file before left open: each has a session of its own, as with psql.
const SESSION: &str = "ROLLBACK; DISCARD ALL";

/// The files, statement by statement.
struct Pieces<'a> {
    files: &'a [SqlFile],
    /// What a server is to run.
    run: Vec<Piece>,
    skipped: Vec<Skipped>,
    /// What is wrong with the lines for psql, and what was made for them to refer to.
    found: Vec<Diagnostic>,
    former: FormerNames,
}

/// A statement, and where it stands in the files if it does.
struct Piece {
    text: String,
    place: Option<(usize, usize)>,
    /// How long it is where it stands.
    length: usize,
}

impl<'a> Pieces<'a> {
    fn of(files: &'a [SqlFile]) -> Result<Self, Error> {
        let read = |applied: Applied| {
            (
                applied.applier.stubs().to_vec(),
                applied.applier.former_names(),
            )
        };
        let (stubs, former) = on_worker(|| read(apply_all(files)))?;
        let beside = |text: &str| Piece {
            text: text.to_owned(),
            place: None,
            length: 0,
        };
        let mut run: Vec<Piece> = stubs.iter().map(|text| beside(text)).collect();
        let mut skipped = Vec::new();
        let script = Script::of(files);
        let lines: Vec<Lines> = files.iter().map(|file| Lines::new(&file.text)).collect();
        for (at, step) in script.steps.iter().enumerate() {
            let start = step.statement.range.start;
            if step.opens_session && at > 0 {
                run.push(beside(SESSION));
            }
            let reason = match step.statement.kind {
                Kind::Copy => Some("COPY".to_owned()),
                Kind::Meta => Some("a command for psql".to_owned()),
                Kind::Sql | Kind::Unclosed(_) => of_the_server(&step.text),
            };
            match reason {
                Some(kind) => skipped.push(Skipped {
                    place: lines[step.file].place(&files[step.file], start),
                    kind,
                }),
                None => run.push(Piece {
                    text: step.text.clone().into_owned(),
                    place: Some((step.file, start)),
                    length: step.statement.range.len(),
                }),
            }
        }
        let found = script
            .problems
            .into_iter()
            .map(|(file, problem)| super::placed(problem, file, &files[file], &lines[file], 0));
        Ok(Self {
            files,
            run,
            skipped,
            found: found.collect(),
            former,
        })
    }

    fn scratch<'b>(&'b self, url: &'b str, options: &'b ReadOptions) -> Scratch<'b> {
        Scratch {
            url,
            statements: self.run.iter().map(|piece| piece.text.as_str()).collect(),
            options,
        }
    }

    /// What the server made of the files, and what it refused, each at its place; an error where nothing else is left.
    fn reading(
        self,
        schema: Result<Schema, crate::postgres::Error>,
        refusals: Vec<Refusal>,
    ) -> Result<Reading, Error> {
        let mut warnings = self.found;
        let mut failed = Vec::new();
        for refusal in refusals {
            let piece = &self.run[refusal.statement];
            if let Some((file, start)) = piece.place {
                failed.push(Span {
                    file,
                    range: start..start + piece.length,
                });
                warnings.push(placed(refusal, file, &self.files[file], start, &piece.text));
            }
        }
        if schema.is_err() && warnings.iter().any(is_error) {
            return Err(Error::Statements {
                dialect: Dialect::Postgres,
                found: warnings,
            });
        }
        let mut schema = schema?;
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
            failed,
            former: self.former,
        })
    }
}

fn placed(refusal: Refusal, file: usize, source: &SqlFile, start: usize, text: &str) -> Diagnostic {
    let character = refusal.character.unwrap_or(1).saturating_sub(1);
    let within = text.char_indices().nth(character).map_or(0, |(at, _)| at);
    // What was filled in may have made the statement longer than it stands there.
    let from = source
        .text
        .floor_char_boundary((start + within).min(source.text.len()));
    let length = source.text[from..].chars().next().map_or(0, char::len_utf8);
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
