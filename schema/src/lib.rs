//! One in-memory model of a database schema, its readers, and what follows from it.
//!
//! A reader returns facts as the database states them; `derive` draws conclusions from them, purely.

pub mod model;

pub use model::Schema;
