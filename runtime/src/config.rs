//! How an application runs: what the environment, `.env` and the command line say.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::form::Limits;

/// How an application runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The host names that requests may use.
    pub hosts: Vec<String>,
    /// How long a request may take.
    pub timeout: Duration,
    /// How much a request may hold.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            addr: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000),
            hosts: ["localhost", "127.0.0.1", "[::1]"]
                .map(str::to_owned)
                .into(),
            timeout: Duration::from_secs(30),
            limits: Limits::default(),
        }
    }
}

/// A variable of the environment, else of the file `.env` in this folder or one above it.
pub(crate) fn variable(name: &str) -> Option<String> {
    let set = std::env::var(name).ok().filter(|value| !value.is_empty());
    set.or_else(|| {
        dotenvy::dotenv_iter()
            .ok()?
            .filter_map(Result::ok)
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value)
    })
}
