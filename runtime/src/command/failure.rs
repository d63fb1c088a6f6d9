//! Why a command cannot do its work.

use std::fmt;

/// Why a command cannot do its work, and what to do about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Failure {
    what: String,
    hint: &'static str,
}

pub(super) fn failure(what: impl Into<String>, hint: &'static str) -> Failure {
    Failure {
        what: what.into(),
        hint,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "error: {}", self.what)?;
        match self.hint {
            "" => Ok(()),
            hint => writeln!(out, "  hint: {hint}"),
        }
    }
}
