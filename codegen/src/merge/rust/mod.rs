//! Three-way merge of Rust, item by item: the source text moves, so that comments and layout stay.

mod derive;
mod keys;
pub(super) mod order;
mod piece;
mod place;
mod split;
mod traits;
mod used;
mod uses;

use std::collections::BTreeMap;

use super::lines;
use super::tokens::same;
use super::{
    Conflict, Did, Held, Language, Merged, Place, Rest, Templates, TokenKind, Versions, tokens,
};
use order::Side;
use piece::{Parts, Piece, Shape};
pub(super) use place::line;
use used::Uses;
use uses::Used;

/// Merges files that all parse; `None` where one does not.
pub(super) fn merge(versions: Versions<'_>, templates: &Templates) -> Option<Merged> {
    let files = Files::read(versions)?;
    let nothing = Held::default();
    let mut merge = Merge::new(&nothing, templates);
    let text = files.merge(&mut merge);
    let parses = |text: &str| syn::parse_file(text).is_ok();
    let is_open = !merge.places.is_empty();
    if keeps_comments(versions, &text) && (is_open || parses(&text)) {
        if !is_open {
            return Some(Merged::Clean(text));
        }
        let held = Held(merge.places.keys().cloned().collect());
        let rest = files.merge(&mut Merge::new(&held, templates));
        let fits = keeps_comments(versions, &rest) && parses(&rest);
        return Some(Merged::Conflict(Conflict {
            attempt: text,
            places: merge.places.into_values().collect(),
            rest: fits.then_some(Rest { text: rest, held }),
        }));
    }
    // The pieces do not fit together; lines, at least, are never lost.
    Some(match lines::merge(Language::Rust, versions) {
        Merged::Clean(text) if !parses(&text) => Merged::Conflict(Conflict {
            attempt: text,
            places: Vec::new(),
            rest: None,
        }),
        other => other,
    })
}

/// What is emitted now, with the held pieces as they were; `None` where a version does not parse.
pub(super) fn without_held(base: &str, theirs: &str, held: &Held) -> Option<String> {
    let versions = Versions {
        base,
        ours: base,
        theirs,
    };
    let templates = Templates::default();
    let text = Files::read(versions)?.merge(&mut Merge::new(held, &templates));
    syn::parse_file(&text).is_ok().then_some(text)
}

/// The versions of a file, taken apart.
struct Files<'a> {
    base: Parts<'a>,
    ours: Parts<'a>,
    theirs: Parts<'a>,
}

impl<'a> Files<'a> {
    fn read(versions: Versions<'a>) -> Option<Self> {
        let [base, ours, theirs] = [versions.base, versions.ours, versions.theirs].map(split::file);
        let (mut base, mut ours, mut theirs) = (base?, ours?, theirs?);
        keys::match_repeated(&mut base, &mut ours, &mut theirs);
        Some(Self { base, ours, theirs })
    }

    fn merge(&self, merge: &mut Merge<'_>) -> String {
        merge.file(&self.base, &self.ours, &self.theirs)
    }
}

/// Whether every comment that a person wrote is in the text: one may stand where no piece of code holds it.
fn keeps_comments(versions: Versions<'_>, text: &str) -> bool {
    let count = |text| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for token in tokens(text) {
            if token.kind == TokenKind::Comment {
                *counts.entry(token.text.trim_end()).or_default() += 1;
            }
        }
        counts
    };
    let (base, merged) = (count(versions.base), count(text));
    let of = |counts: &BTreeMap<&str, usize>, comment| counts.get(comment).copied().unwrap_or(0);
    count(versions.ours).iter().all(|(comment, count)| {
        let written = count.saturating_sub(of(&base, comment));
        of(&merged, comment) >= written
    })
}

struct Merge<'h> {
    /// What stays as it is in ours.
    held: &'h Held,
    templates: &'h Templates,
    /// The way to the piece at work.
    way: Vec<String>,
    /// What both sides changed, by the way to it.
    places: BTreeMap<Vec<String>, Place>,
}

/// The same piece in the versions that have it.
#[derive(Clone, Copy)]
struct Found<'p, 'a> {
    base: Option<&'p Piece<'a>>,
    ours: Option<&'p Piece<'a>>,
    theirs: Option<&'p Piece<'a>>,
}

