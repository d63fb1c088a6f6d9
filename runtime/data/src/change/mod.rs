//! Changes to rows, without types: INSERT, UPDATE and DELETE, links, and what the database says about them.

mod cause;
mod changes;
mod fate;
mod joined;
mod links;
pub mod referrers;
mod write;

pub use changes::Changes;
pub use joined::{Joined, keys};
pub use links::Links;
pub use write::{delete, delete_where, insert, update, update_where};
