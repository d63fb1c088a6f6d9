//! What is wrong with a row, column by column.

use std::fmt;

/// What is wrong with a row, by column or field, in the order in which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors {
    entries: Vec<(String, String)>,
}

impl FieldErrors {
    /// One error, at a field; an empty name stands for the row as a whole.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds an error at a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.entries.push((field.to_owned(), message.into()));
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Each error: the name of its field, and the sentence.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let entries = self.entries.iter();
        entries.map(|(field, message)| (field.as_str(), message.as_str()))
    }

    /// The same errors, all of them at one field.
    pub(crate) fn moved_to(mut self, field: &str) -> Self {
        for (name, _) in &mut self.entries {
            field.clone_into(name);
        }
        self
    }
}

/// Every error with its field: `title: is required; length: is too long`.
impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (field, message)) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{field}: {message}")?;
        }
        Ok(())
    }
}
