//! The data of an application that umbel emits: values, databases, tables, queries and changes; nothing of pages.
//!
//! From the ground up: [`error`], [`text`], [`values`] and the [`actor`] for whom something is done; the [`catalog`] of what
//! is known of tables; the [`database`]; the [`query`] tree and its SQL; how tables are [stored](storage); how rows
//! [change]; the typed [`model`]; its [lists](list), what is [`related`] to a row, [any] table's rows without their type; and the
//! [`hooks`] and the [`policy`] of a person's own code. Each knows those before it. By the feature `serde`, all of it as
//! JSON.

pub mod actor;
pub mod any;
pub mod catalog;
pub mod change;
pub mod database;
pub mod error;
pub mod hooks;
#[cfg(feature = "serde")]
pub mod json;
pub mod list;
pub mod model;
pub mod policy;
pub mod query;
pub mod related;
pub mod storage;
pub mod text;
pub mod values;

pub use jiff;
