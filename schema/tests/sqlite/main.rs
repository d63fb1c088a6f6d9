//! What is read from SQLite files.

mod columns;
mod constraints;
mod file;
mod refusals;
mod views;
