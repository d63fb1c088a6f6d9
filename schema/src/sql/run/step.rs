//! Applies one piece of a file.

use crate::sql::apply::{Applier, SCRATCH, without_structure};
use crate::sql::diagnostic::{Problem, Severity};
use crate::sql::placeholder;
use crate::sql::script::{Script, Step};
use crate::sql::split::Kind;
use crate::sql::syntax::parse;

/// Applies a step; returns its kind where it carries no structure.
pub(super) fn apply(applier: &mut Applier, script: &Script<'_>, at: usize) -> Option<String> {
    let step = &script.steps[at];
    let text = step.text.as_ref();
    if step.opens_session {
        applier.begin_session();
    }
    let problem = |severity, range, message: &str, hint: Option<&str>| Problem {
        severity,
        range,
        message: message.to_owned(),
        hint: hint.map(ToOwned::to_owned),
    };
    match step.statement.kind {
        Kind::Sql => statement(applier, text),
        Kind::Copy => Some("COPY".to_owned()),
        Kind::Meta => {
            let command = text.split_whitespace().next().unwrap_or_default();
            if command == "\\gexec"
                && let Some(query) = query_before(script, at)
                && !applier.execute_result(query, 0..command.len())
            {
                applier.problems.push(problem(
                    Severity::Warning,
                    0..command.len(),
                    "`\\gexec` is not run: what the statements that it would run make is missing",
                    Some(SCRATCH),
                ));
            }
            Some(command.to_owned())
        }
        Kind::Unclosed(what) => {
            let message = format!("this {what} is never closed");
            applier
                .problems
                .push(problem(Severity::Error, 0..1, &message, None));
            None
        }
    }
}

/// The query whose result `\gexec` runs: it stands right before it.
fn query_before<'s>(script: &'s Script<'_>, at: usize) -> Option<&'s str> {
    let (step, before) = (&script.steps[at], &script.steps[at.checked_sub(1)?]);
    let is_query = before.file == step.file && before.statement.kind == Kind::Sql;
    is_query.then_some(before.text.as_ref())
}

/// Applies a statement; where that fails and a placeholder stands in it, that is what is wrong with it.
fn statement(applier: &mut Applier, text: &str) -> Option<String> {
    if let Some(named) = placeholder::without_meaning(text)
        && without_structure(text).is_none()
        && parse(text).1.len() > parse(&named).1.len()
    {
        return applier.statement(&named);
    }
    let kind = applier.statement(text);
    let is_error = |problem: &&mut Problem| problem.severity == Severity::Error;
    if let Some(error) = applier.problems.iter_mut().find(is_error)
        && let Some(place) = placeholder::find(text)
    {
        *error = Problem {
            severity: Severity::Error,
            message: format!(
                "`{}` is a placeholder, and what it stands for is not known",
                &text[place.clone()]
            ),
            range: place,
            hint: Some(placeholder::HINT.to_owned()),
        };
    }
    kind
}

/// Whether the parser makes nothing of a statement.
pub(super) fn is_garbled(step: &Step<'_>) -> bool {
    match step.statement.kind {
        Kind::Sql => !parse(&step.text).1.is_empty(),
        Kind::Unclosed(_) => true,
        Kind::Copy | Kind::Meta => false,
    }
}
