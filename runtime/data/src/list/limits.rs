//! How much the address of a list may say.

/// How much the address of a list may say: every link of its page says it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many filters.
    pub filters: usize,
    /// How many bytes of names and values.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            filters: 50,
            bytes: 8 * 1024,
        }
    }
}
