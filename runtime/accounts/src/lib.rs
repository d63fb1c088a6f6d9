//! Accounts: how people prove who they are, and what is stored of that.
//!
//! The own [`tables`], what is [stored](store) in them and how an application [starts](start) alone know the SQL of a
//! database; [`Accounts`] and its pages alone know a request. No error repeats a password, a key or a code.

mod accounts;
mod digest;
mod identifier;
pub mod oidc;
mod otp;
mod pages;
pub mod passkey;
pub mod password;
mod public_key;
mod random;
pub mod recovery;
pub mod secret_key;
mod session_key;
mod signing;
pub mod start;
pub mod store;
pub mod tables;
mod token;

pub use accounts::{Accounts, Limit, PageAround, Settings, SignedIn};
pub use digest::SecretDigest;
pub use identifier::{Identifier, IdentifierError};
pub use otp::TotpSecret;
pub use secret_key::{SecretKeys, WeakKey};
pub use session_key::SessionKey;
pub use signing::{Opened, Purpose, SignatureError};
pub use token::{NewToken, Token, TokenError};
