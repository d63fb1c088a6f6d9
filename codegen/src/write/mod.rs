//! From texts to the application's folder, all or nothing.

mod create;
mod leftovers;
pub(crate) mod orphans;
mod state;
mod transaction;

pub(crate) use create::{CreateError, Draft};
pub(crate) use leftovers::{hold, remove as remove_leftovers};
pub(crate) use transaction::{Change, Changes, Transaction};

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of an application: path from its folder → content.
pub(crate) type Tree = BTreeMap<String, Arc<str>>;
