//! Links to the pages of rows, as HTML.

use super::KeyText;
use crate::values::escape;

/// The label of a row, or what stands for one without a letter.
pub fn named(text: &str) -> &str {
    if text.is_empty() { "(no name)" } else { text }
}

/// Writes a link to the page of a row, or its text alone where there is none.
pub fn write_link(out: &mut String, path: &str, key: &KeyText, text: &str) {
    let text = named(text);
    if path.is_empty() || key.is_empty() {
        return escape(out, text);
    }
    out.push_str("<a href=\"");
    escape(out, path);
    out.push('/');
    match key {
        KeyText::Number(number) => out.push_str(itoa::Buffer::new().format(*number)),
        KeyText::Text(text) => escape(out, text),
    }
    out.push_str("\">");
    escape(out, text);
    out.push_str("</a>")
}
