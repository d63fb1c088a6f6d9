//! What every application emitted by umbel links: database, queries, forms, pages.

pub mod choices;
pub mod config;
mod constraint;
pub mod datum;
pub mod db;
mod error;
pub mod form;
pub mod hooks;
pub mod list;
pub mod model;
pub mod query;
pub mod related;
pub mod row;
mod serve;
mod server;
pub mod show;
mod survey;
pub mod testing;
pub mod types;
mod url;
pub mod value;
pub mod web;

pub use axum;
pub use error::{Error, Result};
pub use serve::run;
pub use web::App;
