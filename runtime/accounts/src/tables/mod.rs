//! The application's own tables: how statements name them, and the versions by which they are made and upgraded.
//!
//! On PostgreSQL they are in the schema `umbel`, in SQLite they are called `umbel_…`. No table of anybody else is touched.

mod database_state;
mod error;
mod migrations;
mod sql;
mod version;

pub use error::MigrationError;
pub use migrations::{LOCK_KEY, Migrations};
pub(crate) use sql::{Sql, values};
