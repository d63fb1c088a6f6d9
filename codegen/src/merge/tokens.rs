//! The tokens of Rust, comments among them, also of a text that does not parse.

/// A token and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: TokenKind,
    pub(crate) text: &'a str,
    /// The byte at which it begins.
    pub(crate) start: usize,
}

/// What a token is, as far as merging and renaming need to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Space,
    Comment,
    Ident,
    /// A string of any form, quotes included.
    Text,
    /// A character, a lifetime or a number.
    Literal,
    /// One character of punctuation.
    Punct,
}

/// Takes the text apart; the tokens together are the text again.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let (kind, length) = next(rest);
        tokens.push(Token {
            kind,
            text: &rest[..length],
            start,
        });
        start += length;
    }
    tokens
}

/// The kind and the length of the first token of a text that is not empty.
fn next(text: &str) -> (TokenKind, usize) {
    let first = text.chars().next().unwrap_or_default();
    if first.is_whitespace() {
        return (TokenKind::Space, run(text, char::is_whitespace));
    }
    if text.starts_with("//") {
        return (TokenKind::Comment, text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return (TokenKind::Comment, block_comment(text));
    }
    if let Some(length) = string(text) {
        return (TokenKind::Text, length);
    }
    if first == '\'' {
        return (TokenKind::Literal, character_or_lifetime(text));
    }
    if first.is_ascii_digit() {
        return (TokenKind::Literal, number(text));
    }
    if is_ident(first) {
        let raw = text.strip_prefix("r#").map_or(0, |_| 2);
        return (TokenKind::Ident, raw + run(&text[raw..], is_ident));
    }
    (TokenKind::Punct, first.len_utf8())
}

fn is_ident(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|character| !is_in(character))
        .unwrap_or(text.len())
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a string such as `"…"`, `b"…"`, `r#"…"#`, if the text begins with one.
fn string(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
    })?;
    let rest = &text[prefix.len()..];
    let hashes = run(rest, |character| character == '#');
    if hashes > 0 && !prefix.ends_with('r') {
        return None;
    }
    let open = prefix.len() + hashes + 1;
    if prefix.ends_with('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        let end = text[open..].find(&close);
        return Some(end.map_or(text.len(), |end| open + end + close.len()));
    }
    let mut escaped = false;
    for (at, character) in text[open..].char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(open + at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

fn character_or_lifetime(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match characters.next() {
        Some((_, '\\')) => text[2..]
            .char_indices()
            .skip(1)
            .find(|(_, character)| *character == '\'')
            .map_or(text.len(), |(at, _)| 2 + at + 1),
        Some((at, character)) => {
            let after = at + character.len_utf8();
            if text[after..].starts_with('\'') {
                after + 1
            } else {
                1 + run(&text[1..], is_ident)
            }
        }
        None => text.len(),
    }
}

/// `12`, `0xff`, `1_000u64`, `1.5e-3`; not the dots of `0..10` and `tuple.0.field`.
fn number(text: &str) -> usize {
    let whole = run(text, is_ident);
    match text[whole..].strip_prefix('.') {
        Some(rest) if rest.starts_with(|next: char| next.is_ascii_digit()) => {
            whole + 1 + run(rest, is_ident)
        }
        _ => whole,
    }
}

/// Whether two texts differ in nothing but layout: space, and commas before a closing bracket.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || significant(a) == significant(b)
}

fn significant(text: &str) -> Vec<&str> {
    let mut kept: Vec<&str> = Vec::new();
    for token in tokens(text) {
        match token.kind {
            TokenKind::Space => {}
            TokenKind::Comment => kept.push(token.text.trim_end()),
            _ => {
                if matches!(token.text, ")" | "]" | "}") && kept.last() == Some(&",") {
                    kept.pop();
                }
                kept.push(token.text);
            }
        }
    }
    kept
}
