//! Passwords: how they are hashed, and how the hashes are verified that an application brings along.
//!
//! Made are hashes of Argon2id alone. Read are those of Django, Rails, Laravel, Phoenix, Supabase and better-auth, too.

mod argon2;
mod bcrypt;
mod error;
mod fields;
mod hash;
mod hasher;
mod md5;
mod pbkdf2;
mod rules;
mod scrypt;
mod settings;

use unicode_normalization::UnicodeNormalization;

pub use error::{HashError, HasherError};
pub use hasher::Hasher;
pub use rules::{Attribute, Refusal, Rules};
pub use settings::{Argon2Cost, Pepper, Settings};

use hash::Hash;

/// How long a password may be, in bytes. A longer one is never hashed.
pub const MAX_BYTES: usize = 4096;

/// What a hash says of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verified {
    /// It is another one, or there is none.
    No,
    /// It is the one.
    Yes,
    /// It is the one, but the hash is of an older kind or cost: it is to be made anew while the password is at hand. An
    /// application that shares its users with an older one leaves it as it is.
    Outdated,
}

impl Verified {
    /// Whether the password is the right one.
    pub fn is_yes(self) -> bool {
        self != Self::No
    }
}

/// Hashes a password by Argon2id, with a salt of its own.
pub fn hash(password: &str, settings: &Settings) -> Result<String, HashError> {
    if password.len() > MAX_BYTES {
        return Err(HashError::PasswordTooLong);
    }
    argon2::hash(nfkc(password).as_bytes(), settings.argon2)
}

/// Whether the password is the one that was hashed.
///
/// An error is for the log: to whoever signs in, it is a password that is wrong. A hash that cannot be used, be it
/// broken or Django's sign for no password, takes as long as one that can.
pub fn verify(password: &str, hash: &str, settings: &Settings) -> Result<Verified, HashError> {
    if password.len() > MAX_BYTES {
        return Ok(Verified::No);
    }
    match Hash::parse(hash) {
        Ok(Some(hash)) => hash.verify(password, settings),
        Ok(None) => Ok(verify_dummy(password, settings)),
        Err(error) => {
            verify_dummy(password, settings);
            Err(error)
        }
    }
}

/// Takes as long as a verification, and says no: for accounts that do not exist.
pub fn verify_dummy(password: &str, settings: &Settings) -> Verified {
    if password.len() <= MAX_BYTES {
        // Nothing depends upon it, nor upon whether it can be made.
        let _ = std::hint::black_box(argon2::hash(nfkc(password).as_bytes(), settings.argon2));
    }
    Verified::No
}

/// The form in which two ways of typing the same characters are the same bytes.
fn nfkc(password: &str) -> String {
    password.nfkc().collect()
}

#[cfg(test)]
mod tests;
