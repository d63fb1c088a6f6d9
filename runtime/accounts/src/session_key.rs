//! The key of a session: what the cookie holds, and of which the digest alone is stored.

use std::fmt;

use data_encoding::BASE64URL_NOPAD;

use crate::digest::SecretDigest;
use crate::random;

/// A session's key. Who has it is signed in.
#[derive(Clone)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// Makes one.
    pub fn generate() -> Self {
        Self(random::bytes())
    }

    /// Reads what a cookie holds; `None` if it is no key.
    pub fn parse(text: &str) -> Option<Self> {
        // 43 signs are 32 bytes.
        if text.len() != 43 {
            return None;
        }
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What the cookie holds.
    pub fn to_text(&self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What is stored, and looked for.
    pub fn digest(&self) -> SecretDigest {
        SecretDigest::of(&self.0)
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_and_read() {
        let key = SessionKey::generate();
        let text = key.to_text();
        assert_eq!(text.len(), 43);
        let read = SessionKey::parse(&text).unwrap();
        assert!(read.digest().matches(&key.digest()));
        assert!(!SessionKey::generate().digest().matches(&key.digest()));
    }

    #[test]
    fn what_is_no_key() {
        let text = SessionKey::generate().to_text();
        let long = "A".repeat(1_000_000);
        let other = "ü".repeat(21) + "A";
        for other in [
            "",
            &text[1..],
            &format!("{text}="),
            &long,
            &other,
            &"=".repeat(43),
        ] {
            assert!(SessionKey::parse(other).is_none(), "{other:.60}");
        }
    }
}
