//! Expressions: on one line where that fits, else as their kind breaks over lines.

use std::borrow::Cow;

use super::chain::chain;
use super::list::{List, call};
use super::matching::matching;
use super::shape::Shape;
use super::statement::block;
use super::{ARRAY_WIDTH, CALL_WIDTH, STRUCT_WIDTH, TAB, is_multiline, new_line, width};
use crate::format::printer::tree::{Block, Expr, ExprKind, FieldValue, Line, Statement};

pub(super) fn expression<'a>(expr: &Expr<'a>, shape: Shape) -> Option<Cow<'a, str>> {
    if expr.needs.is_some_and(|needs| needs <= shape.width) {
        return Some(Cow::Borrowed(expr.text));
    }
    Some(Cow::Owned(match &expr.kind {
        // A string may stick out; what holds it decides whether it does.
        ExprKind::Simple if expr.text.starts_with('"') => return Some(Cow::Borrowed(expr.text)),
        ExprKind::Simple | ExprKind::Path => return None,
        ExprKind::Prefix(operator, inner) => {
            let inner = expression(inner, shape.after(operator.len())?)?;
            [operator, &*inner].concat()
        }
        ExprKind::Call {
            path,
            generics,
            arguments,
        } => call(&callee(path, generics, shape)?, arguments, shape)?,
        ExprKind::Macro {
            name,
            brackets,
            arguments,
        } => {
            let list = List {
                head: name,
                delimiters: if *brackets { ["[", "]"] } else { ["(", ")"] },
                items: arguments,
                limit: if *brackets { ARRAY_WIDTH } else { CALL_WIDTH },
            };
            // rustfmt knows `vec!` to be an array.
            list.layout(Shape {
                in_macro: !brackets,
                ..shape
            })?
        }
        ExprKind::Tuple(items) => call("", items, shape)?,
        ExprKind::Array(items) => List {
            head: "",
            delimiters: ["[", "]"],
            items,
            limit: ARRAY_WIDTH,
        }
        .layout(shape)?,
        ExprKind::Struct { path, fields, base } => structure(path, fields, base.as_deref(), shape)?,
        ExprKind::Chain(inner) => chain(inner, shape)?,
        ExprKind::Closure { head, body } => closure(head, body, shape)?,
        ExprKind::Block { head, statements } => braced(head, statements, shape)?,
        ExprKind::Match { subject, arms } => matching(subject, arms, shape)?,
    }))
}

/// `Choices::one::<Film>`
fn callee<'a>(path: &'a str, generics: &[&str], shape: Shape) -> Option<Cow<'a, str>> {
    let room = shape.width.checked_sub(width(path))?;
    if generics.is_empty() {
        return Some(Cow::Borrowed(path));
    }
    // rustfmt does not count the `::`.
    let total: usize = generics.iter().map(|ty| width(ty) + 2).sum();
    Some(Cow::Owned(if total <= room {
        format!("{path}::<{}>", generics.join(", "))
    } else {
        format!("{path}::{}", broken_generics(generics, shape.indent)?)
    }))
}

/// Generics one to a line; `None` where one of them would break inside.
pub(super) fn broken_generics(generics: &[&str], indent: usize) -> Option<String> {
    let nested = Shape::line(indent + TAB).before(1)?;
    let line = new_line(nested.indent);
    let mut text = "<".to_owned();
    for ty in generics {
        nested.before(width(ty))?;
        text.extend([&*line, ty, ","]);
    }
    text.push_str(&new_line(indent));
    text.push('>');
    Some(text)
}

/// `Film { … }`
fn structure(
    path: &str,
    fields: &[FieldValue<'_>],
    base: Option<&Expr<'_>>,
    shape: Shape,
) -> Option<String> {
    let path_width = width(path);
    shape.before(2 + path_width)?;
    if fields.is_empty() && base.is_none() {
        return Some(format!("{path} {{}}"));
    }
    let nested = shape.nested();
    let mut items = Vec::with_capacity(fields.len() + 1);
    for field in fields {
        items.push(field_value(field, nested.before(1)?)?);
    }
    if let Some(base) = base {
        items.push(Cow::Owned(format!(
            "..{}",
            expression(base, nested.after(2)?)?
        )));
    }
    let room = shape.width.saturating_sub(path_width + 5).min(STRUCT_WIDTH);
    let total: usize = items.iter().map(|item| width(item) + 2).sum::<usize>() - 2;
    if total <= room && !items.iter().any(|item| is_multiline(item)) {
        return Some(format!("{path} {{ {} }}", items.join(", ")));
    }
    let comma = if base.is_some() || shape.in_macro {
        ""
    } else {
        ","
    };
    let line = new_line(nested.indent);
    let separator = format!(",{line}");
    Some(format!(
        "{path} {{{line}{}{comma}{}}}",
        items.join(&separator),
        new_line(shape.indent)
    ))
}

fn field_value<'a>(field: &FieldValue<'a>, shape: Shape) -> Option<Cow<'a, str>> {
    let name = field.name;
    let Some(value) = &field.value else {
        return Some(Cow::Borrowed(name));
    };
    Some(Cow::Owned(
        match expression(value, shape.after(name.len() + 2)?) {
            Some(value) => [name, ": ", &value].concat(),
            None => {
                let nested = shape.nested();
                let value = expression(value, nested)?;
                format!("{name}:{}{value}", new_line(nested.indent))
            }
        },
    ))
}

/// `|tx| async move { … }`
fn closure(head: &str, body: &Expr<'_>, shape: Shape) -> Option<String> {
    let shape_of_body = shape.after(width(head) + 1)?;
    match &body.kind {
        // rustfmt adds braces to other bodies that break, and takes away those around a single expression.
        ExprKind::Block { statements, .. } if single_expression(statements).is_none() => {
            let body = expression(body, shape_of_body)?;
            Some([head, " ", &body].concat())
        }
        _ => None,
    }
}

/// The expression that is all of a block.
pub(super) fn single_expression<'b, 'a>(statements: &'b Block<'a>) -> Option<&'b Expr<'a>> {
    match statements.as_slice() {
        [Line::Node(Statement::Expr { expr, ends: false })] => Some(expr),
        _ => None,
    }
}

/// `async move { … }`
fn braced(head: &str, statements: &Block<'_>, shape: Shape) -> Option<String> {
    // Whether these stay open depends on where they stand.
    if statements.is_empty() || single_expression(statements).is_some() {
        return None;
    }
    let space = if head.is_empty() { "" } else { " " };
    Some(format!("{head}{space}{}", block(statements, shape)?))
}
