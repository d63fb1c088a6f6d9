//! The runtime on an SQLite file, with models as they would be emitted.

mod connections;
mod file;
mod film;
mod large;
mod reads;
mod refusals;
mod transactions;
