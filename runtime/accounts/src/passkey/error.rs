//! Why a passkey is not accepted. For the log: whoever signs in is told to try again.

/// Why a passkey is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasskeyError {
    #[error("the {part} cannot be read: {reason}")]
    Malformed {
        /// `attestation object`
        part: &'static str,
        reason: &'static str,
    },
    #[error("the browser answers something else: it says `{sent}` and not `{expected}`")]
    Type {
        sent: String,
        expected: &'static str,
    },
    #[error("the browser answers another challenge")]
    Challenge,
    #[error("the page is of the origin `{sent}`, which is not one of the application")]
    Origin { sent: String },
    #[error("the page is a frame of another site")]
    CrossOrigin,
    #[error("the passkey is of another party")]
    RelyingParty,
    #[error("nobody was present")]
    NotPresent,
    #[error("the person was not verified by the device")]
    NotVerified,
    #[error("the passkey says that it is backed up and that it cannot be")]
    BackupState,
    #[error("the passkey says otherwise than before whether it can be backed up")]
    BackupEligibility,
    #[error("the key is of an algorithm that was not offered: {algorithm}")]
    Algorithm { algorithm: i64 },
    #[error("it is another passkey")]
    Credential,
    #[error("the passkey is another user's")]
    UserHandle,
    #[error("the signature is wrong")]
    Signature,
    #[error("the passkey may have been copied: its counter stands at {sent} and stood at {stored}")]
    Counter { stored: u32, sent: u32 },
}

/// Why an application cannot have passkeys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PartyError {
    #[error("the application has no origin")]
    NoOrigin,
    #[error("`{origin}` is no origin: it is like https://example.com, without a path")]
    Malformed { origin: String },
    #[error("browsers have no passkeys for `{origin}`: it needs https, except on localhost")]
    Insecure { origin: String },
    #[error(
        "the origin `{origin}` does not belong to `{id}`: its host is that, or ends in `.{id}`"
    )]
    Foreign { origin: String, id: String },
}
