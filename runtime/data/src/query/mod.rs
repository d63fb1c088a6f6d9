//! Queries without types: what is asked of the rows of a table, and its SQL in either dialect.

mod amount;
mod columns;
mod count;
mod in_list;
mod like;
mod notation;
mod order;
mod plan;
pub mod read;
pub mod sql;
mod statement_cache;
mod tree;
mod value_test;
mod ways;
mod writer;
mod written;

pub use amount::{Amount, Count};
pub use count::{Planned, count};
pub use order::OrderBy;
pub use plan::{Plan, Whole};
pub use statement_cache::{Question, StatementKey};
pub use ways::{Way, Ways};
