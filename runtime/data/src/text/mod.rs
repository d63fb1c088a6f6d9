//! Texts of any value: numbers for people, names and values in URLs.

mod number;
mod sent;
pub mod url;

pub use number::{grouped, size};
pub use sent::{of_column, part};
