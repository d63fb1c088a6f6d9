//! In which order the pieces of a merged list stand.

use std::collections::BTreeSet;

use super::piece::Parts;

/// Whose place a piece has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::merge) enum Side {
    Ours,
    Theirs,
}

/// The keys of both sides.
pub(super) fn merge(base: &Parts<'_>, ours: &Parts<'_>, theirs: &Parts<'_>) -> Vec<(String, Side)> {
    of_keys(&keys(base), &keys(ours), &keys(theirs))
}

/// The keys of both sides: in the order of what is emitted now, unless a person reordered what was emitted
/// before; what the other side alone has stands behind the piece that it stood behind.
pub(in crate::merge) fn of_keys(
    base: &[String],
    ours: &[String],
    theirs: &[String],
) -> Vec<(String, Side)> {
    let (first, second, sides) = if common(ours, base) == common(base, ours) {
        (theirs, ours, (Side::Theirs, Side::Ours))
    } else {
        (ours, theirs, (Side::Ours, Side::Theirs))
    };
    let mut merged: Vec<(String, Side)> = first.iter().map(|key| (key.clone(), sides.0)).collect();
    let mut place = 0;
    for key in second {
        match merged.iter().position(|(other, _)| other == key) {
            Some(found) => place = found + 1,
            None => {
                merged.insert(place, (key.clone(), sides.1));
                place += 1;
            }
        }
    }
    merged
}

fn keys(parts: &Parts<'_>) -> Vec<String> {
    parts.pieces.iter().map(|piece| piece.key.clone()).collect()
}

/// The keys that the other list has, too.
fn common<'k>(keys: &'k [String], other: &[String]) -> Vec<&'k String> {
    let other: BTreeSet<&String> = other.iter().collect();
    keys.iter().filter(|key| other.contains(key)).collect()
}
