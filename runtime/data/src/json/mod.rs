//! Values, the labels of rows and rows of any table as JSON, by the feature `serde`.
//!
//! Exact numbers are texts, since JavaScript reads every number as one with a floating point; whole numbers of 64 bits
//! stay numbers all the same, as PostgreSQL has them in its own JSON.

mod hex;
mod row;
#[cfg(test)]
mod tests;
mod values;

pub use hex::{Hex, hex};
