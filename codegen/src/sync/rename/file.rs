//! The new names in the text of one file.

use std::collections::BTreeSet;

use super::{Local, Names, Renaming};
use crate::merge::{TokenKind, tokens};

/// The names in one file.
pub(super) struct File<'a> {
    pub(super) renaming: &'a Renaming,
    pub(super) local: Option<&'a Local>,
    pub(super) is_routes: bool,
    /// What the file holds after the rename: such a name means something else, too.
    pub(super) still: Option<&'a BTreeSet<String>>,
}

impl File<'_> {
    pub(super) fn rust(&self, text: &str) -> String {
        let tokens = tokens(text);
        let significant: Vec<usize> = (0..tokens.len())
            .filter(|&at| !matches!(tokens[at].kind, TokenKind::Space | TokenKind::Comment))
            .collect();
        let mut renamed = String::with_capacity(text.len());
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            let place = next;
            if significant.get(next) == Some(&at) {
                next += 1;
            }
            match token.kind {
                TokenKind::Ident => {
                    let near = |offset: isize| {
                        let index = place.checked_add_signed(offset);
                        index
                            .and_then(|index| significant.get(index))
                            .map_or("", |&at| tokens[at].text)
                    };
                    let new = self.ident(token.text, near);
                    renamed.push_str(new.unwrap_or(token.text));
                }
                TokenKind::Text => renamed.push_str(&self.string(token.text)),
                TokenKind::Comment => renamed.push_str(&self.plain(token.text)),
                _ => renamed.push_str(token.text),
            }
        }
        renamed
    }

    /// The new name of an identifier, by what stands before and behind it.
    fn ident<'n>(&'n self, ident: &str, near: impl Fn(isize) -> &'n str) -> Option<&'n str> {
        let renaming = self.renaming;
        let after_path = near(-1) == ":" && near(-2) == ":";
        if after_path && let Some(new) = renaming.members.get(near(-3)).and_then(|of| of.get(ident))
        {
            return Some(new);
        }
        let is_module = |before| is_module_path(before) || renaming.crates.contains(before);
        if (near(-1) == "mod" || after_path && is_module(near(-3)))
            && let Some(new) = renaming.modules.get(ident)
        {
            return Some(new);
        }
        if let Some(new) = renaming.types.get(ident)
            && !self.is_still(ident, &renaming.types)
        {
            return Some(new);
        }
        if self.is_routes
            && let Some(new) = renaming.routes.get(ident)
        {
            return Some(new);
        }
        let local = self.local?;
        let new = local.idents.get(ident)?;
        let is_member = near(-1) == "." && near(1) != "(" || after_path && near(-3) == "Self";
        (is_member || !self.is_still(ident, &local.idents)).then_some(new)
    }

    /// Whether the name means something else in this file, too.
    fn is_still(&self, name: &str, names: &Names) -> bool {
        self.still.is_some_and(|still| still.contains(name))
            && !names.values().any(|new| new == name)
    }

    /// A string, its quotes included.
    fn string(&self, text: &str) -> String {
        let inner = text
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        if let (Some(inner), Some(local)) = (inner, self.local)
            && let Some(new) = local.strings.get(inner)
        {
            let still = self.still.is_some_and(|still| still.contains(text));
            let changes_places = local.strings.values().any(|new| new == inner);
            if !still || changes_places {
                return format!("\"{new}\"");
            }
        }
        self.plain(text)
    }

    /// The code between the braces of askama, and the text around it.
    pub(super) fn html(&self, text: &str) -> String {
        let mut renamed = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
            let close = if rest[start..].starts_with("{{") {
                "}}"
            } else {
                "%}"
            };
            let end = rest[start..]
                .find(close)
                .map_or(rest.len(), |end| start + end);
            renamed.push_str(&self.plain(&rest[..start]));
            renamed.push_str(&rest[start..start + 2]);
            renamed.push_str(&self.rust(&rest[start + 2..end]));
            rest = &rest[end..];
        }
        renamed.push_str(&self.plain(rest));
        renamed
    }

    /// URLs and paths in any text.
    pub(super) fn plain(&self, text: &str) -> String {
        let mut text = text.to_owned();
        // All at once, so that two names that changed places do.
        let mut marked = Vec::new();
        let folders = self.renaming.paths.iter().flat_map(|(old, new)| {
            let short = |path: &str| {
                path.strip_prefix("templates/")
                    .map(|path| format!("\"{path}"))
            };
            let pair = short(old).zip(short(new)).filter(|_| old.ends_with('/'));
            [Some((old.clone(), new.clone())), pair]
                .into_iter()
                .flatten()
        });
        let texts = self.renaming.texts.iter();
        let texts = texts.map(|(old, new)| (old.clone(), new.clone()));
        for (number, (old, new)) in folders.chain(texts).enumerate() {
            // No text that a person writes holds a character of the private use area.
            let mark = format!("\u{e000}{number}\u{e001}");
            let replaced = replace_apart(&text, &old, &mark);
            if replaced != text {
                text = replaced;
                marked.push((mark, new));
            }
        }
        for (mark, new) in marked {
            text = text.replace(&mark, &new);
        }
        text
    }
}

fn is_module_path(before: &str) -> bool {
    matches!(before, "crate" | "super" | "self")
}

/// Replaces a text where neither side of it continues a name.
fn replace_apart(text: &str, old: &str, new: &str) -> String {
    let continues = |character: char| {
        character.is_alphanumeric() || matches!(character, '_' | '-' | '\u{e000}' | '\u{e001}')
    };
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(at) = rest.find(old) {
        let (start, end) = (&rest[..at], &rest[at + old.len()..]);
        before = start.chars().next_back().or(before);
        replaced.push_str(start);
        let apart = !before.is_some_and(|before| continues(before) || matches!(before, '/' | '.'))
            && (old.ends_with('/') || !end.chars().next().is_some_and(continues));
        replaced.push_str(if apart { new } else { old });
        before = old.chars().next_back();
        rest = end;
    }
    replaced.push_str(rest);
    replaced
}
