//! Lists between brackets on a line of Rust, such as `&[TITLE, LENGTH]`: merged by their elements.

use super::{TokenKind, Versions, tokens};

/// A text around the elements of a list.
struct List<'a> {
    /// Up to the bracket, and with it.
    before: &'a str,
    elements: Vec<Element<'a>>,
    /// From the bracket that closes it.
    after: &'a str,
    /// What stands between two elements.
    space: &'a str,
}

/// An element by its tokens, and as it is written.
struct Element<'a> {
    tokens: Vec<&'a str>,
    text: &'a str,
}

/// A token and the bytes that it takes.
type Placed<'a> = (usize, &'a str);

/// Merges texts that differ in nothing but the elements of one list, to which each side added or from which it took away;
/// `None` for all others, and where both changed one element.
pub(super) fn merge(versions: Versions<'_>) -> Option<String> {
    let texts = [versions.base, versions.ours, versions.theirs];
    let [base, ours, theirs] = lists(texts)?;
    let kept = |element: &Element<'_>, list: &List<'_>| list.has(element);
    let added = |list: &List<'_>| list.elements.iter().any(|element| !kept(element, &base));
    // What both took away may be what both changed.
    let mut of_base = base.elements.iter();
    let gone = of_base.any(|element| !kept(element, &ours) && !kept(element, &theirs));
    if gone && (added(&ours) || added(&theirs)) {
        return None;
    }
    let mut merged: Vec<&Element<'_>> = theirs
        .elements
        .iter()
        .filter(|element| kept(element, &ours) || !kept(element, &base))
        .collect();
    let mut place = 0;
    for element in &ours.elements {
        match merged
            .iter()
            .position(|other| other.tokens == element.tokens)
        {
            Some(found) => place = found + 1,
            None if kept(element, &base) => {}
            None => {
                merged.insert(place, element);
                place += 1;
            }
        }
    }
    let elements: Vec<&str> = merged.iter().map(|element| element.text).collect();
    let list = elements.join(&format!(",{}", ours.space));
    Some(format!("{}{list}{}", ours.before, ours.after))
}

/// The one list in which the texts differ.
fn lists(texts: [&str; 3]) -> Option<[List<'_>; 3]> {
    let [base, ours, theirs] = texts.map(significant);
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let shared = (0..base.len())
        .take_while(|&at| {
            let same =
                |side: &[Placed<'_>]| side.get(at).is_some_and(|token| token.1 == base[at].1);
            same(&ours) && same(&theirs)
        })
        .count();
    let mut open = Vec::new();
    for (at, (_, token)) in base[..shared].iter().enumerate() {
        match *token {
            "(" | "[" | "{" => open.push(at),
            ")" | "]" | "}" => drop(open.pop()),
            _ => {}
        }
    }
    let start = open.into_iter().rev().find(|&at| base[at].1 == "[")?;
    let lists = [
        List::read(texts[0], &base, start)?,
        List::read(texts[1], &ours, start)?,
        List::read(texts[2], &theirs, start)?,
    ];
    let after = |at: usize| significant(lists[at].after).map(words);
    let same = after(0) == after(1) && after(0) == after(2);
    same.then_some(lists)
}

fn words<'a>(tokens: Vec<Placed<'a>>) -> Vec<&'a str> {
    tokens.into_iter().map(|(_, text)| text).collect()
}

/// The tokens of a text; none where a comment stands among them, which belongs to nothing for sure.
fn significant(text: &str) -> Option<Vec<Placed<'_>>> {
    let mut significant = Vec::new();
    for token in tokens(text) {
        match token.kind {
            TokenKind::Comment => return None,
            TokenKind::Space => {}
            _ => significant.push((token.start, token.text)),
        }
    }
    Some(significant)
}

impl<'a> List<'a> {
    /// The list whose bracket is a token of the text.
    fn read(text: &'a str, tokens: &[Placed<'a>], start: usize) -> Option<Self> {
        let mut elements = Vec::new();
        let mut element: Vec<Placed<'a>> = Vec::new();
        let mut depth = 0_usize;
        for &(at, token) in &tokens[start + 1..] {
            match token {
                "]" if depth == 0 => {
                    elements.extend(Element::of(text, &element));
                    let first = tokens.get(start + 1)?.0;
                    let begin = tokens[start].0 + 1;
                    let space = text[begin..first].contains('\n');
                    return Self {
                        before: &text[..if space { first } else { begin }],
                        after: &text[at..],
                        elements,
                        space: if space { &text[begin..first] } else { " " },
                    }
                    .without_repeated();
                }
                "," if depth == 0 => {
                    elements.extend(Element::of(text, &element));
                    element.clear();
                    continue;
                }
                // A length, or statements.
                ";" => return None,
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth = depth.checked_sub(1)?,
                _ => {}
            }
            element.push((at, token));
        }
        None
    }

    /// The list, if it is one of different elements: otherwise nobody knows which is which.
    fn without_repeated(self) -> Option<Self> {
        let repeated = self.elements.iter().enumerate().any(|(at, element)| {
            let mut before = self.elements[..at].iter();
            before.any(|other| other.tokens == element.tokens)
        });
        (!repeated).then_some(self)
    }

    fn has(&self, element: &Element<'_>) -> bool {
        let mut elements = self.elements.iter();
        elements.any(|other| other.tokens == element.tokens)
    }
}

impl<'a> Element<'a> {
    fn of(text: &'a str, tokens: &[Placed<'a>]) -> Option<Self> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Self {
            tokens: tokens.iter().map(|(_, text)| *text).collect(),
            text: &text[first.0..last.0 + last.1.len()],
        })
    }
}
