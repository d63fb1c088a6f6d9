//! The names of one namespace: those that were chosen at an earlier time, and new ones.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::Scope;

/// Names for things that are told apart by `K`; what kept its name has taken it before anything new gets one.
#[derive(Debug)]
pub(crate) struct Naming<'a, K> {
    scope: Scope,
    kept: BTreeMap<K, &'a str>,
}

impl<'a, K: Ord> Naming<'a, K> {
    /// Of two things that kept the same name, as after a merge of two branches, the first has it; so does what is
    /// taken in the namespace already.
    pub(crate) fn new(mut scope: Scope, kept: impl IntoIterator<Item = (K, &'a str)>) -> Self {
        let kept = kept.into_iter();
        Self {
            kept: kept.filter(|(_, name)| scope.claim(name)).collect(),
            scope,
        }
    }

    /// Takes names that something else has, so that nothing new gets one of them.
    pub(crate) fn set_aside<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) {
        self.scope.set_aside(names);
    }

    /// The name that a thing kept, else the first candidate that is free, as `Scope::take` finds it.
    pub(crate) fn name<Q>(&mut self, thing: &Q, candidates: &[String]) -> String
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        match self.kept.remove(thing) {
            Some(kept) => kept.to_owned(),
            None => self.scope.take(candidates),
        }
    }
}
