//! The addresses at which it is asked whether the application runs, and what is said there.

use axum::extract::Request;
use axum::http::Method;

/// What is said where the process runs.
pub(crate) const ALIVE: &str = "ok\n";
/// What is said where it runs, and no thread of it is free.
pub(crate) const STUCK: &str = "every thread computes, and none is free\n";

/// What is asked at one of these addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    /// Whether the process runs.
    Alive,
    /// Whether the application can do its work.
    Ready,
    /// What can be asked there.
    Options,
    /// Something that cannot be asked there.
    Otherwise,
}

impl Health {
    /// What a request asks, if it is for one of these addresses.
    pub(crate) fn asked(request: &Request, base: &str) -> Option<Self> {
        let path = request.uri().path();
        let asked = match (is_alive(path, base), is(path, base, "/readyz")) {
            (true, _) => Self::Alive,
            (_, true) => Self::Ready,
            (false, false) => return None,
        };
        Some(match *request.method() {
            Method::GET | Method::HEAD => asked,
            Method::OPTIONS => Self::Options,
            _ => Self::Otherwise,
        })
    }
}

/// Whether a path asks if the process runs: with or without the path in front of all others.
pub(crate) fn is_alive(path: &str, base: &str) -> bool {
    is(path, base, "/healthz")
}

fn is(path: &str, base: &str, name: &str) -> bool {
    path == name || path.strip_prefix(base) == Some(name)
}
