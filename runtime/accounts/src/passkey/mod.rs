//! Passkeys: how a browser's answers are verified, by Web Authentication Level 3.
//!
//! Attestation is not asked for, and whatever statement comes is accepted unread: a key is trusted because its owner was
//! signed in when it was registered, not because of who built the device.

mod authentication;
mod authenticator_data;
mod cbor;
mod client_data;
mod cose;
mod encoded;
mod error;
mod options;
mod registration;
mod relying_party;

pub use authentication::{Authenticated, AuthenticationResponse};
pub use encoded::{Base64Url, Challenge, UserHandle};
pub use error::{PartyError, PasskeyError};
pub use options::{CreationOptions, Descriptor, RequestOptions, User};
pub use registration::{Credential, RegistrationResponse};
pub use relying_party::{RelyingParty, UserVerification};

#[cfg(test)]
mod tests;
