//! SQLite: the only module that knows its driver.
//!
//! The driver waits where it works, so statements run on a thread that may wait, with a connection of their own; but for
//! reads that are over before another thread would have begun.

mod connection;
mod decode;
mod drift;
mod encode;
mod error;
mod file;
mod inline_read;
mod interrupt;
mod moment;
mod notation;
mod pool;
mod rows;
mod session;

pub(crate) use decode::meant_as;
pub(super) use drift::question;
pub(crate) use pool::Pool;
pub(crate) use rows::{DbRow, DbRows};
pub(crate) use session::Session;
