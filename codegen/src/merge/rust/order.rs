//! In which order the pieces of a merged list stand.

use std::collections::BTreeSet;

use super::piece::Parts;

/// Whose place a piece has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Ours,
    Theirs,
}

/// The keys of both sides: in the order of what is emitted now, unless a person reordered what was emitted
/// before; what the other side alone has stands behind the piece that it stood behind.
pub(super) fn merge(base: &Parts<'_>, ours: &Parts<'_>, theirs: &Parts<'_>) -> Vec<(String, Side)> {
    let (base, ours, theirs) = (keys(base), keys(ours), keys(theirs));
    let (first, second, sides) = if common(&ours, &base) == common(&base, &ours) {
        (theirs, ours, (Side::Theirs, Side::Ours))
    } else {
        (ours, theirs, (Side::Ours, Side::Theirs))
    };
    let mut merged: Vec<(String, Side)> = first
        .iter()
        .map(|key| ((*key).to_owned(), sides.0))
        .collect();
    let mut place = 0;
    for key in second {
        match merged.iter().position(|(other, _)| other == key) {
            Some(found) => place = found + 1,
            None => {
                merged.insert(place, (key.to_owned(), sides.1));
                place += 1;
            }
        }
    }
    merged
}

fn keys<'p>(parts: &'p Parts<'_>) -> Vec<&'p str> {
    parts
        .pieces
        .iter()
        .map(|piece| piece.key.as_str())
        .collect()
}

/// The keys that the other list has, too.
fn common<'k>(keys: &[&'k str], other: &[&str]) -> Vec<&'k str> {
    let other: BTreeSet<&str> = other.iter().copied().collect();
    let kept = keys.iter().filter(|key| other.contains(**key));
    kept.copied().collect()
}
