//! One in-memory model of a database schema, its readers, and what follows from it.
//!
//! A reader returns facts as the database states them; `derive` draws conclusions from them, purely.

pub mod derive;
pub mod diff;
pub mod model;
pub mod name;
pub mod postgres;
pub mod print;
pub mod rules;
#[cfg(test)]
mod sample;
pub mod sql;
pub mod sqlite;
pub mod words;

pub use model::Schema;
