//! The words of an SQL text as SQLite reads them, without blanks and comments.

/// A word of an SQL text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    /// As written, with its quotes.
    pub(crate) text: &'a str,
    /// Where it begins in the text.
    pub(crate) start: usize,
}

/// What kind of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A keyword or a plain name.
    Word,
    /// A name in double quotes, backticks or brackets.
    Quoted,
    /// A text in single quotes.
    Text,
    Number,
    /// An operator, a bracket, a comma.
    Symbol,
}

impl<'a> Token<'a> {
    /// Where it ends in the text.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword, in any case.
    pub(crate) fn is(&self, keyword: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this symbol.
    pub(crate) fn is_symbol(&self, symbol: &str) -> bool {
        self.kind == Kind::Symbol && self.text == symbol
    }

    /// The name that it stands for: `"the ""best"""` → `the "best"`.
    pub(crate) fn name(&self) -> String {
        let quote = match (self.kind, self.text.chars().next()) {
            (Kind::Quoted | Kind::Text, Some(quote)) => quote,
            _ => return self.text.to_owned(),
        };
        let inner = self.text.get(1..self.text.len() - 1).unwrap_or_default();
        match quote {
            '[' => inner.to_owned(),
            quote => inner.replace(&format!("{quote}{quote}"), &quote.to_string()),
        }
    }
}

/// The words of a text; a quote that never ends takes the rest.
pub(crate) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = sql[at..].chars().next() {
        let rest = &sql[at..];
        let (kind, length) = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '-' if rest.starts_with("--") => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '/' if rest.starts_with("/*") => {
                at += rest.find("*/").map_or(rest.len(), |end| end + 2);
                continue;
            }
            '\'' => (Kind::Text, quoted(rest, '\'')),
            '"' | '`' => (Kind::Quoted, quoted(rest, first)),
            '[' => (
                Kind::Quoted,
                rest.find(']').map_or(rest.len(), |end| end + 1),
            ),
            '0'..='9' => (
                Kind::Number,
                span(rest, |c| c.is_alphanumeric() || c == '.'),
            ),
            _ if is_name(first) => (Kind::Word, span(rest, is_name)),
            _ => (Kind::Symbol, symbol(rest, first)),
        };
        tokens.push(Token {
            kind,
            text: &rest[..length],
            start: at,
        });
        at += length;
    }
    tokens
}

/// The position after the bracket that closes the one at `open`.
pub(crate) fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, token) in tokens[open..].iter().enumerate() {
        if token.is_symbol("(") {
            depth += 1;
        } else if token.is_symbol(")") {
            depth = depth.saturating_sub(1);
        }
        if depth == 0 {
            return open + offset + 1;
        }
    }
    tokens.len()
}

/// The parts of a list, separated by commas that stand in no brackets.
pub(crate) fn split<'t, 'a>(tokens: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < tokens.len() {
        if tokens[at].is_symbol("(") {
            at = closing(tokens, at);
            continue;
        }
        if tokens[at].is_symbol(",") {
            parts.push(&tokens[start..at]);
            start = at + 1;
        }
        at += 1;
    }
    parts.push(&tokens[start..]);
    parts
}

/// The text from the first to the last of some words, as written.
pub(crate) fn text_of<'a>(sql: &'a str, tokens: &[Token<'_>]) -> &'a str {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => &sql[first.start..last.end()],
        _ => "",
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$' || !letter.is_ascii()
}

fn span(text: &str, inside: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !inside(letter)).unwrap_or(text.len())
}

/// How long a quoted text is; a doubled quote belongs to it.
fn quoted(text: &str, quote: char) -> usize {
    let mut at = 1;
    while let Some(end) = text[at..].find(quote) {
        at += end + 1;
        if !text[at..].starts_with(quote) {
            return at;
        }
        at += 1;
    }
    text.len()
}

fn symbol(text: &str, first: char) -> usize {
    const LONG: [&str; 8] = ["->>", "->", "||", "==", "<>", "!=", "<=", ">="];
    let long = LONG.iter().find(|symbol| text.starts_with(**symbol));
    long.map_or(first.len_utf8(), |symbol| symbol.len())
}

#[cfg(test)]
mod tests {
    use super::{split, tokens};

    #[track_caller]
    fn check(sql: &str, expect: &[&str]) {
        let found: Vec<_> = tokens(sql).iter().map(|token| token.text).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn words() {
        check(
            "a>=1.5 -- no\n/* no, */ OR [b c]='it''s'",
            &["a", ">=", "1.5", "OR", "[b c]", "=", "'it''s'"],
        );
        check("\"a\"\"b\" `c`", &["\"a\"\"b\"", "`c`"]);
        check("'never ends", &["'never ends"]);
        check("größe||x", &["größe", "||", "x"]);
    }

    #[test]
    fn names() {
        let name = |sql| tokens(sql)[0].name();
        assert_eq!(name("\"a\"\"b\""), "a\"b");
        assert_eq!(name("[a b]"), "a b");
        assert_eq!(name("Plain"), "Plain");
    }

    #[test]
    fn lists() {
        let all = tokens("a, f(b, c), d");
        let parts: Vec<usize> = split(&all).iter().map(|part| part.len()).collect();
        assert_eq!(parts, [1, 6, 1]);
    }
}
