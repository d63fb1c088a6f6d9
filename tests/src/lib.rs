//! What the end-to-end tests, the snapshots and the benchmarks need of the world outside: a PostgreSQL server,
//! databases there and in SQLite files, emitted applications, an HTTP client, a browser.
//!
//! A helper that cannot do its work panics and says why: in a test that is a failed test.

pub mod any_rows;
pub mod app;
pub mod browser;
pub mod cluster;
pub mod cookies;
pub mod corpus;
pub mod crawl;
pub mod database;
pub mod disk;
pub mod dump;
mod element;
pub mod fill;
pub mod form;
pub mod html;
pub mod http;
pub mod output;
pub mod packaged;
pub mod pooler;
pub mod postgres;
pub mod process;
pub mod random;
pub mod server;
pub mod skipped;
pub mod sqlite;
pub mod tls_server;
pub mod tree;
pub mod umbel;
pub mod wait;
pub mod workspace;
