//! The table `main.edition`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::EditionForm;
pub use model::{Edition, EditionPatch, EditionWithLabels, NewEdition};
