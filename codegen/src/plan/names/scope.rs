//! A set of names that must differ from each other.

use std::collections::BTreeSet;

/// The names taken so far in one namespace: the modules of a folder, the fields of a struct.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A namespace in which some names are taken from the start.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// Takes names that were given out at an earlier time, so that nothing new gets one of them.
    pub(crate) fn keep<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.taken.extend(names.into_iter().map(str::to_owned));
    }

    /// The kept name, which was taken before, or a new one as `take` finds it.
    pub(crate) fn kept_or_take(&mut self, kept: Option<&str>, candidates: &[String]) -> String {
        kept.map_or_else(|| self.take(candidates), str::to_owned)
    }

    /// Takes the first candidate that is free, or the last with the first number that makes it so.
    pub(crate) fn take(&mut self, candidates: &[String]) -> String {
        let free = candidates.iter().find(|name| !self.taken.contains(*name));
        let name = free.cloned().unwrap_or_else(|| self.number(candidates));
        self.taken.insert(name.clone());
        name
    }

    fn number(&self, candidates: &[String]) -> String {
        let name = candidates.last().map_or("unnamed", String::as_str);
        (2..)
            .map(|number| format!("{name}_{number}"))
            .find(|numbered| !self.taken.contains(numbered))
            .expect("the numbers do not end")
    }
}
