//! `SECRET_KEY`: what an application signs with, and those that it signed with before.

use std::collections::BTreeSet;
use std::fmt;

use data_encoding::BASE64URL_NOPAD;
use ring::{hkdf, hmac};

use crate::random;

/// In characters: 128 bits, if they are hexadecimal digits.
const MIN_LENGTH: usize = 32;
const MIN_DIFFERENT: usize = 8;
/// What stands in examples, in small letters, without what parts words.
const PLACEHOLDERS: [&str; 8] = [
    "insecure",
    "changeme",
    "changethis",
    "replaceme",
    "replacethis",
    "secretkey",
    "yoursecret",
    "placeholder",
];

/// The keys of an application: it signs with the first, and accepts what any of them signed.
#[derive(Clone)]
pub struct SecretKeys {
    current: String,
    /// `SECRET_KEY_FALLBACKS`.
    fallbacks: Vec<String>,
    is_temporary: bool,
}

/// Why a key keeps nothing secret. No message repeats it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WeakKey {
    #[error("the secret key has {length} characters and needs {MIN_LENGTH} or more")]
    TooShort { length: usize },
    #[error("the secret key has {count} different characters and needs {MIN_DIFFERENT} or more")]
    TooUniform { count: usize },
    #[error("the secret key is one of an example: it says `{word}`")]
    Placeholder { word: &'static str },
}

impl SecretKeys {
    /// Takes the key, and those that it replaced, the newest first.
    pub fn new(current: String, fallbacks: Vec<String>) -> Result<Self, WeakKey> {
        for key in fallbacks.iter().chain([&current]) {
            check(key)?;
        }
        Ok(Self {
            current,
            fallbacks,
            is_temporary: false,
        })
    }

    /// Makes a key that is known to this process alone, and ends with it.
    pub fn temporary() -> Self {
        Self {
            current: generate(),
            fallbacks: Vec::new(),
            is_temporary: true,
        }
    }

    /// Whether nothing that is signed outlives this process.
    pub fn is_temporary(&self) -> bool {
        self.is_temporary
    }

    /// The key that signs for a purpose.
    pub(crate) fn signing(&self, purpose: &str) -> hmac::Key {
        derive(&self.current, purpose)
    }

    /// The keys that may have signed for a purpose.
    pub(crate) fn accepted(&self, purpose: &str) -> impl Iterator<Item = hmac::Key> {
        let keys = [&self.current].into_iter().chain(&self.fallbacks);
        keys.map(move |key| derive(key, purpose))
    }
}

impl fmt::Debug for SecretKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// Makes a key, for an application that has none.
pub fn generate() -> String {
    BASE64URL_NOPAD.encode(&random::bytes::<48>())
}

/// Whether a key keeps anything secret.
pub fn check(key: &str) -> Result<(), WeakKey> {
    let words = key.chars().filter(|sign| sign.is_ascii_alphanumeric());
    let words: String = words.map(|sign| sign.to_ascii_lowercase()).collect();
    if let Some(word) = PLACEHOLDERS.iter().find(|word| words.contains(*word)) {
        return Err(WeakKey::Placeholder { word });
    }
    let length = key.chars().count();
    if length < MIN_LENGTH {
        return Err(WeakKey::TooShort { length });
    }
    let count = key.chars().collect::<BTreeSet<_>>().len();
    if count < MIN_DIFFERENT {
        return Err(WeakKey::TooUniform { count });
    }
    Ok(())
}

/// A key for each purpose: what is signed for one is worth nothing to another.
fn derive(key: &str, purpose: &str) -> hmac::Key {
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"umbel signing");
    let key = salt.extract(key.as_bytes());
    let purpose = [purpose.as_bytes()];
    let derived = key.expand(&purpose, hmac::HMAC_SHA256);
    derived
        .expect("HMAC's key is shorter than 255 digests")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_ones() {
        let of = |key: &str| check(key);
        assert_eq!(of(""), Err(WeakKey::TooShort { length: 0 }));
        assert_eq!(of("x7!kqzz8w"), Err(WeakKey::TooShort { length: 9 }));
        assert_eq!(of(&"ab".repeat(50)), Err(WeakKey::TooUniform { count: 2 }));
        for (key, word) in [
            (
                "django-insecure-4s#9$kx0!q2zv7w@e8r5t1y6u3i-o_pa^sdfghjk",
                "insecure",
            ),
            ("CHANGE-ME-change-me-0123456789-abcdefghijkl", "changeme"),
            ("changeme", "changeme"),
            (
                "this is my Secret Key, 0123456789 abcdefghijkl",
                "secretkey",
            ),
        ] {
            assert_eq!(of(key), Err(WeakKey::Placeholder { word }), "{key}");
        }
    }

    #[test]
    fn good_ones() {
        for key in [
            generate(),
            "3f86d0d3d465b7b458c231bf3555c0e3".to_owned(),
            "🦀🐍🐘🐳🐙🐝🦉🐢".repeat(4),
        ] {
            assert_eq!(check(&key), Ok(()), "{key}");
        }
        assert_ne!(generate(), generate());
    }

    #[test]
    fn every_key_is_checked() {
        let good = generate();
        let keys = SecretKeys::new(good.clone(), vec![generate(), "short".to_owned()]);
        assert_eq!(keys.unwrap_err(), WeakKey::TooShort { length: 5 });
        let keys = SecretKeys::new(good.clone(), vec![generate()]).unwrap();
        assert!(!format!("{keys:?}").contains(&good));
        assert!(!keys.is_temporary() && SecretKeys::temporary().is_temporary());
    }
}
