//! A set of names that must differ from each other.

use std::collections::BTreeSet;

/// The names taken so far in one namespace: the modules of a folder, the fields of a struct.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    taken: BTreeSet<String>,
    /// What stands before the number that tells two names apart.
    separator: &'static str,
}

impl Default for Scope {
    fn default() -> Self {
        Self::with(&[])
    }
}

impl Scope {
    /// A namespace of `snake_case` names, in which some are taken from the start.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|name| (*name).to_owned()).collect(),
            separator: "_",
        }
    }

    /// A namespace of `CamelCase` names, in which some are taken from the start.
    pub(crate) fn of_types(reserved: &[&str]) -> Self {
        Self {
            separator: "",
            ..Self::with(reserved)
        }
    }

    /// Whether a name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes exactly this name, and says whether it was free.
    pub(crate) fn claim(&mut self, name: &str) -> bool {
        !self.has(name) && self.taken.insert(name.to_owned())
    }

    /// Takes names that something else has, so that nothing new gets one of them.
    pub(crate) fn set_aside<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        self.taken.extend(names.into_iter().map(str::to_owned));
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
        // `self_` with a number is `self_2`, as one underscore is all that Rust's style has.
        let name = name.trim_end_matches('_');
        (2..)
            .map(|number| format!("{name}{}{number}", self.separator))
            .find(|numbered| !self.taken.contains(numbered))
            .expect("the numbers do not end")
    }
}
