//! The pages of an application that umbel emits: what is shown, forms, the pipeline that answers, the server.

pub mod config;
pub mod form;
pub mod http;
pub mod server;
pub mod show;
pub mod ui;
pub mod visit;

pub use include_dir;
