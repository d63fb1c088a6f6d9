//! What a form carries besides its fields: the row's version, the texts it was opened with, the
//! search boxes of its choices.

use umbel_data::text::of_column;

use super::conflict::{self, Snapshot};
use super::name::{KEY, ORIGINAL, VERSION};
use super::{Difference, Field, fingerprint, urlencoded};

/// What a form carries besides its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    pub(super) version: Option<String>,
    pub(super) original: Snapshot,
    /// The name that a field is sent under, and what was typed into its search box.
    pub(super) searches: Vec<(String, String)>,
    /// The name that the field is sent under whose search or "add" button was pressed.
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
        let sent = of_column(field);
        self.searches
            .iter()
            .find(|(name, _)| *name == sent)
            .map(|(_, text)| text.as_str())
    }

    /// The same, with a text in the search box of a field.
    pub fn searching(mut self, field: &str, text: &str) -> Self {
        let sent = of_column(field);
        self.searches.retain(|(name, _)| *name != sent);
        self.searches.push((sent.into_owned(), text.to_owned()));
        self
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
        !self.original_of(field).is_empty()
    }

    /// The texts that a field had when the form was opened.
    pub(crate) fn original_of(&self, field: &str) -> &[String] {
        conflict::original_of(&self.original, field)
    }

    /// The state of a form that edits a row.
    #[cfg(test)]
    pub(super) fn versioned(mut self, version: &str) -> Self {
        self.version = Some(version.to_owned());
        self
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
        let key = (KEY, fingerprint::key());
        let Some(version) = &self.version else {
            return vec![key];
        };
        let original = self
            .original
            .iter()
            .flat_map(|(name, texts)| texts.iter().map(move |text| (name.as_str(), text.as_str())));
        vec![
            key,
            (VERSION, version.clone()),
            (ORIGINAL, urlencoded::write(original)),
        ]
    }

    pub(super) fn open(&mut self, version: String, original: Snapshot) {
        self.version = Some(version);
        self.original = original;
    }
}
