//! The pieces that a file is taken apart into.

use super::super::{TokenKind, tokens};
use super::uses::Import;

/// A text with a list in it: a file of items, an impl of members, a struct of fields.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// What stands before the list, up to the end of a line.
    pub(super) head: &'a str,
    pub(super) pieces: Vec<Piece<'a>>,
    /// What stands behind it.
    pub(super) tail: &'a str,
    /// Whether commas separate the pieces.
    pub(super) comma: bool,
}

/// An item, a member or a field, with the comments and blank lines before it.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    /// What tells it from its neighbours in every version: `fn list`, `impl Model for Film`.
    pub(super) key: String,
    pub(super) text: &'a str,
    /// Where it begins in the text, behind comments and blank lines.
    pub(super) body_at: usize,
    pub(super) shape: Shape<'a>,
}

/// What a piece is made of.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    Import(Import),
    /// `mod film;`
    Declaration,
    Block(Parts<'a>),
    /// A constant, a type or the like: often several in a row without blank lines.
    Line,
    /// A function, or what else is not looked into.
    Whole,
}

impl Parts<'_> {
    /// The text without its imports.
    pub(super) fn body(&self) -> String {
        let pieces = self.pieces.iter();
        let body = pieces.filter(|piece| !matches!(piece.shape, Shape::Import(_)));
        body.map(|piece| piece.text).collect()
    }

    /// The imports of the list.
    pub(super) fn imports(&self) -> impl Iterator<Item = &Import> {
        self.pieces.iter().filter_map(|piece| match &piece.shape {
            Shape::Import(import) => Some(import),
            _ => None,
        })
    }

    /// The key of the piece before another; none for the first.
    pub(super) fn before(&self, key: &str) -> Option<&str> {
        let at = self.pieces.iter().position(|piece| piece.key == key)?;
        let before = at.checked_sub(1)?;
        Some(self.pieces[before].key.as_str())
    }
}

impl<'a> Piece<'a> {
    pub(super) fn lead(&self) -> &'a str {
        &self.text[..self.body_at]
    }

    pub(super) fn body(&self) -> &'a str {
        &self.text[self.body_at..]
    }
}

impl Shape<'_> {
    /// Whether a blank line goes between the two.
    pub(super) fn stands_apart_from(&self, before: &Self) -> bool {
        !matches!(
            (before, self),
            (Self::Import(_), Self::Import(_))
                | (Self::Declaration, Self::Declaration)
                | (Self::Line, Self::Line)
        )
    }
}

/// The `///` lines at the top of an item, and the rest.
pub(super) fn split_docs(text: &str) -> (&str, &str) {
    let lines = text.split_inclusive('\n');
    let docs = lines.take_while(|line| line.trim_start().starts_with("///"));
    text.split_at(docs.map(str::len).sum())
}

/// The text of a field with a comma behind it.
pub(super) fn with_comma(text: &str) -> String {
    let last = tokens(text)
        .into_iter()
        .rfind(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Comment));
    match last {
        Some(token) if token.text != "," && !text.contains(">>>>>>>") => {
            let end = token.start + token.text.len();
            format!("{},{}", &text[..end], &text[end..])
        }
        _ => text.to_owned(),
    }
}
