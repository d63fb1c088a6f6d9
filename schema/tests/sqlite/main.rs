//! What is read from SQLite files.

mod columns;
mod constraints;
mod dump;
mod file;
mod foreign;
mod odd;
mod own;
mod refusals;
mod statements;
mod views;
