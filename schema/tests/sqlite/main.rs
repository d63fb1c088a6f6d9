//! What is read from SQLite files.

mod columns;
mod constraints;
mod dump;
mod file;
mod foreign;
mod refusals;
mod statements;
mod views;
