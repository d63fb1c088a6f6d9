//! Items and members.

use std::borrow::Cow;

use super::expression::broken_generics;
use super::imports::import;
use super::shape::Shape;
use super::statement::{block, value_after};
use super::{CALL_WIDTH, MAX_WIDTH, TAB, new_line, width};
use crate::format::printer::tree::{DataField, Function, Item, ItemKind, Line};

/// Items, each on lines of its own, without a line break at the end.
pub(in crate::format::printer) fn items(lines: &[Line<Item<'_>>], indent: usize) -> Option<String> {
    let mut text = String::with_capacity(1024);
    for (index, line) in lines.iter().enumerate() {
        match line {
            Line::Blank => text.push('\n'),
            Line::Node(item) => {
                if index > 0 {
                    text.push_str(&new_line(indent));
                }
                text.push_str(&self::item(item, indent)?);
            }
        }
    }
    Some(text)
}

fn item(item: &Item<'_>, indent: usize) -> Option<String> {
    let mut text = attributes(&item.attributes, indent)?;
    let body = match &item.kind {
        ItemKind::Simple(line) => {
            let line = [line, ";"].concat();
            (indent + width(&line) <= MAX_WIDTH).then_some(line)
        }
        ItemKind::Tuple { head, types } => tuple(head, types, indent),
        ItemKind::Use(tree) => Some(import(tree, indent)),
        ItemKind::Const {
            head,
            start,
            generics,
            value,
        } => {
            let head = constant(head, start, generics, indent)?;
            value_after(&head, value, Shape::line(indent).before(1)?)
        }
        ItemKind::Data { head, fields } => data(head, fields, indent),
        ItemKind::Impl { head, of, members } => implementation(head, *of, members, indent),
        ItemKind::Fn(function) => self::function(function, indent),
    };
    text.push_str(&body?);
    Some(text)
}

/// Documentation, which may be as long as it is, and attributes, each on its line.
fn attributes(attributes: &[Cow<'_, str>], indent: usize) -> Option<String> {
    let mut text = String::new();
    for attribute in attributes {
        if !attribute.starts_with("///") && indent + width(attribute) > MAX_WIDTH {
            return None;
        }
        text.push_str(attribute);
        text.push_str(&new_line(indent));
    }
    Some(text)
}

/// `pub struct Film { … }`: always a field to a line.
fn data(head: &str, fields: &[DataField<'_>], indent: usize) -> Option<String> {
    if fields.is_empty() {
        return Some(format!("{head} {{}}"));
    }
    let line = new_line(indent + TAB);
    let mut text = [head, " {"].concat();
    for field in fields {
        text.push_str(&line);
        text.push_str(&attributes(&field.attributes, indent + TAB)?);
        text.push_str(&self::field(field, indent + TAB)?);
    }
    text.push_str(&new_line(indent));
    text.push('}');
    Some(text)
}

/// `pub title: String,`, the type on the next line where both are too long for one.
fn field(field: &DataField<'_>, indent: usize) -> Option<String> {
    let DataField { head, ty, .. } = field;
    let Some(ty) = ty else {
        return Some(format!("{head},"));
    };
    if indent + width(head) + ": ,".len() + width(ty) <= MAX_WIDTH {
        return Some([head, ": ", ty, ","].concat());
    }
    // A longer type breaks inside.
    let fits = indent + TAB + width(ty) + ",".len() <= MAX_WIDTH;
    fits.then(|| format!("{head}:{}{ty},", new_line(indent + TAB)))
}

/// `pub const TITLE: Column<Self, String> =`, the generics one to a line where they do not fit.
fn constant<'a>(
    head: &'a str,
    start: &str,
    generics: &[&str],
    indent: usize,
) -> Option<Cow<'a, str>> {
    if indent + width(head) <= MAX_WIDTH {
        return Some(Cow::Borrowed(head));
    }
    Shape::line(indent).before(width(start) + " =".len())?;
    if generics.is_empty() {
        return None;
    }
    let generics = broken_generics(generics, indent)?;
    Some(Cow::Owned(format!("{start}{generics} =")))
}

/// `type Key = (i32, i32);`
fn tuple(head: &str, types: &[&str], indent: usize) -> Option<String> {
    let on_one_line = types.join(", ");
    let total = indent + width(head) + width(&on_one_line) + " ();".len();
    if width(&on_one_line) <= CALL_WIDTH && total <= MAX_WIDTH && types.len() != 1 {
        return Some(format!("{head} ({on_one_line});"));
    }
    if types.len() < 2 {
        return None;
    }
    let line = new_line(indent + TAB);
    let mut text = format!("{head} (");
    for ty in types {
        text.extend([&*line, ty, ","]);
    }
    text.push_str(&new_line(indent));
    text.push_str(");");
    Some(text)
}

fn implementation(
    head: &str,
    of: Option<&str>,
    members: &[Line<Item<'_>>],
    indent: usize,
) -> Option<String> {
    let mut text = head.to_owned();
    let mut brace = " {".to_owned();
    if let Some(of) = of {
        if indent + width(head) + " for ".len() + width(of) + " {".len() <= MAX_WIDTH {
            text.push_str(" for ");
        } else {
            text.push_str(&new_line(indent + TAB));
            text.push_str("for ");
            brace = format!("{}{{", new_line(indent));
        }
        text.push_str(of);
    }
    text.lines()
        .all(|line| width(line) <= MAX_WIDTH)
        .then_some(())?;
    if members.is_empty() {
        return (brace == " {").then(|| format!("{text} {{}}"));
    }
    text.push_str(&brace);
    text.push_str(&new_line(indent + TAB));
    text.push_str(&items(members, indent + TAB)?);
    text.push_str(&new_line(indent));
    text.push('}');
    Some(text)
}

fn function(function: &Function<'_>, indent: usize) -> Option<String> {
    let signature = function.signature;
    let mut text = if indent + width(signature) + " {".len() <= MAX_WIDTH {
        [signature, " "].concat()
    } else {
        broken_signature(function, indent)?
    };
    text.push_str(&block(&function.body, Shape::line(indent))?);
    Some(text)
}

/// A parameter to a line.
fn broken_signature(function: &Function<'_>, indent: usize) -> Option<String> {
    if function.parameters.is_empty() {
        return None;
    }
    let line = new_line(indent + TAB);
    let mut text = format!("{}(", function.head);
    for parameter in &function.parameters {
        text.extend([&*line, parameter, ","]);
    }
    text.push_str(&new_line(indent));
    let space = if function.output.is_empty() { "" } else { " " };
    text.extend([")", space, function.output, " "]);
    let fits = text.lines().all(|line| width(line) < MAX_WIDTH);
    fits.then_some(text)
}
