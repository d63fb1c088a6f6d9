//! The table `main.byline`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::BylineForm;
pub use model::{Byline, BylinePatch, BylineWithLabels, NewByline};
