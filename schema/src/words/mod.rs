//! The names and the parts of a schema in words, as people read them.

pub(crate) mod name;
pub(crate) mod parts;

/// Text of any length and form on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
