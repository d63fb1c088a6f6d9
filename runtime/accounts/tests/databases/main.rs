//! The own tables, over PostgreSQL and over SQLite: made, upgraded, and what is stored in them; and the pages over them.

mod attempts;
mod factors;
mod history;
mod migrations;
mod pages;
mod permissions;
mod place;
#[cfg(feature = "postgres")]
mod rights;
#[cfg(feature = "postgres")]
mod server;
mod sessions;
mod users;
