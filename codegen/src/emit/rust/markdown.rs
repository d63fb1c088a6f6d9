//! Texts of the database as documentation: Markdown that shows them, makes no link or tag of them, and holds no code that
//! `cargo test` would run.

use crate::emit::turns_text;

/// The lines of a text as those of a documentation comment.
///
/// ```text
/// See https://example.com        See <https://example.com>
/// - one, which goes on           - one, which goes on
/// in the next line                 in the next line
/// ```
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let mut indent = 0;
    let lines = text.split(['\n', '\r']).map(|line| {
        let line = printable(line);
        let line = line.trim();
        if line.is_empty() {
            indent = 0;
            return String::new();
        }
        match item(line) {
            Some((marker, rest)) => {
                indent = marker.len() + 1;
                format!("{marker} {}", first(rest))
            }
            // Of an item of a list, as clippy wants to see it.
            None => format!("{:indent$}{}", "", first(line)),
        }
    });
    let mut lines: Vec<String> = lines.collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// A text of one line within a sentence.
pub(super) fn inline(text: &str) -> String {
    escape(printable(text).trim())
}

/// A name as code: `public.film`.
pub(super) fn code(name: &str) -> String {
    format!("`{}`", printable(name).replace('`', "'"))
}

/// A blank for each character that Rust refuses in a comment: a carriage return, what turns the direction of a text.
pub(super) fn printable(text: &str) -> String {
    let is_refused = |character: char| character.is_control() || turns_text(character);
    text.replace(is_refused, " ")
}

/// The marker of an item of a list, and what follows: `- one`, `1. one`.
fn item(line: &str) -> Option<(&str, &str)> {
    let (marker, rest) = line.split_once(char::is_whitespace)?;
    let is_number = |digits: &str| {
        (1..=9).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let is_marker =
        matches!(marker, "-" | "*" | "+") || marker.strip_suffix(['.', ')']).is_some_and(is_number);
    is_marker.then(|| (marker, rest.trim_start()))
}

/// The beginning of a line: a list in a list and a fence would begin something else.
fn first(line: &str) -> String {
    let begins = item(line).is_some() || line.starts_with("~~~");
    let escaped = escape(line);
    match begins {
        true => match escaped.find(|letter: char| !letter.is_ascii_digit()) {
            Some(at) => format!("{}\\{}", &escaped[..at], &escaped[at..]),
            None => escaped,
        },
        false => escaped,
    }
}

/// Text outside of code keeps its brackets and backslashes, and addresses are links.
fn escape(line: &str) -> String {
    let has_code = pairs_backticks(line);
    let mut escaped = String::with_capacity(line.len());
    let mut in_code = false;
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        match character {
            '`' if has_code => {
                in_code = !in_code;
                escaped.push('`');
            }
            _ if in_code => escaped.push(character),
            '[' | ']' | '<' | '>' | '`' => escaped.extend(['\\', character]),
            '\\' if after
                .chars()
                .next()
                .is_none_or(|next| next.is_ascii_punctuation()) =>
            {
                escaped.push_str("\\\\");
            }
            'h' if !escaped.ends_with(char::is_alphanumeric) && address(rest) > 0 => {
                let (address, others) = rest.split_at(address(rest));
                escaped.extend(["<", address, ">"]);
                rest = others;
                continue;
            }
            other => escaped.push(other),
        }
        rest = after;
    }
    escaped
}

/// Whether the backticks of a line are those of pieces of code, so that none pairs with one of another line.
fn pairs_backticks(line: &str) -> bool {
    line.matches('`').count().is_multiple_of(2) && !line.contains("``") && !line.contains("\\`")
}

/// How long the address of a web page is that a text begins with.
fn address(text: &str) -> usize {
    let scheme = ["https://", "http://"];
    let Some(scheme) = scheme.into_iter().find(|scheme| text.starts_with(scheme)) else {
        return 0;
    };
    let is_end = |letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '`' | '"');
    let end = text.find(is_end).unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
    match address.len() > scheme.len() {
        true => address.len(),
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        assert_eq!(lines(text), expect, "{text:?}");
    }

    #[test]
    fn ordinary_sentences() {
        check("The title, as printed.", &["The title, as printed."]);
        check("One.\n\nTwo.\n", &["One.", "", "Two."]);
        check("In `a[1]` or a[1]", &["In `a[1]` or a\\[1\\]"]);
        check("C:\\films, 1 < 2", &["C:\\films, 1 \\< 2"]);
    }

    #[test]
    fn no_fence_begins_code() {
        check("```\nrun();\n```", &["\\`\\`\\`", "run();", "\\`\\`\\`"]);
        check("~~~\nrun();\n~~~", &["\\~~~", "run();", "\\~~~"]);
        check("> ```rust", &["\\> \\`\\`\\`rust"]);
        check("- ~~~", &["- \\~~~"]);
        check("1. ```", &["1. \\`\\`\\`"]);
    }

    #[test]
    fn no_indent_begins_code() {
        check("\n    run();", &["", "run();"]);
        check("\u{1}\u{1}\u{1}\u{1}\u{1}run();", &["run();"]);
        check("-      run();", &["- run();"]);
        check("- - run();", &["- \\- run();"]);
        check("1. 2) run();", &["1. 2\\) run();"]);
    }

    #[test]
    fn items_of_a_list_go_on() {
        check("- one\ntwo\n\nthree", &["- one", "  two", "", "three"]);
        check("10) one\ntwo", &["10) one", "    two"]);
    }

    #[test]
    fn backticks_pair_within_a_line() {
        check("a ` b\n`[c]`", &["a \\` b", "`[c]`"]);
        check("a \\` [b] `", &["a \\\\\\` \\[b\\] \\`"]);
    }

    #[test]
    fn addresses() {
        check(
            "(see https://example.com/a_b).",
            &["(see <https://example.com/a_b>)."],
        );
        check("`https://example.com`", &["`https://example.com`"]);
        check("https://", &["https://"]);
    }

    #[test]
    fn characters_that_rust_refuses() {
        check("a\rb\u{202e}c\td", &["a", "b c d"]);
    }
}
