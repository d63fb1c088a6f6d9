//! Lines that are elements of a list: each whole in itself, and none of them depends on its neighbours.

use super::{Language, TokenKind, tokens};

/// Whether the lines are nothing but elements.
pub(super) fn are_elements(language: Language, lines: &[&str]) -> bool {
    match language {
        Language::Rust => is_rust(&lines.concat()),
        Language::Html => lines.iter().all(|line| is_html(line)),
        Language::Toml | Language::Text => false,
    }
}

/// Fields of literals and elements of arrays, which end with a comma, or links of a chain, which begin
/// with a dot.
fn is_rust(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut begins = true;
    let mut begins_with_dot = false;
    let mut last = "";
    let (mut chain, mut list) = (true, true);
    for token in tokens(text) {
        match token.kind {
            TokenKind::Space => {
                if depth == 0 && token.text.contains('\n') && !last.is_empty() {
                    // A new line outside of all brackets begins another element.
                    list &= last == ",";
                    chain &= begins_with_dot && last != ";";
                    begins = true;
                    last = "";
                }
                continue;
            }
            TokenKind::Comment => continue,
            _ => {}
        }
        if begins {
            begins = false;
            begins_with_dot = token.text == ".";
        }
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        last = token.text;
    }
    depth == 0 && last.is_empty() && (chain || list)
}

/// Elements of HTML that end on their line, without tags of askama.
fn is_html(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() {
        return true;
    }
    let opened = line.matches('<').count() - line.matches("</").count();
    let void = ["<input", "<br", "<hr", "<img", "<link", "<meta"]
        .iter()
        .map(|tag| line.matches(tag).count())
        .sum::<usize>();
    !line.contains("{%") && !line.contains("<!") && opened == line.matches("</").count() + void
}
