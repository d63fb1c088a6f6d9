//! A hash as it is stored, whichever framework made it.

use super::argon2::Argon2Hash;
use super::bcrypt::{BcryptHash, Input};
use super::md5::Md5Hash;
use super::pbkdf2::Pbkdf2Hash;
use super::scrypt::ScryptHash;
use super::{HashError, Settings, Verified, nfkc};

/// No hash of any kind is longer.
const MAX_LENGTH: usize = 512;

/// A hash that was read, and whose cost is one that a log-in may have.
pub(super) enum Hash {
    Argon2(Argon2Hash),
    Bcrypt(BcryptHash),
    Md5(Md5Hash),
    Pbkdf2(Pbkdf2Hash),
    Scrypt(ScryptHash),
    /// better-auth normalises passwords.
    NormalisedScrypt(ScryptHash),
}

impl Hash {
    /// Nothing where it says that there is no password: Django's `!…`, Devise's empty text.
    pub(super) fn parse(text: &str) -> Result<Option<Self>, HashError> {
        if text.is_empty() || text.starts_with('!') {
            return Ok(None);
        }
        if text.len() > MAX_LENGTH {
            return Err(HashError::UnknownKind);
        }
        Self::parse_known(text).map(Some)
    }

    fn parse_known(text: &str) -> Result<Self, HashError> {
        let after = |start: &str| text.strip_prefix(start);
        // `argon2$argon2id$…` is Django's, `$argon2id$…` everybody else's.
        if let Some(rest) =
            after("argon2$").or(after("$").filter(|rest| rest.starts_with("argon2")))
        {
            return Argon2Hash::parse(rest).map(Self::Argon2);
        }
        if let Some(rest) = after("bcrypt_sha256$") {
            return BcryptHash::parse(rest, Input::Sha256).map(Self::Bcrypt);
        }
        if let Some(rest) = after("bcrypt$").or(after("").filter(|rest| rest.starts_with("$2"))) {
            return BcryptHash::parse(rest, Input::Plain).map(Self::Bcrypt);
        }
        if text.starts_with("pbkdf2_") {
            return Pbkdf2Hash::parse_django(text).map(Self::Pbkdf2);
        }
        if text.starts_with("$pbkdf2-") {
            return Pbkdf2Hash::parse_phoenix(text).map(Self::Pbkdf2);
        }
        if text.starts_with("scrypt$") {
            return ScryptHash::parse_django(text).map(Self::Scrypt);
        }
        if text.starts_with("md5$") {
            return Md5Hash::parse(text).map(Self::Md5);
        }
        let better_auth = ScryptHash::parse_better_auth(text).map(Self::NormalisedScrypt);
        better_auth.ok_or(HashError::UnknownKind)
    }

    pub(super) fn verify(
        &self,
        password: &str,
        settings: &Settings,
    ) -> Result<Verified, HashError> {
        let bytes = password.as_bytes();
        let is_right = match self {
            Self::Argon2(hash) => return hash.verify(password, settings.argon2),
            Self::Bcrypt(hash) => {
                return Ok(hash.verify(password, settings.bcrypt_pepper.as_ref()));
            }
            Self::Md5(hash) => hash.matches(bytes),
            Self::Pbkdf2(hash) => hash.matches(bytes),
            Self::Scrypt(hash) => hash.matches(bytes),
            Self::NormalisedScrypt(hash) => hash.matches(nfkc(password).as_bytes()),
        };
        Ok(match is_right {
            true => Verified::Outdated,
            false => Verified::No,
        })
    }
}
