//! PostgreSQL: the only module that knows its driver.

mod abandoned;
mod decode;
mod drift;
mod encode;
mod error;
mod limits;
mod numeric;
mod pool;
mod row;
mod session;

pub(super) use drift::question;
pub(crate) use pool::Pool;
pub(crate) use row::DbRow;
pub(crate) use session::Session;
