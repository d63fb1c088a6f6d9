//! The database: connections, transactions, statements and the rows that they return.

mod database;
mod dialect;
mod drift;
mod executor;
mod failure;
mod options;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod rows;
#[cfg(feature = "sqlite")]
pub(crate) mod sqlite;
mod storage;
mod then;
mod transaction;

pub use database::Database;
pub use dialect::Dialect;
pub(crate) use executor::run_one;
pub use executor::{Bounds, BoxFuture, Executor, Otherwise, Sink, Statement};
pub use failure::{Failure, Refusal, Rule};
pub use options::{Lists, Options};
pub use rows::{OwnedRow, RowStream, Rows};
pub use storage::Storages;
pub(crate) use storage::{Storage, TextIndex};
pub(crate) use then::Then;
pub use transaction::Transaction;
