//! The table `main.section`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::SectionForm;
pub use model::{NewSection, Section, SectionPatch, SectionWithLabels};
