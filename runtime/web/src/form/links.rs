//! What a form changes about the rows that a row is linked with.

use std::collections::HashSet;

use umbel_data::change::Links;

use super::{Field, FormState, Linked};

impl FormState {
    /// What a field changes, that links the row with these now.
    pub fn links(&self, field: &Field, linked: &Linked) -> Links {
        linked.links(field, self.original_of(field.name))
    }
}

/// What is ticked if two people have changed it, each of whom has added some and taken some away: no link is changed by
/// both in different ways.
pub(super) fn merged(was: &[String], now: &[String], typed: &[String]) -> Vec<String> {
    let (before, after, ours) = (set(was), set(now), set(typed));
    let kept = now
        .iter()
        .filter(|key| ours.contains(key.as_str()) || !before.contains(key.as_str()));
    let added = typed
        .iter()
        .filter(|key| !before.contains(key.as_str()) && !after.contains(key.as_str()));
    kept.chain(added).cloned().collect()
}

/// Whether the same rows are ticked, in whatever order.
pub(super) fn alike(one: &[String], other: &[String]) -> bool {
    set(one) == set(other)
}

/// Thousands may be ticked: each is looked up at once.
pub(super) fn set(keys: &[String]) -> HashSet<&str> {
    keys.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_either_has_changed() {
        let check = |was, now, typed, expect| {
            let merged = merged(&keys(was), &keys(now), &keys(typed));
            assert_eq!(merged, keys(expect), "{was} → {now}, {typed}");
        };
        check("1 2", "1 2 3", "1 2 4", "1 2 3 4");
        check("1 2", "1", "2", "");
        check("1 2", "2 3", "1 2", "2 3");
        check("", "1", "1", "1");
    }
}
