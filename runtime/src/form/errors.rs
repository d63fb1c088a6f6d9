//! What is wrong with a form, by field.

/// The errors of a form, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors {
    /// Field (or column) name and sentence; an empty name stands for the form as a whole.
    pub(crate) entries: Vec<(String, String)>,
}

impl Errors {
    /// One error, at a field; an empty name stands for the form as a whole.
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
}
