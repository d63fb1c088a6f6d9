//! The view `main.published_article`: its model and its pages.

mod model;
pub(crate) mod views;

pub use model::{PublishedArticle, PublishedArticleWithLabels};
