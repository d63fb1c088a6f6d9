//! `match`.

use std::borrow::Cow;

use super::chain::is_extendable;
use super::expression::{expression, single_expression};
use super::shape::Shape;
use super::statement::{block, prefers_next_line};
use super::{MAX_WIDTH, first_line, is_multiline, new_line, width};
use crate::format::printer::tree::{Arm, Expr, ExprKind};

pub(super) fn matching(subject: &Expr<'_>, arms: &[Arm<'_>], shape: Shape) -> Option<String> {
    let head = self::subject(subject, shape)?;
    if arms.is_empty() {
        return None;
    }
    let room = MAX_WIDTH.saturating_sub(shape.used() + 6);
    let brace = if is_extendable(&head) || !is_multiline(&head) && width(&head) + 2 <= room {
        " {".to_owned()
    } else {
        format!("{}{{", new_line(shape.indent))
    };
    let nested = shape.nested();
    let line = new_line(nested.indent);
    let mut text = format!("match {head}{brace}");
    for arm in arms {
        text.push_str(&line);
        text.push_str(&self::arm(arm, nested)?);
    }
    text.push_str(&new_line(shape.indent));
    text.push('}');
    Some(text)
}

/// What is matched.
pub(super) fn subject<'a>(subject: &Expr<'a>, shape: Shape) -> Option<Cow<'a, str>> {
    let room = Shape {
        width: MAX_WIDTH.saturating_sub(shape.used()),
        ..shape
    };
    expression(subject, room.after(6)?)
}

fn arm(arm: &Arm<'_>, shape: Shape) -> Option<String> {
    let head = format!("{} =>", arm.pattern);
    shape.before(5 + width(arm.pattern))?;
    let body = match &arm.body.kind {
        ExprKind::Block {
            head: "",
            statements,
        } => match single_expression(statements) {
            // Braces go, but not around a macro.
            Some(expr) if !matches!(expr.kind, ExprKind::Macro { .. }) => expr,
            Some(_) => return None,
            None if statements.is_empty() => return None,
            None => return Some(format!("{head} {}", block(statements, shape)?)),
        },
        _ => &arm.body,
    };
    let room = shape
        .after(width(&head) + 1)
        .and_then(|shape| shape.before(1));
    let beside = room.and_then(|room| expression(body, room));
    if let Some(beside) = &beside
        && !is_multiline(beside)
        && room.is_some_and(|room| width(beside) <= room.width)
    {
        return Some(format!("{head} {beside},"));
    }
    let below = shape.nested();
    let next_line = expression(body, below);
    let braces = |body: &str| {
        let (line, end) = (new_line(below.indent), new_line(shape.indent));
        format!("{head} {{{line}{body}{end}}}")
    };
    match (beside, next_line) {
        (Some(beside), Some(next)) if prefers_next_line(&beside, &next) => Some(braces(&next)),
        (Some(beside), _)
            if goes_on_beside(body)
                && width(first_line(&beside)) <= room.map_or(0, |room| room.width) =>
        {
            Some(format!("{head} {beside},"))
        }
        (_, Some(next)) => Some(braces(&next)),
        (Some(beside), None) => Some(format!("{head} {beside},")),
        (None, None) => None,
    }
}

/// Whether a body that breaks may begin beside its pattern.
fn goes_on_beside(body: &Expr<'_>) -> bool {
    match &body.kind {
        ExprKind::Match { .. }
        | ExprKind::Block { .. }
        | ExprKind::Closure { .. }
        | ExprKind::Array(_)
        | ExprKind::Call { .. }
        | ExprKind::Macro { .. }
        | ExprKind::Struct { .. }
        | ExprKind::Tuple(_) => true,
        ExprKind::Prefix(_, inner) => goes_on_beside(inner),
        // A method call may, `.await` and fields may not.
        ExprKind::Chain(chain) => match chain.links.last() {
            Some(link) => link.arguments.is_some(),
            None => goes_on_beside(&chain.root),
        },
        ExprKind::Path | ExprKind::Simple => false,
    }
}
