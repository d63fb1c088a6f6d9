//! Bytes that travel as base64url: challenges, handles, what a browser answers.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq;

use crate::random;

/// Bytes that are base64url in JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base64Url(pub Vec<u8>);

impl Serialize for Base64Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64URL_NOPAD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Base64Url {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Some libraries of pages add the signs that make the length a multiple of four.
        let bytes = BASE64URL_NOPAD.decode(text.trim_end_matches('=').as_bytes());
        bytes
            .map(Self)
            .map_err(|_| D::Error::custom("expected base64url"))
    }
}

/// What a passkey signs so that its answer is good for once. It is kept in the session, and forgotten with the first answer.
#[derive(Clone)]
pub struct Challenge(Vec<u8>);

impl Challenge {
    /// Makes one.
    pub fn generate() -> Self {
        Self(random::bytes::<32>().to_vec())
    }

    /// Reads what a session has kept; `None` if it is none, or of fewer than 16 or more than 128 bytes.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 256 {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        (16..=128).contains(&bytes.len()).then_some(Self(bytes))
    }

    /// What a session keeps, and a browser is sent.
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    pub(super) fn matches(&self, sent: &str) -> bool {
        self.to_text().as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

impl fmt::Debug for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// What a passkey calls its user: random bytes that say nothing about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserHandle(Base64Url);

impl UserHandle {
    /// Makes one.
    pub fn generate() -> Self {
        Self(Base64Url(random::bytes::<32>().to_vec()))
    }

    /// Takes what was stored; `None` if it is empty or longer than 64 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (1..=64)
            .contains(&bytes.len())
            .then(|| Self(Base64Url(bytes.to_vec())))
    }

    /// As it is stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0.0
    }
}
