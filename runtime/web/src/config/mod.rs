//! How an application runs: what `umbel.toml`, the environment, `.env` and the command line say.

mod env_file;
mod file;
mod limits;
mod network;
mod public;
mod read;
mod settings;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use umbel_data::database::Options;

pub use env_file::EnvFile;
pub use limits::Limits;
pub use network::Network;
pub use public::PublicUrl;
pub use read::address;
pub use settings::read;

/// How an application runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub addrs: Vec<SocketAddr>,
    /// The host names that requests may use.
    pub hosts: Vec<String>,
    /// Where people find the application, if that is said.
    pub url: Option<PublicUrl>,
    /// The path in front of every path of the application, such as `/shop`; empty for none.
    pub base: String,
    /// The proxies that are believed what they say of a request.
    pub proxies: Vec<Network>,
    /// The other sites from whose pages forms may come.
    pub origins: Vec<String>,
    /// The tables and pages that everyone may see.
    pub public: Vec<String>,
    /// The tables that whoever has signed in may see.
    pub signed_in: Vec<String>,
    /// How many connections may be open at once.
    pub connections: usize,
    /// How long each part of a request may take.
    pub timeouts: Timeouts,
    /// How the database is used.
    pub database: Options,
    /// How much a request may hold.
    pub limits: Limits,
}

/// How long each part of a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// The head of a request, from its first byte, or from the start of its connection.
    pub header: Duration,
    /// The body of a request.
    pub body: Duration,
    /// The answer, from the last byte of the body until it begins.
    pub request: Duration,
    /// A client that takes nothing of the answer.
    pub write: Duration,
    /// A connection that asks nothing.
    pub idle: Duration,
    /// The requests that are open when the server stops.
    pub stop: Duration,
}

/// The names of this machine for itself.
const LOCAL_HOSTS: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Config {
    /// The host names that the settings say: those beside the names of this machine for itself.
    pub fn said_hosts(&self) -> impl Iterator<Item = &str> {
        let hosts = self.hosts.iter().map(String::as_str);
        hosts.filter(|host| !LOCAL_HOSTS.contains(host))
    }

    /// The addresses to listen on that others than this machine reach.
    pub fn reachable_addrs(&self) -> impl Iterator<Item = SocketAddr> {
        let addrs = self.addrs.iter().copied();
        addrs.filter(|addr| !addr.ip().is_loopback())
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            addrs: vec![SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8000)],
            hosts: LOCAL_HOSTS.map(str::to_owned).into(),
            url: None,
            base: String::new(),
            proxies: Vec::new(),
            origins: Vec::new(),
            public: Vec::new(),
            signed_in: Vec::new(),
            connections: 1_000,
            timeouts: Timeouts::default(),
            database: Options::default(),
            limits: Limits::default(),
        }
    }
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            header: Duration::from_secs(10),
            body: Duration::from_secs(60),
            request: Duration::from_secs(30),
            write: Duration::from_secs(30),
            idle: Duration::from_secs(60),
            stop: Duration::from_secs(10),
        }
    }
}

/// A variable of the environment, else of the file `.env` in this folder or one above it.
pub fn variable(name: &str) -> Option<String> {
    let set = std::env::var(name).ok().filter(|value| !value.is_empty());
    set.or_else(|| EnvFile::find()?.variable(name))
}
