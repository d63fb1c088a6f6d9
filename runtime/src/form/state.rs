//! What a form carries besides its fields: the row's version, the texts it was opened with, the
//! search boxes of its choices.

use super::conflict::{self, Snapshot};
use super::{Difference, Field, urlencoded};

/// The hidden input that carries the version of the row.
pub(super) const VERSION: &str = "_version";
/// The hidden input that carries the texts that the form was opened with.
pub(super) const ORIGINAL: &str = "_original";

/// What a form carries besides its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    pub(super) version: Option<String>,
    pub(super) original: Snapshot,
    /// Field name and what was typed into its search box.
    pub(super) searches: Vec<(String, String)>,
    /// The field whose search or "add" button was pressed.
    pub(super) pressed: Option<String>,
    pub(super) differences: Vec<Difference>,
    /// Whether the form came back without the version of its row.
    pub(super) unversioned: bool,
    /// The fields of which nothing was sent: they stay as they are.
    pub(super) absent: Vec<&'static str>,
}

impl FormState {
    /// What was typed into the search box of a field.
    pub fn find(&self, field: &str) -> Option<&str> {
        self.searches
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, text)| text.as_str())
    }

    /// The same, with a text in the search box of a field.
    pub fn searching(mut self, field: &str, text: &str) -> Self {
        self.searches.retain(|(name, _)| name != field);
        self.searches.push((field.to_owned(), text.to_owned()));
        self
    }

    /// What an empty field becomes: of a new row what the column's default says, of a row that is there nothing.
    pub fn or_default<T>(&self, value: Option<T>) -> Option<Option<T>> {
        match value {
            None if !self.is_edit() => None,
            value => Some(value),
        }
    }

    /// The version that the row had when the form was opened.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Whether the form edits a row, rather than making a new one.
    pub fn is_edit(&self) -> bool {
        self.version.is_some()
    }

    /// Whether a field had a text when the form was opened.
    pub(super) fn was_filled(&self, field: &str) -> bool {
        self.original.iter().any(|(name, _)| name == field)
    }

    /// Whether a field of a row that is edited has the text with which the form was opened.
    pub(super) fn is_untouched(&self, field: &Field, text: &str) -> bool {
        let mut original = self.original.iter();
        self.is_edit()
            && original
                .find(|(name, _)| name == field.name)
                .is_some_and(|(_, was)| conflict::is_as_before(field, was, &[text.to_owned()]))
    }

    /// The hidden inputs that bring all this back: name and value.
    pub fn hidden(&self) -> Vec<(&'static str, String)> {
        let Some(version) = &self.version else {
            return Vec::new();
        };
        let original = self
            .original
            .iter()
            .flat_map(|(name, texts)| texts.iter().map(move |text| (name.as_str(), text.as_str())));
        vec![
            (VERSION, version.clone()),
            (ORIGINAL, urlencoded::write(original)),
        ]
    }

    pub(super) fn open(&mut self, version: String, original: Snapshot) {
        self.version = Some(version);
        self.original = original;
    }
}
