//! From the URL of a PostgreSQL database, libpq's variables and files, to an open connection: for the command and for
//! what it emits.
//!
//! No error of it repeats a password, or a piece of one.

mod connect;
mod driver;
mod environment;
mod error;
mod host;
mod line;
mod options;
mod parameters;
mod passfile;
mod secret;
mod service;
mod settings;
mod socket;
mod stream;
mod tls;
mod url;

pub use connect::{Canceller, Connected, connect};
pub use driver::Driver;
pub use environment::Environment;
pub use error::Error;
pub use host::{Host, Place};
pub use line::Line;
pub use secret::Secret;
pub use settings::{Keepalives, PoolSettings, SessionKind, Settings};
pub use tls::{Mode, Roots, TlsSettings, Version};
pub use url::has_scheme;
