//! What every application emitted by umbel links: database, queries, forms, pages.

mod error;
pub mod form;

pub use axum;
pub use error::{Error, Result};