impl<'h> Merge<'h> {
    fn new(held: &'h Held, templates: &'h Templates) -> Self {
        Self {
            held,
            templates,
            way: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    /// Does the work on a part of the piece at work.
    fn within<T>(&mut self, part: &str, work: impl FnOnce(&mut Self) -> T) -> T {
        self.way.push(part.to_owned());
        let done = work(self);
        self.way.pop();
        done
    }

    fn is_held(&self) -> bool {
        self.held.has(&self.way)
    }

    /// Both sides changed what is at work, each in its own way.
    fn conflict(&mut self, [base, ours, theirs]: [Option<&str>; 3]) {
        let place = Place {
            item: self
                .way
                .iter()
                .filter_map(|part| place::name(part))
                .collect(),
            line: None,
            ours: Did::of(base, ours),
            theirs: Did::of(base, theirs),
        };
        self.places.insert(self.way.clone(), place);
    }

    /// A file, or the inside of a module: imports last, since they depend on what the rest uses.
    fn file(&mut self, base: &Parts<'_>, ours: &Parts<'_>, theirs: &Parts<'_>) -> String {
        let order = order::merge(base, ours, theirs);
        let mut texts: Vec<(Option<String>, Side)> = Vec::with_capacity(order.len());
        let mut body = String::new();
        for (key, side) in &order {
            let found = find(key, base, ours, theirs);
            let text = match found.is_import() {
                true => None,
                false => self.within(key, |merge| merge.piece(found)),
            };
            body.push_str(text.as_deref().unwrap_or_default());
            texts.push((text, *side));
        }
        if texts.iter().any(|(text, _)| text.is_none()) {
            let used = self.used(&body, ours, theirs);
            for ((key, _), (text, _)) in order.iter().zip(&mut texts) {
                let found = find(key, base, ours, theirs);
                if found.is_import() {
                    *text = self.within(key, |merge| merge.import(found, ours, &used));
                }
            }
        }
        let head = self.part(place::HEAD, base.head, ours.head, theirs.head);
        let tail = self.part(place::TAIL, base.tail, ours.tail, theirs.tail);
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
        if self.is_held() {
            return found.ours.map(|piece| piece.text.to_owned());
        }
        match (found.base, found.ours, found.theirs) {
            (Some(base), Some(ours), Some(theirs)) => Some(self.changed(base, ours, theirs)),
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
                (!same(base.text, kept.text)).then(|| self.marked(found))
            }
            (None, Some(ours), Some(theirs)) if !same(ours.text, theirs.text) => {
                Some(self.marked(found))
            }
            (None, Some(only), _) | (None, None, Some(only)) => Some(only.text.to_owned()),
            (_, None, None) => None,
        }
    }

    /// All versions of a piece between markers.
    fn marked(&mut self, found: Found<'_, '_>) -> String {
        let versions = [found.base, found.ours, found.theirs];
        let texts = versions.map(|piece| piece.map(|piece| piece.text));
        self.conflict(texts);
        let [base, ours, theirs] = texts.map(Option::unwrap_or_default);
        lines::markers(Versions { base, ours, theirs })
    }

    fn changed(&mut self, base: &Piece<'_>, ours: &Piece<'_>, theirs: &Piece<'_>) -> String {
        if !self.held.is_within(&self.way) {
            if same(theirs.text, base.text) || same(ours.text, theirs.text) {
                return ours.text.to_owned();
            }
            if same(ours.text, base.text) {
                return theirs.text.to_owned();
            }
        }
        let shapes = (&base.shape, &ours.shape, &theirs.shape);
        if let (Shape::Block(inner), Shape::Block(own), Shape::Block(other)) = shapes {
            let lead = self.part(place::LEAD, base.lead(), ours.lead(), theirs.lead());
            return lead + &self.file(inner, own, other);
        }
        // What is not looked into waits as a whole, with what stands above it.
        let lead = self.text(base.lead(), ours.lead(), theirs.lead());
        lead + &self.text(base.body(), ours.body(), theirs.body())
    }

    /// A part of the piece at work that waits alone.
    fn part(&mut self, part: &str, base: &str, ours: &str, theirs: &str) -> String {
        self.within(part, |merge| match merge.is_held() {
            true => ours.to_owned(),
            false => merge.text(base, ours, theirs),
        })
    }

    /// What only one side changed is taken: of the documentation above an item, and of the item.
    fn text(&mut self, base: &str, ours: &str, theirs: &str) -> String {
        let [base, ours, theirs] = [base, ours, theirs].map(piece::split_docs);
        self.lines(base.0, ours.0, theirs.0) + &self.lines(base.1, ours.1, theirs.1)
    }

    /// What only one side changed is taken, in what both changed the lines are merged.
    fn lines(&mut self, base: &str, ours: &str, theirs: &str) -> String {
        if same(theirs, base) || same(ours, theirs) {
            return ours.to_owned();
        }
        if same(ours, base) {
            return theirs.to_owned();
        }
        let versions = Versions { base, ours, theirs };
        let merged =
            derive::merge(versions).unwrap_or_else(|| lines::merge(Language::Rust, versions));
        if let Merged::Conflict(_) = merged {
            self.conflict([base, ours, theirs].map(Some));
        }
        merged.into_text()
    }

    /// What each side uses of what it imports, and what became of the rest of the file.
    fn used(&self, body: &str, ours: &Parts<'_>, theirs: &Parts<'_>) -> Used {
        let mut used = Used {
            ours: Uses::of(&ours.body(), &self.templates.ours),
            theirs: Uses::of(&theirs.body(), &self.templates.theirs),
            merged: Uses::of(body, &self.templates.merged),
        };
        for import in ours.imports() {
            used.ours.add(import.first());
            used.merged.add(import.first());
        }
        for import in theirs.imports() {
            used.theirs.add(import.first());
        }
        used
    }

    fn import(&mut self, found: Found<'_, '_>, beside: &Parts<'_>, used: &Used) -> Option<String> {
        if self.is_held() {
            return found.ours.map(|piece| piece.text.to_owned());
        }
        let import = |piece: Option<&'_ Piece<'_>>| match piece.map(|piece| &piece.shape) {
            Some(Shape::Import(import)) => Some(import.clone()),
            _ => None,
        };
        let leaves = |piece| {
            import(piece)
                .map(|import| import.leaves)
                .unwrap_or_default()
        };
        let base = leaves(found.base);
        let (ours, theirs) = (leaves(found.ours), leaves(found.theirs));
        let any = import(found.any())?;
        let mut merged = uses::merge(&any, [&base, &ours, &theirs], used);
        let known: Vec<String> = base.union(&ours).cloned().collect();
        for leaf in theirs.iter().filter(|leaf| !known.contains(leaf)) {
            match any.taken(leaf, beside) {
                Some(path) if path == any.path(leaf) => drop(merged.remove(leaf)),
                Some(_) if merged.contains(leaf) => return Some(self.marked(found)),
                _ => {}
            }
        }
        let lead = |piece: Option<&'_ Piece<'_>>| piece.map_or("", |piece| piece.lead()).to_owned();
        let lead = match (found.ours, found.theirs) {
            (Some(_), Some(_)) => {
                let [base, ours, theirs] = [found.base, found.ours, found.theirs].map(lead);
                self.part(place::LEAD, &base, &ours, &theirs)
            }
            (Some(piece), None) | (None, Some(piece)) => piece.lead().to_owned(),
            (None, None) => String::new(),
        };
        if merged.is_empty() {
            // The import goes, what a person wrote above it does not.
            let written = found.ours.filter(|ours| {
                let before = found.base.map_or("", |base| base.lead());
                !same(ours.lead(), before)
            });
            return written.map(|_| lead);
        }
        let as_it_is = [(found.ours, &ours), (found.theirs, &theirs)]
            .into_iter()
            .find(|(_, leaves)| **leaves == merged);
        if let Some((Some(piece), _)) = as_it_is {
            return Some(lead + piece.body());
        }
        let piece = found.ours.or(found.theirs).or(found.base)?;
        let Shape::Import(import) = &piece.shape else {
            return None;
        };
        Some(lead + &import.print(&merged))
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
