//! What is stored of a secret that nobody can guess: its SHA-256.
//!
//! It is for secrets that a machine made. What a person chose is a password.

use ring::digest;
use subtle::ConstantTimeEq;

/// The SHA-256 of a random secret.
#[derive(Clone, Copy)]
pub struct SecretDigest([u8; 32]);

impl SecretDigest {
    /// Of a secret.
    pub(crate) fn of(secret: &[u8]) -> Self {
        let digest = digest::digest(&digest::SHA256, secret);
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest.as_ref());
        Self(bytes)
    }

    /// As it was stored; `None` if it is none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it is stored, and looked for.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether both are of the same secret, in a time that does not depend upon how much of them is equal.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl std::fmt::Debug for SecretDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("_")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_it_is_stored() {
        let digest = SecretDigest::of(b"abc");
        let hex = data_encoding::HEXLOWER.encode(digest.as_bytes());
        assert_eq!(
            hex,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let stored = SecretDigest::from_bytes(digest.as_bytes()).unwrap();
        assert!(stored.matches(&digest));
        assert!(!stored.matches(&SecretDigest::of(b"abd")));
        assert!(SecretDigest::from_bytes(&digest.as_bytes()[1..]).is_none());
        assert!(SecretDigest::from_bytes(&[]).is_none());
    }
}
