//! Three-way merge of one file: what was emitted last time (base), what stands on disk (ours), what is
//! emitted now (theirs).
//!
//! A person's line is never dropped: it is in the result, or the result is a conflict.

mod brackets;
mod conflict;
mod elements;
#[cfg(test)]
mod laws;
mod lines;
mod lists;
mod rust;
mod templates;
#[cfg(test)]
mod tests;
mod tokens;
mod toml;

pub(crate) use conflict::{Conflict, Did, Held, Place, Rest};
pub(crate) use lines::{has_markers, markers};
pub(crate) use templates::{Templates, template};
pub(crate) use tokens::{Token, TokenKind, tokens};

/// The three versions of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Versions<'a> {
    pub(crate) base: &'a str,
    pub(crate) ours: &'a str,
    pub(crate) theirs: &'a str,
}

/// What became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Merged {
    Clean(String),
    Conflict(Conflict),
}

impl Merged {
    /// The text, with markers or without.
    fn into_text(self) -> String {
        match self {
            Self::Clean(text) => text,
            Self::Conflict(conflict) => conflict.attempt,
        }
    }
}

/// How a file is taken apart, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Rust,
    Html,
    Toml,
    Text,
}

impl Language {
    /// The language of a file, by its path.
    pub(crate) fn of(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, extension)| extension) {
            Some("rs") => Self::Rust,
            Some("html") => Self::Html,
            Some("toml") => Self::Toml,
            _ => Self::Text,
        }
    }
}

/// Merges the versions of a file, which may name templates.
pub(crate) fn merge(language: Language, versions: Versions<'_>, templates: &Templates) -> Merged {
    let Versions { base, ours, theirs } = versions;
    let has_own_templates = language == Language::Rust && templates.are_edited(theirs);
    if (ours == base || ours == theirs) && !has_own_templates {
        return Merged::Clean(theirs.to_owned());
    }
    if theirs == base {
        return Merged::Clean(ours.to_owned());
    }
    let by_parts = match language {
        Language::Rust => rust::merge(versions, templates),
        Language::Toml => toml::merge(versions),
        Language::Html => lists::merge(versions),
        Language::Text => None,
    };
    by_parts.unwrap_or_else(|| lines::merge(language, versions))
}

/// The line of a file on which an item begins, or what it stands in.
pub(crate) fn line(language: Language, text: &str, item: &[String]) -> Option<usize> {
    match language {
        Language::Rust => rust::line(text, item),
        Language::Toml => toml::line(text, item),
        Language::Html | Language::Text => None,
    }
}

/// What is emitted now, but as it was before where a conflict is open: against that the next merge finds the same
/// conflict, and nothing else.
pub(crate) fn without_held(
    language: Language,
    base: &str,
    theirs: &str,
    held: &Held,
) -> Option<String> {
    match language {
        Language::Rust => rust::without_held(base, theirs, held),
        Language::Toml => toml::without_held(base, theirs, held),
        Language::Html | Language::Text => None,
    }
}
