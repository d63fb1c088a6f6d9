//! The lists of a template, merged by their elements: each line of `ui::columns(list, [ … ])`, of `columns.cells([ … ])` or of
//! `ui::facts([ … ])` belongs to a column, and goes where that goes.

use std::collections::BTreeMap;

use super::rust::order;
use super::{Language, Merged, TokenKind, Versions, lines, tokens};

/// Merges templates that have lists; `None` where they have none that can be merged by elements.
pub(super) fn merge(versions: Versions<'_>) -> Option<Merged> {
    let [base, ours, theirs] = [versions.base, versions.ours, versions.theirs].map(lists);
    let mut merged = BTreeMap::new();
    for (key, list) in &base {
        if let (Some(own), Some(other)) = (ours.get(key), theirs.get(key))
            && let Some(text) = elements(list, own, other)
        {
            merged.insert(key, text);
        }
    }
    if merged.is_empty() {
        return None;
    }
    // With the same lists on all sides, what is left to merge is the rest.
    let with = |text: &str, lists: &Lists<'_>| {
        let mut with = String::with_capacity(text.len());
        let mut at = 0;
        let mut places: Vec<_> = lists.iter().collect();
        places.sort_by_key(|(_, list)| list.start);
        for (key, list) in places {
            if let Some(merged) = merged.get(key) {
                with.push_str(&text[at..list.start]);
                with.push_str(merged);
                at = list.end;
            }
        }
        with + &text[at..]
    };
    let base = with(versions.base, &base);
    let ours = with(versions.ours, &ours);
    let theirs = with(versions.theirs, &theirs);
    let versions = Versions {
        base: &base,
        ours: &ours,
        theirs: &theirs,
    };
    Some(lines::merge(Language::Html, versions))
}

/// By the line that opens a list, and how many such lines stand before.
type Lists<'a> = BTreeMap<(&'a str, usize), List<'a>>;

/// The elements of a list, and where they stand in the template.
struct List<'a> {
    start: usize,
    end: usize,
    elements: Vec<Element<'a>>,
}

/// An element, with the ends of its lines.
struct Element<'a> {
    /// What it is about: `Film::TITLE`, `film.title`, `TITLE`.
    key: String,
    text: &'a str,
}

/// The lists whose elements are known.
fn lists(text: &str) -> Lists<'_> {
    let mut lists = Lists::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut open: Option<((&str, usize), usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match open {
            Some((key, start)) if line.starts_with("])") => {
                if let Some(elements) = read(&text[start..at]) {
                    let list = List {
                        start,
                        end: at,
                        elements,
                    };
                    lists.insert(key, list);
                }
                open = None;
            }
            None if line.trim_end().ends_with('[') && line.starts_with('{') => {
                let count = counts.entry(line.trim()).or_default();
                open = Some(((line.trim(), *count), end));
                *count += 1;
            }
            _ => {}
        }
        at = end;
    }
    lists
}

/// The elements of a list; `None` where something else stands among them, or two have the same key.
fn read(text: &str) -> Option<Vec<Element<'_>>> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut start = 0;
    let mut depth = 0_i32;
    let mut is_whole = true;
    for token in tokens(text) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "<" | ">" | "%" | ";" => return None,
            _ => {}
        }
        let end = token.start + token.text.len();
        match token.kind {
            TokenKind::Comment => return None,
            TokenKind::Space if is_whole && token.text.contains('\n') => {
                // The element ends with its line.
                let end = token.start + token.text.find('\n')? + 1;
                if !text[start..end].trim().is_empty() {
                    elements.push(element(&text[start..end])?);
                    start = end;
                }
            }
            TokenKind::Space => {}
            _ => is_whole = depth == 0 && token.text == ",",
        }
        if depth < 0 || end > text.len() {
            return None;
        }
    }
    let is_read = text[start..].trim().is_empty();
    let mut keys: Vec<&str> = elements
        .iter()
        .map(|element| element.key.as_str())
        .collect();
    keys.sort_unstable();
    let repeated = keys.windows(2).any(|pair| pair[0] == pair[1]);
    (is_read && !repeated).then_some(elements)
}

