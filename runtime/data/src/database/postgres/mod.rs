//! PostgreSQL: the only module that knows its driver.

mod abandoned;
mod begun;
mod decode;
mod drift;
mod encode;
mod error;
mod idle;
mod limits;
mod manager;
mod outdated;
mod pool;
mod pooled;
mod row;
mod session;
mod types;

pub(crate) use begun::Begun;
pub(super) use drift::question;
pub(crate) use pool::Pool;
pub(crate) use row::DbRow;
