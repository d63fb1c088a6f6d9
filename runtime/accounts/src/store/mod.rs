//! What is stored of accounts, in the own [`tables`](crate::tables): whose row something is, is a type here.
//!
//! Everything is asked of the database that is given, for nobody, and takes the time as an argument. Where two requests
//! want the same at once, one statement decides, and the other one is told.

mod asked;
mod group;
mod permission;
mod user;

pub use group::Group;
pub use permission::{ColumnRule, Holder, Permission, Permissions};
pub use user::{NewUser, PasswordHash, User};

use asked::{all, changes, first, id};
