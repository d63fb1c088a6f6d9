//! What passwords are hashed with.

use std::fmt;

/// What passwords are hashed with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// What a new hash costs.
    pub argon2: Argon2Cost,
    /// What the application that brought its hashes of bcrypt along appended to every password: Devise's `pepper`. New
    /// hashes are made without it.
    pub bcrypt_pepper: Option<Pepper>,
}

/// What a hash of Argon2id costs.
///
/// By default it is the first of OWASP's recommendations that takes little memory: 19 MiB, two iterations, one lane.
/// Django's, 100 MiB and eight lanes, assumes that the lanes are filled at once, which they are not here, and lets ten
/// log-ins at a time take a gigabyte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// In KiB.
    pub memory: u32,
    /// How many times the memory is filled.
    pub iterations: u32,
    /// How many parts of it could be filled at once.
    pub lanes: u32,
}

impl Default for Argon2Cost {
    fn default() -> Self {
        Self {
            memory: 19 * 1024,
            iterations: 2,
            lanes: 1,
        }
    }
}

/// As hashes state it: `m=19456,t=2,p=1`.
impl fmt::Display for Argon2Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            memory,
            iterations,
            lanes,
        } = self;
        write!(f, "m={memory},t={iterations},p={lanes}")
    }
}

/// A secret that is appended to passwords before they are hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Pepper(pub String);

impl fmt::Debug for Pepper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}
