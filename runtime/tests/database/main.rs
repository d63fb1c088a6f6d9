//! The runtime on a real PostgreSQL: the server of `UMBEL_TEST_DATABASE_URL`.

#![expect(
    unreachable_pub,
    reason = "the models stand here as they would be emitted"
)]

mod connections;
mod constraints;
mod expressions;
mod film;
mod large_tables;
mod limits;
mod lists;
mod paging;
mod queries;
mod relations;
mod round_trip;
mod sample;
mod server;
mod shop;
mod strategies;
mod transactions;
mod values;
mod writes;
