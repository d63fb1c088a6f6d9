//! `#[derive(…)]`, merged as a set.

use super::super::{Language, Merged, Versions, lines};

const OPEN: &str = "#[derive(";

/// Merges texts that each have one derive; `None` where there is another number of them.
pub(super) fn merge(versions: Versions<'_>) -> Option<Merged> {
    let base = Derive::find(versions.base)?;
    let ours = Derive::find(versions.ours)?;
    let theirs = Derive::find(versions.theirs)?;
    let traits = if ours.traits == base.traits {
        theirs.traits.clone()
    } else {
        let added = theirs
            .traits
            .iter()
            .filter(|name| !base.traits.contains(name));
        let removed = |name: &&&str| base.traits.contains(*name) && !theirs.traits.contains(*name);
        let mut traits: Vec<&str> = ours
            .traits
            .iter()
            .filter(|name| !removed(name))
            .copied()
            .collect();
        for name in added {
            if !traits.contains(name) {
                traits.push(name);
            }
        }
        traits
    };
    // With the same derive on all sides, what is left to merge are the other lines.
    let [base, ours, theirs] = [base, ours, theirs].map(|derive| derive.with(&traits));
    let versions = Versions {
        base: &base,
        ours: &ours,
        theirs: &theirs,
    };
    Some(lines::merge(Language::Rust, versions))
}

struct Derive<'a> {
    before: &'a str,
    traits: Vec<&'a str>,
    after: &'a str,
}

impl<'a> Derive<'a> {
    fn find(text: &'a str) -> Option<Self> {
        let (before, rest) = text.split_once(OPEN)?;
        let (list, after) = rest.split_once(")]")?;
        if rest.contains(OPEN) || before.contains('"') || list.contains("//") {
            return None;
        }
        let traits = list.split(',').map(str::trim);
        Some(Self {
            before,
            traits: traits.filter(|name| !name.is_empty()).collect(),
            after,
        })
    }

    fn with(&self, traits: &[&str]) -> String {
        format!("{}{OPEN}{})]{}", self.before, traits.join(", "), self.after)
    }
}
