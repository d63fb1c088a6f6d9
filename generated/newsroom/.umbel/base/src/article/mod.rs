//! The table `main.article`: its model, its form and its pages.

mod form;
mod model;
pub(crate) mod views;

pub use form::ArticleForm;
pub use model::{Article, ArticlePatch, ArticleWithLabels, NewArticle};
