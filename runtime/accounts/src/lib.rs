//! Accounts: how people prove who they are.
//!
//! Nothing in it knows a database, a request or a page. No error of it repeats a password, a key or a code.

mod digest;
mod identifier;
pub mod password;
mod random;
mod session_key;
mod token;

pub use digest::SecretDigest;
pub use identifier::{Identifier, IdentifierError};
pub use session_key::SessionKey;
pub use token::{NewToken, Token, TokenError};
