//! What a browser keeps of a server, and sends along.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use ureq::RequestBuilder;

/// The cookies of one server.
#[derive(Debug, Default)]
pub struct Cookies(Mutex<BTreeMap<String, String>>);

impl Cookies {
    /// The same cookies, kept by another.
    pub fn copy(&self) -> Self {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Self(Mutex::new(kept.clone()))
    }

    /// Keeps what `Set-Cookie` says, or forgets it.
    pub fn keep(&self, header: &str) {
        let mut parts = header.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match parts.any(|part| part.eq_ignore_ascii_case("max-age=0")) {
            true => kept.remove(name),
            false => kept.insert(name.to_owned(), value.to_owned()),
        };
    }

    /// A request with what is kept.
    pub fn along<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = kept.iter().map(|(name, value)| format!("{name}={value}"));
        match pairs.collect::<Vec<_>>() {
            pairs if pairs.is_empty() => request,
            pairs => request.header("Cookie", pairs.join("; ")),
        }
    }
}
