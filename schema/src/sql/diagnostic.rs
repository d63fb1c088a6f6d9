//! What is wrong in an SQL file, or worth knowing of it, and where.

use std::fmt;
use std::ops::Range;

/// An SQL file, or standard input, as text.
#[derive(Debug, Clone)]
pub struct SqlFile {
    /// The path as a person would name it.
    pub name: String,
    pub text: String,
}

/// A place in one of the files: bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which of the files.
    pub file: usize,
    pub range: Range<usize>,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The schema is not what the file says.
    Error,
    /// A server would refuse it, and the schema has it as far as it is known.
    Refused,
    /// The schema may not be what the file says.
    Warning,
}

/// Something that a person should know about a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub span: Span,
    /// `schema.sql:120:5`
    pub place: String,
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// A diagnostic within a statement, before its place in the file is known.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) severity: Severity,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}
