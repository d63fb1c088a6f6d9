//! The addresses at which it is asked whether the application runs, and what is said there.

/// What is said where the process runs.
pub(crate) const ALIVE: &str = "ok\n";
/// What is said where it runs, and no thread of it is free.
pub(crate) const STUCK: &str = "every thread computes, and none is free\n";

/// Whether a path asks if the process runs: with or without the path in front of all others.
pub(crate) fn is_alive(path: &str, base: &str) -> bool {
    is(path, base, "/healthz")
}

/// Whether a path asks if the application can do its work.
pub(super) fn is_ready(path: &str, base: &str) -> bool {
    is(path, base, "/readyz")
}

fn is(path: &str, base: &str, name: &str) -> bool {
    path == name || path.strip_prefix(base) == Some(name)
}
