//! Accounts: how people prove who they are.
//!
//! Nothing in it knows a database, a request or a page. No error of it repeats a password, a key or a code.

pub mod password;
mod random;
