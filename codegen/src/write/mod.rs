//! From texts to the application's folder, all or nothing.

mod create;
mod lock;
mod state;

pub(crate) use create::{CreateError, create, ensure_vacant};
pub(crate) use lock::lock;
pub(crate) use state::with_state;

use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of an application: path from its folder → content, which a file and its base share.
pub(crate) type Tree = BTreeMap<String, Arc<str>>;
