//! Runs the statements against the catalog as psql does against a server: one that fails changes nothing, spoils the
//! transaction that it stands in, and the rest is run.

mod control;
mod step;

use control::{Control, stops_on_error};
use step::{apply, is_garbled};

use super::apply::Applier;
use super::diagnostic::{Diagnostic, Problem, Severity, Span, SqlFile};
use super::lines::Lines;
use super::placeholder;
use super::script::{Script, Step};
use super::{Skipped, placed};

/// What the statements of all files have made, and what was found in them.
pub(super) struct Applied {
    pub(super) applier: Applier,
    pub(super) found: Vec<Diagnostic>,
    pub(super) skipped: Vec<Skipped>,
    /// The statements that did nothing: those that failed, and those of their transactions.
    pub(super) failed: Vec<Span>,
    /// A file of which nothing can be read: it may be no SQL at all.
    pub(super) has_unreadable: bool,
}

pub(super) fn apply_all(files: &[SqlFile]) -> Applied {
    let script = Script::of(files);
    let mut run = Run::new(&script, files);
    for at in 0..script.steps.len() {
        run.step(at);
    }
    run.end_session(script.steps.len());
    run.finish()
}

/// How a file went.
#[derive(Debug, Clone, Copy, Default)]
struct Course {
    read: usize,
    /// Statements that are no SQL.
    garbled: usize,
    /// Statements that make no sense where they stand.
    failed: usize,
}

/// A transaction that is open.
#[derive(Debug, Clone)]
struct Transaction {
    /// The step that began it.
    begun: usize,
    /// The savepoints in it, with their steps.
    savepoints: Vec<(String, usize)>,
    /// How many statements were not run after one that failed, if one has.
    spoilt: Option<usize>,
}

/// What psql does about a statement that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OnError {
    GoesOn,
    /// `\set ON_ERROR_STOP on`
    Stops,
    /// It has stopped at a step, and passed over others since.
    Stopped {
        at: usize,
        passed: usize,
    },
}

/// A state to go back to.
#[derive(Debug)]
struct Kept {
    applier: Applier,
    /// The first step that was not run yet.
    next: usize,
}

struct Run<'s, 'f> {
    script: &'s Script<'f>,
    files: &'f [SqlFile],
    lines: Vec<Lines>,
    courses: Vec<Course>,
    applier: Applier,
    /// The state after the last failure: to undo another one, what followed is run again.
    kept: Kept,
    /// The steps that did something, since that state was kept.
    done: Vec<usize>,
    transaction: Option<Transaction>,
    on_error: OnError,
    found: Vec<Diagnostic>,
    skipped: Vec<Skipped>,
    failed: Vec<Span>,
}

impl<'s, 'f> Run<'s, 'f> {
    fn new(script: &'s Script<'f>, files: &'f [SqlFile]) -> Self {
        let applier = Applier::for_files(script);
        let lines: Vec<Lines> = files.iter().map(|file| Lines::new(&file.text)).collect();
        let found = script
            .problems
            .iter()
            .map(|(file, problem)| placed(problem.clone(), *file, &files[*file], &lines[*file], 0));
        Self {
            script,
            files,
            found: found.collect(),
            lines,
            courses: vec![Course::default(); files.len()],
            kept: Kept {
                applier: applier.clone(),
                next: 0,
            },
            applier,
            done: Vec::new(),
            transaction: None,
            on_error: OnError::GoesOn,
            skipped: Vec::new(),
            failed: Vec::new(),
        }
    }

    fn step(&mut self, at: usize) {
        let step = &self.script.steps[at];
        if step.opens_session {
            self.end_session(at);
        }
        if let OnError::Stopped { passed, .. } = &mut self.on_error {
            *passed += 1;
            self.failed.push(span(step));
            return;
        }
        if let Some(stops) = stops_on_error(step) {
            self.on_error = if stops {
                OnError::Stops
            } else {
                OnError::GoesOn
            };
        }
        let control = Control::of(step);
        if self.passes_over(at, &control) {
            return;
        }
        let kind = apply(&mut self.applier, self.script, at);
        let problems = std::mem::take(&mut self.applier.problems);
        let fails = problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        self.say(step, problems);
        let course = &mut self.courses[step.file];
        if fails {
            let is_garbled = is_garbled(step);
            match is_garbled {
                true => course.garbled += 1,
                false => course.failed += 1,
            }
            // What the parser does not know may be known to the server, unless it is no SQL for certain.
            let is_in_doubt = is_garbled && placeholder::find(&step.text).is_none();
            if let Some(transaction) = &mut self.transaction
                && !is_in_doubt
            {
                transaction.spoilt = Some(0);
            }
            self.failed.push(span(step));
            self.restore(at);
            if self.on_error == OnError::Stops && !is_in_doubt {
                self.undo_transaction(at + 1);
                self.on_error = OnError::Stopped { at, passed: 0 };
            }
            return;
        }
        course.read += 1;
        self.done.push(at);
        if let Some(kind) = kind {
            let place =
                self.lines[step.file].place(&self.files[step.file], step.statement.range.start);
            self.skipped.push(Skipped { place, kind });
        }
        self.follow(at, control);
    }

