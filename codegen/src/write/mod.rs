//! From texts to the application's folder, all or nothing.

mod create;
mod state;
mod transaction;

pub(crate) use create::{CreateError, create, ensure_vacant};
pub(crate) use state::with_state;
pub(crate) use transaction::{Change, Changes, Transaction};

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of an application: path from its folder → content, which a file and its base share.
pub(crate) type Tree = BTreeMap<String, Arc<str>>;
