//! What a text of Rust uses of the names in its scope. Where a word stands tells it: the same word may be a field, a
//! method or a variable, and none of these needs an import.

use std::collections::BTreeSet;

use super::super::templates::{Texts, code};
use super::super::{Token, TokenKind, tokens};
use super::traits;
use super::uses::Leaf;

/// The names that a text uses.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// What stands where only something in scope can be meant: `Film` of `Film::query()`, `get` of `get(list)`.
    names: BTreeSet<String>,
    /// What a value or a type is asked for: `query` and `page` of `Film::query().page(…)`.
    members: BTreeSet<String>,
    /// Words alone, which mean a variable where there is one of the name.
    alone: BTreeSet<String>,
    variables: BTreeSet<String>,
    /// The templates that are named, and those that they extend and include.
    templates: BTreeSet<String>,
}

impl Uses {
    /// What the code uses, and the templates that it names.
    pub(super) fn of(text: &str, templates: &Texts) -> Self {
        let mut uses = Self::default();
        uses.read(text);
        let mut read = BTreeSet::new();
        while let Some(path) = uses.templates.difference(&read).next().cloned() {
            if let Some(text) = templates.get(&path) {
                code(text).for_each(|code| uses.read(code));
            }
            read.insert(path);
        }
        uses
    }

    /// Adds a name, such as that of a module from which another import takes something.
    pub(super) fn add(&mut self, name: &str) {
        self.names.insert(name.to_owned());
    }

    /// Whether an imported name is used.
    pub(super) fn has(&self, leaf: &Leaf<'_>) -> bool {
        let is_named = leaf.known_as.is_some_and(|name| {
            self.names.contains(name) || self.alone.contains(name) && !self.variables.contains(name)
        });
        let mut members = traits::members(leaf.name).iter();
        is_named || members.any(|member| self.members.contains(*member))
    }

    fn read(&mut self, text: &str) {
        let significant: Vec<Token<'_>> = tokens(text)
            .into_iter()
            .filter(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment))
            .collect();
        for (at, token) in significant.iter().enumerate() {
            let near = |offset: isize| {
                let token = at.checked_add_signed(offset);
                token
                    .and_then(|at| significant.get(at))
                    .map_or("", |token| token.text)
            };
            match token.kind {
                TokenKind::Ident => self.word(token.text, near),
                TokenKind::Text => self.string(token.text),
                _ => {}
            }
        }
    }

    fn word<'t>(&mut self, word: &str, near: impl Fn(isize) -> &'t str) {
        let is_member = near(-1) == "." && near(-2) != ".";
        let is_in_path = near(-1) == ":" && near(-2) == ":";
        let is_of_scope = matches!(near(-3), "super" | "self");
        let is_declared = matches!(
            near(-1),
            "fn" | "struct" | "enum" | "union" | "trait" | "mod" | "const" | "static" | "type"
        );
        let opens_path = near(1) == ":" && near(2) == ":";
        let is_typed = near(1) == ":" && near(2) != ":";
        let is_small = word.starts_with(|first: char| first.is_lowercase());
        let is_bound =
            matches!(near(-1), "let" | "mut" | "ref" | "for") || near(-1) == "|" && near(1) == "|";
        if is_member || is_in_path && !is_of_scope {
            self.members.insert(word.to_owned());
        } else if is_declared {
            // It comes into scope here.
        } else if opens_path || matches!(near(1), "!" | "(") {
            self.names.insert(word.to_owned());
        } else if is_small && (is_typed || is_bound) {
            self.variables.insert(word.to_owned());
        } else {
            self.alone.insert(word.to_owned());
        }
    }

    /// What a string names: a template, a constant in a text that is formatted.
    fn string(&mut self, text: &str) {
        let inner = text.trim_start_matches(['r', 'b', 'c', '#']);
        let inner = inner.trim_end_matches('#').trim_matches('"');
        if inner.ends_with(".html") {
            self.templates.insert(inner.to_owned());
        }
        for part in inner.split('{').skip(1) {
            let end = part.find(|c: char| c != '_' && !c.is_alphanumeric());
            let name = &part[..end.unwrap_or(part.len())];
            if !name.is_empty() {
                self.alone.insert(name.to_owned());
            }
        }
        if inner.contains("{{") || inner.contains("{%") {
            code(inner).for_each(|code| self.read(code));
        }
    }
}
