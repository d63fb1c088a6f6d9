//! The label of a row that another row refers to.

use std::fmt;
use std::marker::PhantomData;

use super::Model;
use crate::catalog::{KeyText, write_link};
use crate::database::Row;
use crate::error::Result;
use crate::values::WriteHtml;

/// The label of a row of `M`, and its key.
pub struct Label<M> {
    /// What a person reads.
    pub text: String,
    pub(crate) key: KeyText,
    model: PhantomData<fn() -> M>,
}

impl Row<'_> {
    /// Reads the label of a row that this one refers to.
    pub fn label<M: Model>(&mut self) -> Result<Label<M>> {
        let (text, key) = self.label_parts(M::TABLE)?.unwrap_or_default();
        Ok(Label::of(text, key))
    }

    /// Reads the label of a row that this one may refer to.
    pub fn label_opt<M: Model>(&mut self) -> Result<Option<Label<M>>> {
        Ok(self
            .label_parts(M::TABLE)?
            .map(|(text, key)| Label::of(text, key)))
    }
}

impl<M: Model> Label<M> {
    /// The label of a row, and its key as URLs have it; empty if it has none.
    pub fn new(text: impl Into<String>, key: impl Into<String>) -> Self {
        Self::of(text.into(), key.into().into())
    }

    pub(crate) fn of(text: String, key: KeyText) -> Self {
        Self {
            text,
            key,
            model: PhantomData,
        }
    }

    /// The page of the row; empty if it has none.
    pub fn url(&self) -> String {
        self.key.url(M::TABLE.path)
    }
}

impl<M> Clone for Label<M> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            key: self.key.clone(),
            model: PhantomData,
        }
    }
}

impl<M> PartialEq for Label<M> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.key == other.key
    }
}

impl<M> fmt::Debug for Label<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Label")
            .field("text", &self.text)
            .field("key", &self.key)
            .finish()
    }
}

impl<M> fmt::Display for Label<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The row that a foreign key refers to: a link to its page.
impl<M: Model> WriteHtml for Label<M> {
    fn write_html(&self, out: &mut String) {
        write_link(out, M::TABLE.path, &self.key, &self.text)
    }
}