    /// Passes over what follows a failure in the same transaction, and undoes that transaction at its end.
    fn passes_over(&mut self, at: usize, control: &Control) -> bool {
        let Some(transaction) = &mut self.transaction else {
            return false;
        };
        let Some(passed) = &mut transaction.spoilt else {
            return false;
        };
        match control {
            Control::Commit | Control::Rollback => self.undo_transaction(at + 1),
            Control::RollbackTo(name) => {
                let place = transaction
                    .savepoints
                    .iter()
                    .rposition(|(own, _)| own == name);
                if let Some(place) = place {
                    let (_, savepoint) = transaction.savepoints[place];
                    transaction.savepoints.truncate(place + 1);
                    transaction.spoilt = None;
                    self.done.retain(|step| *step <= savepoint);
                    self.restore(at + 1);
                }
            }
            _ => {
                *passed += 1;
                self.failed.push(span(&self.script.steps[at]));
            }
        }
        true
    }

    /// Follows where transactions begin and end.
    fn follow(&mut self, at: usize, control: Control) {
        match (control, &mut self.transaction) {
            (Control::Begin, transaction @ None) => {
                *transaction = Some(Transaction {
                    begun: at,
                    savepoints: Vec::new(),
                    spoilt: None,
                });
            }
            (Control::Commit | Control::Rollback, transaction) => *transaction = None,
            (Control::Savepoint(name), Some(transaction)) => {
                transaction.savepoints.push((name, at))
            }
            _ => {}
        }
    }

    /// Ends what the last session left open.
    fn end_session(&mut self, next: usize) {
        if self
            .transaction
            .as_ref()
            .is_some_and(|transaction| transaction.spoilt.is_some())
        {
            self.undo_transaction(next);
        }
        self.transaction = None;
        let on_error = std::mem::replace(&mut self.on_error, OnError::GoesOn);
        if let OnError::Stopped { at, passed } = on_error
            && passed > 0
        {
            let step = &self.script.steps[at];
            let problem = Problem {
                severity: Severity::Warning,
                range: 0..step.text.len(),
                message: format!(
                    "psql stops here, since `ON_ERROR_STOP` is set: {passed} statements that follow are not read"
                ),
                hint: Some("correct the statement that fails".to_owned()),
            };
            self.say(step, vec![problem]);
        }
    }

    /// Undoes a transaction in which a statement has failed, as its COMMIT does, and says so where that takes more
    /// along.
    fn undo_transaction(&mut self, next: usize) {
        let Some(transaction) = self.transaction.take() else {
            return;
        };
        let undone = self.done.iter().filter(|step| **step > transaction.begun);
        let undone: Vec<Span> = undone.map(|step| span(&self.script.steps[*step])).collect();
        let count = undone.len() + transaction.spoilt.unwrap_or(0);
        self.failed.extend(undone);
        self.done.retain(|step| *step < transaction.begun);
        self.restore(next);
        if count > 0 {
            let step = &self.script.steps[transaction.begun];
            let problem = Problem {
                severity: Severity::Warning,
                range: 0..step.text.len(),
                message: format!(
                    "this transaction makes nothing, since a statement in it fails: {count} other statements are not read"
                ),
                hint: Some(
                    "correct the statement that fails, or take it out of the transaction"
                        .to_owned(),
                ),
            };
            self.say(step, vec![problem]);
        }
    }

    /// Goes back to what the steps that are still counted have made.
    fn restore(&mut self, next: usize) {
        self.applier = self.kept.applier.clone();
        for &step in &self.done {
            drop(apply(&mut self.applier, self.script, step));
        }
        self.applier.problems.clear();
        // What is in doubt is kept only when it is sure.
        if self.transaction.is_none() && next > self.kept.next {
            self.done.clear();
            self.kept = Kept {
                applier: self.applier.clone(),
                next,
            };
        }
    }

    fn say(&mut self, step: &Step<'_>, problems: Vec<Problem>) {
        let file = &self.files[step.file];
        let lines = &self.lines[step.file];
        let range = &step.statement.range;
        let is_filled = step.text.as_ref() != &file.text[range.clone()];
        for mut problem in problems {
            // What was filled in has moved what follows it.
            if is_filled {
                problem.range = 0..range.len();
            }
            self.found
                .push(placed(problem, step.file, file, lines, range.start));
        }
    }

    fn finish(mut self) -> Applied {
        self.found
            .sort_by_key(|diagnostic| (diagnostic.span.file, diagnostic.span.range.start));
        let unreadable =
            |course: &Course| course.read == 0 && course.failed == 0 && course.garbled > 0;
        Applied {
            has_unreadable: self.courses.iter().any(unreadable),
            applier: self.applier,
            found: self.found,
            skipped: self.skipped,
            failed: self.failed,
        }
    }
}

fn span(step: &Step<'_>) -> Span {
    Span {
        file: step.file,
        range: step.statement.range.clone(),
    }
}
