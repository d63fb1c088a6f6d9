//! Rows of any table, without the type of their model: what works with them costs no code for each table.

mod opened;
mod reads;
mod row;

pub use opened::OpenedRow;
pub use row::{AnyCell, AnyRow};
