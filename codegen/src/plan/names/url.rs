//! Names as segments of a URL.

use std::fmt::Write as _;

/// A table's name as a segment of a path: letters, digits and `-._~` as they are, the rest percent-encoded.
pub(crate) fn segment(name: &str) -> String {
    // A browser takes these for the folder itself, and for the one above.
    if matches!(name, "." | "..") {
        return format!("{name}_");
    }
    let mut segment = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            write!(segment, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    segment
}
