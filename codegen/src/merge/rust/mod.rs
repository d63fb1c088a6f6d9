//! Three-way merge of Rust, item by item: the source text moves, so that comments and layout stay.

mod derive;
mod keys;
mod order;
mod piece;
mod split;
mod uses;

use super::lines;
use super::tokens::same;
use super::{Language, Merged, Versions};
use order::Side;
use piece::{Parts, Piece, Shape};

/// Merges files that all parse; `None` where one does not.
pub(super) fn merge(versions: Versions<'_>) -> Option<Merged> {
    let [base, ours, theirs] = [versions.base, versions.ours, versions.theirs].map(split::file);
    let (mut base, mut ours, mut theirs) = (base?, ours?, theirs?);
    keys::match_repeated(&mut base, &mut ours, &mut theirs);
    let mut merge = Merge::default();
    let text = merge.file(&base, &ours, &theirs);
    if merge.conflict || syn::parse_file(&text).is_err() {
        return Some(Merged::Conflict(text));
    }
    Some(Merged::Clean(text))
}

#[derive(Default)]
struct Merge {
    conflict: bool,
}

/// The same piece in the versions that have it.
#[derive(Clone, Copy)]
struct Found<'p, 'a> {
    base: Option<&'p Piece<'a>>,
    ours: Option<&'p Piece<'a>>,
    theirs: Option<&'p Piece<'a>>,
}

impl Merge {
    /// A file, or the inside of a module: imports last, since they depend on what the rest uses.
    fn file(&mut self, base: &Parts<'_>, ours: &Parts<'_>, theirs: &Parts<'_>) -> String {
        let order = order::merge(base, ours, theirs);
        let mut texts: Vec<(Option<String>, Side)> = Vec::with_capacity(order.len());
        let mut body = String::new();
        for (key, side) in &order {
            let found = find(key, base, ours, theirs);
            let text = match found.is_import() {
                true => None,
                false => self.piece(found),
            };
            body.push_str(text.as_deref().unwrap_or_default());
            texts.push((text, *side));
        }
        let used = uses::names_in(&body);
        for ((key, _), (text, _)) in order.iter().zip(&mut texts) {
            let found = find(key, base, ours, theirs);
            if found.is_import() {
                *text = self.import(found, &used);
            }
        }
        let head = self.text(base.head, ours.head, theirs.head);
        let tail = self.text(base.tail, ours.tail, theirs.tail);
        let mut pieces: Vec<Joined<'_, '_>> = Vec::with_capacity(order.len());
        let mut previous = None;
        for ((key, _), (text, _)) in order.iter().zip(texts) {
            let found = find(key, base, ours, theirs);
            let (Some(text), Some(piece)) = (text, found.any()) else {
                continue;
            };
            let begins = |text: &str| text.starts_with('\n');
            let stays = [(ours, found.ours), (theirs, found.theirs)]
                .into_iter()
                .any(|(parts, piece)| {
                    piece.is_some_and(|piece| begins(piece.text) == begins(&text))
                        && parts.before(key) == previous
                });
            pieces.push(Joined {
                text,
                shape: &piece.shape,
                stays,
            });
            previous = Some(key.as_str());
        }
        join(&head, pieces, &tail, ours.comma)
    }

