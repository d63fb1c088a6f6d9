//! Values, the labels of rows and rows of any table as JSON, by the feature `serde`.
//!
//! Whatever a JSON number cannot hold exactly in every language is a text: exact numbers are, and moments, spans and
//! ranges. Whole numbers of 64 bits stay numbers.

mod hex;
mod row;
#[cfg(test)]
mod tests;
mod values;

pub use hex::{Hex, hex};
