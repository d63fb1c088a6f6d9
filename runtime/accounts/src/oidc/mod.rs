//! OpenID Connect: signing in at somebody else's, by the authorization code flow with PKCE.
//!
//! What is sent and fetched is the caller's: here is what to send, and whether what comes is to be believed.

mod discovery;
mod error;
mod id_token;
mod jwks;
mod jwt;
mod sign_in;

pub use discovery::Provider;
pub use error::{CallbackError, DiscoveryError, IdTokenError};
pub use id_token::Claims;
pub use jwks::Jwks;
pub use sign_in::{Callback, Client, SignIn};

#[cfg(test)]
mod tests;
