//! The database: connections, transactions, statements and the rows that they return.

mod after_commit;
mod db;
mod dialect;
mod drift;
mod executor;
mod failure;
mod functions;
mod handle;
mod map_rows;
mod options;
mod part;
#[cfg(feature = "postgres")]
mod postgres;
mod row;
mod rows;
#[cfg(feature = "sqlite")]
mod sqlite;
mod storage;
mod transaction;
pub mod wording;

pub use db::Db;
pub use dialect::Dialect;
pub use executor::run_one;
pub use executor::{Bounds, BoxFuture, Executor, Otherwise, Sink, Statement};
pub use failure::{Failure, Refusal, Rule};
pub use functions::{LIKE, MEANING, ROW_HASH, SAMPLE};
pub use handle::Database;
pub use map_rows::MapRows;
pub use options::{Lists, Options};
pub use part::Part;
pub use row::Row;
pub use rows::{OwnedRow, RowStream, Rows};
pub use storage::Storages;
pub use storage::{Storage, TextIndex};
pub use transaction::Transaction;

use crate::values::{Kind, Value};

/// What a cell that says little about itself, as those of SQLite do, means in a column of a kind.
pub(crate) fn meant_as(cell: &Value, kind: &Kind) -> Value {
    #[cfg(feature = "sqlite")]
    {
        sqlite::meant_as(cell, kind)
    }
    #[cfg(not(feature = "sqlite"))]
    {
        let _ = kind;
        cell.clone()
    }
}
