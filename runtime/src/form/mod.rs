//! Forms: what a person types, the rules that it must satisfy, and what is said when it does not.

mod errors;

pub use errors::Errors;
