//! How an error reaches the terminal: what happened, where, and what to do.

use anstream::eprintln;

use super::typed;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    /// All that stand in the way.
    pub(crate) messages: Vec<String>,
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// One message with a hint.
    pub(crate) fn with_hint(message: impl ToString, hint: impl ToString) -> Self {
        Self {
            messages: vec![message.to_string()],
            hint: Some(hint.to_string()),
        }
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            messages: vec![error.to_string()],
            hint: None,
        }
    }
}

/// Prints a failure to standard error.
pub(crate) fn failure(failure: &Failure) {
    const RED: &str = "\u{1b}[1;31m";
    const CYAN: &str = "\u{1b}[1;36m";
    const PLAIN: &str = "\u{1b}[0m";
    for message in &failure.messages {
        eprintln!("{RED}error{PLAIN}: {}", typed::sentence(message));
    }
    if let Some(hint) = &failure.hint {
        eprintln!("{CYAN}hint{PLAIN}: {}", typed::sentence(hint));
    }
}
