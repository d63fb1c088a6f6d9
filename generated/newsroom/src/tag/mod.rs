//! The table `main.tag`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::TagForm;
pub use model::{NewTag, Tag, TagPatch};
