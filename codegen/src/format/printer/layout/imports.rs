//! `use` items: their order, and the names between braces.

use std::cmp::Ordering;

use super::list::fill;
use super::shape::Shape;
use super::{MAX_WIDTH, TAB, new_line, width};
use crate::format::printer::tree::{Item, ItemKind, Line, UseTree};

/// `use umbel::form::{Errors, Form as _};`
pub(super) fn import(tree: &UseTree<'_>, indent: usize) -> String {
    let space = if tree.visibility.is_empty() { "" } else { " " };
    let mut text = [tree.visibility, space, "use "].concat();
    for segment in &tree.path {
        text.push_str(segment);
        text.push_str("::");
    }
    let names = sorted(tree);
    if let [name] = names.as_slice() {
        // Nothing can break: it may be too long.
        text.extend([name, ";"]);
        return text;
    }
    let on_one_line = names.join(", ");
    // rustfmt counts the braces twice.
    if indent + width(&text) + width(&on_one_line) + "{{}};".len() <= MAX_WIDTH {
        text.extend(["{", &on_one_line, "};"]);
        return text;
    }
    let mut nested = Shape::line(indent + TAB);
    nested.width -= 1;
    let (line, end) = (new_line(nested.indent), new_line(indent));
    format!("{text}{{{line}{},{end}}};", fill(&names, nested))
}

/// The names at the end of a tree.
fn sorted<'a>(tree: &UseTree<'a>) -> Vec<&'a str> {
    let mut names = tree.names.clone();
    names.sort_by(|a, b| by_name(a, b));
    names
}

/// `use` items in their order, without blank lines between them.
pub(in crate::format::printer) fn imports(mut trees: Vec<UseTree<'_>>) -> String {
    trees.sort_by(by_path);
    let lines: Vec<String> = trees.iter().map(|tree| import(tree, 0)).collect();
    lines.join("\n")
}

/// Sorts `use` items, or modules, that stand without blank lines between them.
pub(in crate::format::printer) fn sort(lines: &mut [Line<Item<'_>>]) {
    lines.sort_by(|a, b| match (a, b) {
        (Line::Node(a), Line::Node(b)) => match (&a.kind, &b.kind) {
            (ItemKind::Use(a), ItemKind::Use(b)) => by_path(a, b),
            // Letter by letter: of modules, `film_10` stands before `film_2`.
            (ItemKind::Simple(a), ItemKind::Simple(b)) => module(a).cmp(module(b)),
            _ => Ordering::Equal,
        },
        _ => Ordering::Equal,
    });
}

/// `pub mod film` → `film`
fn module(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

fn by_path(a: &UseTree<'_>, b: &UseTree<'_>) -> Ordering {
    fn segments<'t>(tree: &'t UseTree<'_>) -> impl Iterator<Item = &'t str> {
        // Braces come after every name.
        let last = match tree.names.as_slice() {
            [name] => name,
            _ => "{",
        };
        tree.path.iter().copied().chain([last])
    }
    let (mut left, mut right) = (segments(a), segments(b));
    loop {
        return match (left.next(), right.next()) {
            (Some("{"), Some("{")) => {
                let (a, b) = (sorted(a), sorted(b));
                let differ = a.iter().zip(&b).map(|(a, b)| by_name(a, b));
                let differ = differ.into_iter().find(|order| order.is_ne());
                differ.unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            (Some(a), Some(b)) => match by_segment(a, b) {
                Ordering::Equal => continue,
                order => order,
            },
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
    }
}

/// `self` before `super` before `crate` before names before braces.
fn by_segment(a: &str, b: &str) -> Ordering {
    let rank = |segment| match segment {
        "self" => 0,
        "super" => 1,
        "crate" => 2,
        "{" => 4,
        _ => 3,
    };
    rank(a).cmp(&rank(b)).then_with(|| by_name(a, b))
}

/// The order of the style guide: underscores first, numbers by their value, other characters by their code.
fn by_name(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let (a, b) = (chunk(&mut left), chunk(&mut right));
        let order = match (a, b) {
            ("_", "_") => Ordering::Equal,
            ("_", _) => Ordering::Less,
            (_, "_") => Ordering::Greater,
            _ => match (a.parse::<u64>(), b.parse::<u64>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.cmp(b),
            },
        };
        if order.is_ne() {
            return order;
        }
    }
    // Of numbers of the same value the one with more zeros comes first.
    let zeros = b.len().cmp(&a.len());
    left.len().cmp(&right.len()).then(zeros)
}

/// Takes an underscore, a number, or the text up to the next of these.
fn chunk<'t>(text: &mut &'t str) -> &'t str {
    let is_digit = |character: char| character.is_ascii_digit();
    let end = if text.starts_with('_') {
        Some(1)
    } else if text.starts_with(is_digit) {
        text.find(|character| !is_digit(character))
    } else {
        text.find(|character| character == '_' || is_digit(character))
    };
    let (chunk, rest) = text.split_at(end.unwrap_or(text.len()));
    *text = rest;
    chunk
}
