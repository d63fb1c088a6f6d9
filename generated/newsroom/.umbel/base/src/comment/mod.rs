//! The table `main.comment`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::CommentForm;
pub use model::{Comment, CommentPatch, CommentWithLabels, NewComment};