fn element(text: &str) -> Option<Element<'_>> {
    let items = items(text);
    let of = match &items {
        Some(items) => items.iter().find(|item| !item.starts_with('"'))?,
        None => text.trim(),
    };
    let key = key(of);
    (!key.is_empty()).then_some(Element { key, text })
}

/// What an expression begins with: a constant, or a value and the first that it is asked for.
fn key(expression: &str) -> String {
    let mut key = String::new();
    let mut is_constant = false;
    let mut asked = 0;
    for token in tokens(expression) {
        match (token.kind, token.text) {
            (TokenKind::Ident, name) => {
                is_constant |= name.starts_with(char::is_uppercase);
                key.push_str(name);
            }
            (TokenKind::Punct, ".") if !is_constant && asked == 0 && !key.is_empty() => {
                asked += 1;
                key.push('.');
            }
            (TokenKind::Punct, ":") => key.push(':'),
            (TokenKind::Punct, "&" | "*" | "!") if key.is_empty() => {}
            (TokenKind::Space, _) => {}
            _ => break,
        }
    }
    key
}

/// What stands between the brackets of a tuple, taken apart; `None` of anything else.
fn items(text: &str) -> Option<Vec<&str>> {
    let inner = text.trim().strip_suffix(',')?.trim_end();
    let inner = inner.strip_prefix('(')?.strip_suffix(')')?;
    let mut items = Vec::new();
    let (mut start, mut depth) = (0, 0_i32);
    for token in tokens(inner) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            "," if depth == 0 => {
                items.push(inner[start..token.start].trim());
                start = token.start + 1;
            }
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    items.push(inner[start..].trim());
    Some(items)
}

/// The elements of both sides; `None` where they are in conflict.
fn elements(base: &List<'_>, ours: &List<'_>, theirs: &List<'_>) -> Option<String> {
    let keys = |list: &List<'_>| -> Vec<String> {
        let elements = list.elements.iter();
        elements.map(|element| element.key.clone()).collect()
    };
    let find = |list: &List<'_>, key: &str| {
        let mut elements = list.elements.iter();
        elements
            .find(|element| element.key == key)
            .map(|element| element.text.to_owned())
    };
    let mut text = String::new();
    for (key, _) in order::of_keys(&keys(base), &keys(ours), &keys(theirs)) {
        let versions = [base, ours, theirs].map(|list| find(list, &key));
        let merged = match &versions {
            [_, Some(own), Some(other)] if own == other => Some(own.clone()),
            [Some(base), Some(own), Some(other)] if own == base => Some(other.clone()),
            [Some(base), Some(own), Some(other)] if other == base => Some(own.clone()),
            [Some(base), Some(own), Some(other)] => Some(tuple([base, own, other])?),
            [Some(base), Some(kept), None] | [Some(base), None, Some(kept)] if kept == base => None,
            [None, Some(only), None] | [None, None, Some(only)] => Some(only.clone()),
            [Some(_), None, None] | [None, None, None] => None,
            _ => return None,
        };
        text.push_str(merged.as_deref().unwrap_or_default());
    }
    Some(text)
}

/// A tuple of which each side changed another item.
fn tuple(versions: [&str; 3]) -> Option<String> {
    let [base, ours, theirs] = versions.map(items);
    let (base, ours, theirs) = (base?, ours?, theirs?);
    if base.len() != ours.len() || base.len() != theirs.len() {
        return None;
    }
    let mut merged = Vec::with_capacity(base.len());
    for ((base, own), other) in base.iter().zip(&ours).zip(&theirs) {
        merged.push(match (own == base, other == base || other == own) {
            (_, true) => *own,
            (true, _) => *other,
            _ => return None,
        });
    }
    let indent = &versions[1][..versions[1].len() - versions[1].trim_start().len()];
    Some(format!("{indent}({}),\n", merged.join(", ")))
}
