//! The functions that statements can call in SQLite, given to it by the driver.

/// Says what a cell means.
pub const MEANING: &str = "umbel_meaning";
/// Says how a cell is written down: by a value of the same notation, always the same.
pub const SAMPLE: &str = "umbel_sample";
/// Writes a value down as a sample is.
pub const LIKE: &str = "umbel_like";
/// Hashes a row.
pub const ROW_HASH: &str = "umbel_row_hash";
