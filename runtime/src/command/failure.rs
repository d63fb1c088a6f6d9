//! Why a command cannot do its work.

use std::borrow::Cow;
use std::fmt;

use umbel_accounts::tables::MigrationError;
use umbel_data::error::Error;

/// Why a command cannot do its work: each fault with what to do about it.
#[derive(Debug, PartialEq)]
pub(crate) struct Failure(Vec<Fault>);

/// Something that is wrong.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    what: String,
    /// Empty, where nothing is known that would help.
    hint: Cow<'static, str>,
}

pub(super) fn failure(what: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Failure {
    Failure(vec![fault(what, hint)])
}

pub(super) fn fault(what: impl Into<String>, hint: impl Into<Cow<'static, str>>) -> Fault {
    Fault {
        what: what.into(),
        hint: hint.into(),
    }
}

impl Failure {
    /// Nothing, where nothing is wrong.
    pub(super) fn of(faults: Vec<Fault>) -> Result<(), Self> {
        match faults.is_empty() {
            true => Ok(()),
            false => Err(Self(faults)),
        }
    }

    pub(super) fn faults(self) -> Vec<Fault> {
        self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Fault { what, hint } in &self.0 {
            writeln!(out, "error: {what}")?;
            if !hint.is_empty() {
                writeln!(out, "  hint: {hint}")?;
            }
        }
        Ok(())
    }
}

impl From<Vec<Fault>> for Failure {
    fn from(faults: Vec<Fault>) -> Self {
        Self(faults)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Invalid(errors) => failure(errors.to_string(), ""),
            error => failure(error.to_string(), ""),
        }
    }
}

impl From<MigrationError> for Failure {
    fn from(error: MigrationError) -> Self {
        let hint = error.hint().unwrap_or_default();
        match error {
            MigrationError::Database(error) => error.into(),
            error => failure(error.to_string(), hint),
        }
    }
}
