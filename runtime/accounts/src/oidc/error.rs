//! Why a provider, or what it says of somebody, is not believed. For the log.

/// Why a document of a provider is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoveryError {
    #[error("the provider's {document} has more than {max} bytes")]
    TooLong { document: &'static str, max: usize },
    #[error("the provider's {document} cannot be read: {reason}")]
    Malformed {
        document: &'static str,
        reason: String,
    },
    #[error("the provider says that it is `{sent}` and not `{expected}`")]
    Issuer { sent: String, expected: String },
    #[error("the provider's `{name}` is `{url}`, and needs https, except on localhost")]
    Insecure { name: &'static str, url: String },
}

/// Why an answer that a browser brings from a provider is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackError {
    #[error("the answer is to another question: its state is another one")]
    State,
    #[error("the answer is of another provider: `{sent}`")]
    Issuer { sent: String },
    /// The person said no, or the provider did.
    #[error("the provider refuses: {error} {description}")]
    Refused { error: String, description: String },
    #[error("the answer has no code")]
    NoCode,
}

/// Why an ID token is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdTokenError {
    #[error("the ID token cannot be read: {reason}")]
    Malformed { reason: &'static str },
    #[error("the ID token is signed by `{algorithm}`, which is not accepted")]
    Algorithm { algorithm: String },
    /// The provider may have new keys: they are to be fetched again, once.
    #[error("the ID token is signed by a key that the provider does not publish")]
    UnknownKey,
    #[error("the signature of the ID token is wrong")]
    Signature,
    #[error("the ID token is issued by `{sent}`")]
    Issuer { sent: String },
    #[error("the ID token is for another application")]
    Audience,
    #[error("the ID token expired {seconds} s ago")]
    Expired { seconds: u64 },
    #[error("the ID token is of a time to come")]
    NotYet,
    #[error("the ID token is of another log-in: its nonce is another one")]
    Nonce,
}
