//! Keys for items that share a name: two `impl Film` blocks, a function under two conditions.

use std::collections::{BTreeMap, BTreeSet};

use super::piece::{Parts, Piece, Shape};

/// Gives repeated keys a number, the same to the pieces of each version that are most alike.
pub(super) fn match_repeated(base: &mut Parts<'_>, ours: &mut Parts<'_>, theirs: &mut Parts<'_>) {
    let mut repeated = BTreeSet::new();
    for parts in [&*base, &*ours, &*theirs] {
        let mut seen = BTreeSet::new();
        for piece in &parts.pieces {
            if !seen.insert(&piece.key) {
                repeated.insert(piece.key.clone());
            }
        }
    }
    for key in &repeated {
        let known: Vec<String> = number(base, key);
        assign(ours, key, &known, "ours");
        assign(theirs, key, &known, "theirs");
    }
    for index in 0..base.pieces.len() {
        let key = base.pieces[index].key.clone();
        let block = |parts: &mut Parts<'_>| parts.pieces.iter().position(|piece| piece.key == key);
        let (Some(own), Some(other)) = (block(ours), block(theirs)) else {
            continue;
        };
        if let (Shape::Block(base), Shape::Block(ours), Shape::Block(theirs)) = (
            &mut base.pieces[index].shape,
            &mut ours.pieces[own].shape,
            &mut theirs.pieces[other].shape,
        ) {
            match_repeated(base, ours, theirs);
        }
    }
}

/// Numbers the pieces of the key in the base, and returns their texts in that order.
fn number(base: &mut Parts<'_>, key: &str) -> Vec<String> {
    let pieces = base.pieces.iter_mut().filter(|piece| piece.key == key);
    let mut texts = Vec::new();
    for piece in pieces {
        piece.key = format!("{key} #{}", texts.len());
        texts.push(piece.text.to_owned());
    }
    texts
}

fn assign(side: &mut Parts<'_>, key: &str, known: &[String], name: &str) {
    let mut open: Vec<usize> = (0..side.pieces.len())
        .filter(|&index| side.pieces[index].key == key)
        .collect();
    for (number, text) in known.iter().enumerate() {
        let best = open
            .iter()
            .copied()
            .max_by_key(|&index| (likeness(text, &side.pieces[index]), usize::MAX - index));
        if let Some(best) = best
            && (likeness(text, &side.pieces[best]) > 0 || known.len() == open.len())
        {
            side.pieces[best].key = format!("{key} #{number}");
            open.retain(|&index| index != best);
        }
    }
    // Both sides may have added the same; otherwise what is new is one side's alone.
    let mut seen = BTreeMap::new();
    for index in open {
        let piece = &mut side.pieces[index];
        let count: &mut usize = seen.entry(piece.text).or_default();
        *count += 1;
        piece.key = format!("{key} {name} {count} {}", piece.text.trim());
    }
}

/// How many lines the two share.
fn likeness(text: &str, piece: &Piece<'_>) -> usize {
    let lines: BTreeSet<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.len() > 1)
        .collect();
    // The first line names the item and says nothing: they all have it.
    let own = piece.body().lines().skip(1).map(str::trim);
    own.filter(|line| lines.contains(line)).count()
}
