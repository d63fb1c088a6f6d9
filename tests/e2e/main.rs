//! The main job, end to end: a real database, the command, the emitted application, its pages.

mod browser;
mod cli;
mod corpus;
mod create;
mod delete;
mod drift;
mod edit;
mod home;
mod keys;
mod list;
mod malformed;
mod many_to_many;
mod partitions;
mod printed;
mod promises;
mod readme;
mod serve;
mod shop;
mod show;
mod sql;
mod sqlite;
mod sync;
mod sync_sequence;
mod tables;
mod types;
mod views;
