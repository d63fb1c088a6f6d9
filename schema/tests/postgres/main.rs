//! The reader against a real PostgreSQL: `UMBEL_TEST_DATABASE_URL` names a server on which databases may be made.

mod connections;
mod database;
mod keys;
mod own;
mod privileges;
mod queries;
mod refusals;
mod relations;
mod scope;
mod types;
mod views;
