//! Statements, blocks, and values after `=`.

use super::expression::expression;
use super::imports::import;
use super::shape::Shape;
use super::{TAB, first_line, is_multiline, last_line, new_line, width};
use crate::format::printer::tree::{Block, Expr, ExprKind, Line, Statement};

/// Statements between braces that begin on a line with that indentation.
pub(super) fn block(statements: &Block<'_>, shape: Shape) -> Option<String> {
    if statements.is_empty() {
        return Some("{}".to_owned());
    }
    let indent = shape.indent + TAB;
    let line = new_line(indent);
    let mut text = "{".to_owned();
    for statement in statements {
        match statement {
            Line::Blank => text.push('\n'),
            Line::Node(statement) => {
                text.push_str(&line);
                text.push_str(&self::statement(statement, Shape::line(indent))?);
            }
        }
    }
    text.push_str(&new_line(shape.indent));
    text.push('}');
    Some(text)
}

fn statement(statement: &Statement<'_>, shape: Shape) -> Option<String> {
    match statement {
        Statement::Use(tree) => Some(import(tree, shape.indent)),
        Statement::Let { head, value } => value_after(head, value, shape.before(1)?),
        Statement::Expr { expr, ends: true } => {
            let shape = shape.before(1)?;
            let text = expression(expr, shape).or_else(|| expression(expr, sticking_out(shape)))?;
            Some([&text, ";"].concat())
        }
        Statement::Expr { expr, ends: false } => {
            let text = expression(expr, shape).or_else(|| expression(expr, sticking_out(shape)))?;
            Some(text.into_owned())
        }
    }
}

/// `let film = …;`, `const TITLE: Field = …;`: a text that fits on no line may stick out of its own.
pub(super) fn value_after(head: &str, value: &Expr<'_>, shape: Shape) -> Option<String> {
    let text =
        assigned(head, value, shape).or_else(|| assigned(head, value, sticking_out(shape)))?;
    Some([head, &text, ";"].concat())
}

fn sticking_out(shape: Shape) -> Shape {
    Shape {
        sticks_out: true,
        ..shape
    }
}

/// The value beside the `=`, or on the next line.
fn assigned(head: &str, value: &Expr<'_>, shape: Shape) -> Option<String> {
    let before = match is_multiline(head) {
        true => width(last_line(head)).saturating_sub(shape.indent) + 1,
        false => width(head) + 1,
    };
    let beside = shape.after(before).unwrap_or(Shape {
        width: 0,
        offset: shape.offset + before,
        ..shape
    });
    let here = expression(value, beside);
    if let Some(here) = &here
        && (!is_multiline(here) && width(here) <= beside.width || never_moves(value))
    {
        return Some([" ", here].concat());
    }
    let below = beside.nested().before(beside.overhead())?;
    let next = expression(value, below);
    match (here, next) {
        (Some(here), Some(next)) if below.fits(&next) && prefers_next_line(&here, &next) => {
            Some([new_line(below.indent), next].concat())
        }
        (Some(here), _) => Some([" ", &here].concat()),
        (None, next) => Some([new_line(below.indent), next?].concat()),
    }
}

/// Whether a value that breaks looks the same on the next line: then it stays.
fn never_moves(value: &Expr<'_>) -> bool {
    match &value.kind {
        ExprKind::Prefix(_, inner) => never_moves(inner),
        ExprKind::Struct { .. } => value.needs.is_none(),
        _ => false,
    }
}

/// Whether a value looks better on the next line than where it began.
pub(super) fn prefers_next_line(here: &str, next: &str) -> bool {
    let opens =
        |delimiter| first_line(here).ends_with(delimiter) && !first_line(next).ends_with(delimiter);
    let breaks = |text: &str| text.matches('\n').count();
    !is_multiline(next) || breaks(here) > breaks(next) + 1 || opens('(') || opens('{') || opens('[')
}
