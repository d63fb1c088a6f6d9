//! What is to be done once a transaction is kept.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::BoxFuture;

/// What is to be done once a transaction is kept, each with the part of the transaction that asked for it.
#[derive(Default)]
pub(super) struct AfterCommit(Mutex<Vec<(u32, BoxFuture<'static, ()>)>>);

impl AfterCommit {
    /// Adds what a part of the transaction asks for.
    pub(super) fn add(&self, level: u32, work: BoxFuture<'static, ()>) {
        self.change(|all| all.push((level, work)));
    }

    /// What a part asked for is asked for by what it is a part of.
    pub(super) fn raise(&self, level: u32) {
        self.change(|all| {
            let of_part = all.iter_mut().filter(|(of, _)| *of >= level);
            of_part.for_each(|(of, _)| *of = level - 1);
        });
    }

    /// A part is undone.
    pub(super) fn forget(&self, level: u32) {
        self.change(|all| all.retain(|(of, _)| *of < level));
    }

    /// All of it, in order.
    pub(super) fn take(&self) -> Vec<BoxFuture<'static, ()>> {
        let all = self.change(std::mem::take).into_iter();
        all.map(|(_, work)| work).collect()
    }

    fn change<T>(&self, change: impl FnOnce(&mut Vec<(u32, BoxFuture<'static, ()>)>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl fmt::Debug for AfterCommit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AfterCommit")
    }
}
