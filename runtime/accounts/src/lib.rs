//! Accounts: how people prove who they are.
//!
//! Nothing in it knows a database, a request or a page. No error of it repeats a password, a key or a code.

mod digest;
mod identifier;
mod otp;
pub mod password;
mod random;
pub mod recovery;
mod session_key;
mod token;

pub use digest::SecretDigest;
pub use identifier::{Identifier, IdentifierError};
pub use otp::TotpSecret;
pub use session_key::SessionKey;
pub use token::{NewToken, Token, TokenError};