    /// What becomes of a piece; nothing where it is deleted.
    fn piece(&mut self, found: Found<'_, '_>) -> Option<String> {
        match (found.base, found.ours, found.theirs) {
            (Some(base), Some(ours), Some(theirs)) => Some(self.changed(base, ours, theirs)),
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
                if same(base.text, kept.text) {
                    return None;
                }
                self.conflict = true;
                Some(lines::markers(Versions {
                    base: base.text,
                    ours: found.ours.map_or("", |piece| piece.text),
                    theirs: found.theirs.map_or("", |piece| piece.text),
                }))
            }
            (None, Some(ours), Some(theirs)) => {
                if same(ours.text, theirs.text) {
                    return Some(ours.text.to_owned());
                }
                self.conflict = true;
                Some(lines::markers(Versions {
                    base: "",
                    ours: ours.text,
                    theirs: theirs.text,
                }))
            }
            (None, Some(only), None) | (None, None, Some(only)) => Some(only.text.to_owned()),
            (_, None, None) => None,
        }
    }

    fn changed(&mut self, base: &Piece<'_>, ours: &Piece<'_>, theirs: &Piece<'_>) -> String {
        if same(theirs.text, base.text) || same(ours.text, theirs.text) {
            return ours.text.to_owned();
        }
        if same(ours.text, base.text) {
            return theirs.text.to_owned();
        }
        let lead = self.text(base.lead(), ours.lead(), theirs.lead());
        let body = match (&base.shape, &ours.shape, &theirs.shape) {
            (Shape::Block(base), Shape::Block(ours), Shape::Block(theirs)) => {
                self.file(base, ours, theirs)
            }
            _ => self.text(base.body(), ours.body(), theirs.body()),
        };
        lead + &body
    }

    /// What only one side changed is taken, in what both changed the lines are merged.
    fn text(&mut self, base: &str, ours: &str, theirs: &str) -> String {
        if same(theirs, base) || same(ours, theirs) {
            return ours.to_owned();
        }
        if same(ours, base) {
            return theirs.to_owned();
        }
        let versions = Versions { base, ours, theirs };
        let merged =
            derive::merge(versions).unwrap_or_else(|| lines::merge(Language::Rust, versions));
        self.conflict |= matches!(merged, Merged::Conflict(_));
        merged.into_text()
    }

    fn import(&mut self, found: Found<'_, '_>, used: &uses::Names<'_>) -> Option<String> {
        let leaves = |piece: Option<&Piece<'_>>| match piece.map(|piece| &piece.shape) {
            Some(Shape::Import(import)) => import.leaves.clone(),
            _ => Default::default(),
        };
        let base = leaves(found.base);
        let (ours, theirs) = (leaves(found.ours), leaves(found.theirs));
        let merged = uses::merge(&base, &ours, &theirs, used);
        if merged.is_empty() {
            return None;
        }
        let as_it_is = [(found.ours, &ours), (found.theirs, &theirs)]
            .into_iter()
            .find(|(_, leaves)| **leaves == merged);
        if let Some((Some(piece), _)) = as_it_is {
            return Some(piece.text.to_owned());
        }
        let piece = found.ours.or(found.theirs).or(found.base)?;
        let Shape::Import(import) = &piece.shape else {
            return None;
        };
        Some(format!("{}{}", piece.lead(), import.print(&merged)))
    }
}

impl<'p, 'a> Found<'p, 'a> {
    fn any(&self) -> Option<&'p Piece<'a>> {
        self.ours.or(self.theirs).or(self.base)
    }

    fn is_import(&self) -> bool {
        self.any()
            .is_some_and(|piece| matches!(piece.shape, Shape::Import(_)))
    }
}

/// A piece on its way into the result.
struct Joined<'p, 'a> {
    text: String,
    shape: &'p Shape<'a>,
    /// Whether it stands behind the same piece as before: so its layout is as somebody wanted it.
    stays: bool,
}

fn find<'p, 'a>(
    key: &str,
    base: &'p Parts<'a>,
    ours: &'p Parts<'a>,
    theirs: &'p Parts<'a>,
) -> Found<'p, 'a> {
    let find = |parts: &'p Parts<'a>| parts.pieces.iter().find(|piece| piece.key == key);
    Found {
        base: find(base),
        ours: find(ours),
        theirs: find(theirs),
    }
}

/// Puts pieces together again: a blank line between items, none at the top of a block, a comma between
/// fields.
fn join(head: &str, pieces: Vec<Joined<'_, '_>>, tail: &str, comma: bool) -> String {
    let mut text = head.to_owned();
    let count = pieces.len();
    let mut previous: Option<&Shape<'_>> = None;
    for (
        index,
        Joined {
            text: piece,
            shape,
            stays,
        },
    ) in pieces.into_iter().enumerate()
    {
        if !text.is_empty() && !text.ends_with('\n') && !piece.starts_with('\n') && !comma {
            text.push('\n');
        }
        let is_inside = head.trim_end().ends_with('{');
        let piece = match previous {
            _ if stays => piece.as_str(),
            None if is_inside => piece.trim_start_matches('\n'),
            None if text.is_empty() => piece.trim_start_matches('\n'),
            None => {
                if !piece.starts_with('\n') && !text.ends_with("\n\n") {
                    text.push('\n');
                }
                piece.as_str()
            }
            Some(before) => {
                let begins = piece.starts_with('\n') || piece.starts_with("<<<<<<<");
                if shape.stands_apart_from(before) && !begins {
                    text.push('\n');
                }
                piece.as_str()
            }
        };
        if comma && index + 1 < count {
            text.push_str(&piece::with_comma(piece));
        } else {
            text.push_str(piece);
        }
        previous = Some(shape);
    }
    text.push_str(tail);
    text
}
