//! Changes to rows, without types: what passes the gate, INSERT, UPDATE and DELETE, links, and what the database says
//! about them.

mod any_model;
mod cause;
mod changes;
mod custom;
mod fate;
mod gate;
mod joined;
mod links;
mod reach;
pub mod referrers;
mod write;

pub use any_model::AnyModel;
pub use changes::Changes;
pub use custom::{Change, Custom, Deletion, TableHooks};
pub use gate::Target;
pub use joined::{Joined, at_field, change as change_links, keys};
pub use links::{LinkChange, Links};
