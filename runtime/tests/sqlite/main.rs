//! The runtime on an SQLite file, with models as they would be emitted.

mod cells;
mod connections;
mod file;
mod film;
mod large;
mod large_tables;
mod odd;
mod paging;
mod reads;
mod refusals;
mod replaced;
mod transactions;
