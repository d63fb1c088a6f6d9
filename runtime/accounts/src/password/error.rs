//! Why a password is not hashed, and why a hash says nothing. For the log: whoever signs in is not told.

use super::MAX_BYTES;

/// Why a password cannot be hashed, or a hash not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HashError {
    #[error("the password has more than {MAX_BYTES} bytes")]
    PasswordTooLong,
    #[error("the hash is of no kind that is known")]
    UnknownKind,
    #[error("the hash says that it is {kind}, but it is not whole")]
    Malformed { kind: &'static str },
    #[error("the {kind} hash asks for {stated}, which is more than a log-in may cost")]
    TooCostly {
        kind: &'static str,
        /// As the hash states it.
        stated: String,
    },
    #[error("Argon2id cannot work with {stated}")]
    Settings {
        /// As a hash would state it.
        stated: String,
    },
    #[error("there is no memory to hash a password in")]
    OutOfMemory,
}

/// Why a [`Hasher`](super::Hasher) has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HasherError {
    #[error("too many passwords are being checked at the moment")]
    Busy,
    #[error(transparent)]
    Hash(#[from] HashError),
    #[error("the check of a password was broken off")]
    Aborted,
}
