//! The table `main.author`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::AuthorForm;
pub use model::{Author, AuthorPatch, AuthorWithLabels, NewAuthor};
