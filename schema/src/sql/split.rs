//! Cuts the text of a file into statements, as psql does.
//!
//! A semicolon ends a statement unless it stands within quotes, a comment, brackets or an SQL-standard function body.

use std::ops::Range;

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// Where it stands, without the blanks and comments before it, with its semicolon.
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sql,
    /// `\restrict …`: a line for psql.
    Meta,
    /// `COPY … FROM stdin;`, whose rows follow it and are no part of it.
    Copy,
    /// A quote, a comment or a bracket that nothing closes: the rest of the file.
    Unclosed(&'static str),
}

/// The statements of a text, in order.
pub(super) fn split(text: &str) -> Vec<Statement> {
    let mut splitter = Splitter {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    let mut statements = Vec::new();
    while let Some(statement) = splitter.next() {
        statements.push(statement);
    }
    statements
}

struct Splitter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

/// A stretch of text that no statement ends in.
type Closed = Result<(), &'static str>;

impl<'a> Splitter<'a> {
    fn next(&mut self) -> Option<Statement> {
        let start = match self.skip_blanks() {
            Ok(()) => self.at,
            Err((start, what)) => return Some(self.unclosed(start, what)),
        };
        match self.peek(0)? {
            b'\\' => Some(self.meta(start)),
            _ => Some(self.statement(start)),
        }
    }

    /// Passes blanks, comments and lone semicolons.
    fn skip_blanks(&mut self) -> Result<(), (usize, &'static str)> {
        loop {
            let start = self.at;
            match (self.peek(0), self.peek(1)) {
                (Some(b'-'), Some(b'-')) => self.line(),
                (Some(b'/'), Some(b'*')) => self.comment().map_err(|what| (start, what))?,
                // A byte order mark is three bytes.
                (Some(0xef), Some(0xbb)) if self.at == 0 => self.at = 3,
                (Some(byte), _) if byte.is_ascii_whitespace() || byte == b';' => self.at += 1,
                _ => return Ok(()),
            }
        }
    }

    fn meta(&mut self, start: usize) -> Statement {
        self.line();
        Statement {
            range: start..self.at,
            kind: Kind::Meta,
        }
    }

    fn statement(&mut self, start: usize) -> Statement {
        let mut brackets = 0_usize;
        let mut body = Body::default();
        while let Some(byte) = self.peek(0) {
            let before = self.at;
            let closed = match (byte, self.peek(1)) {
                (b'\'', _) => self.quoted(b'\'', self.is_escape_string(before)),
                (b'"', _) => self.quoted(b'"', false),
                (b'$', _) => self.dollar_quoted(),
                (b'-', Some(b'-')) => {
                    self.line();
                    Ok(())
                }
                (b'/', Some(b'*')) => self.comment(),
                (b'(' | b'[', _) => {
                    brackets += 1;
                    self.step()
                }
                (b')' | b']', _) => {
                    brackets = brackets.saturating_sub(1);
                    self.step()
                }
                (b';', _) if brackets == 0 && !body.is_open() => {
                    self.at += 1;
                    return self.ended(start);
                }
                // A line that begins so is psql's, also where the semicolon before it was forgotten.
                (b'\\', _) if self.begins_line(before) => return self.ended(start),
                (byte, _) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
                    let word = self.word();
                    body.see(&self.text[start..], word);
                    Ok(())
                }
                _ => self.step(),
            };
            if let Err(what) = closed {
                return self.unclosed(before, what);
            }
        }
        if brackets > 0 {
            return self.unclosed(start, "bracket");
        }
        self.ended(start)
    }

    fn ended(&mut self, start: usize) -> Statement {
        let range = start..start + self.text[start..self.at].trim_end().len();
        let kind = if copies_from_stdin(&self.text[range.clone()]) {
            self.skip_rows();
            Kind::Copy
        } else {
            Kind::Sql
        };
        Statement { range, kind }
    }

    fn unclosed(&mut self, start: usize, what: &'static str) -> Statement {
        self.at = self.bytes.len();
        Statement {
            range: start..self.at,
            kind: Kind::Unclosed(what),
        }
    }

    /// Passes the rows of a COPY, to the line `\.`.
    fn skip_rows(&mut self) {
        self.line();
        while self.at < self.bytes.len() {
            let start = self.at;
            self.line();
            if self.text[start..self.at].trim_end() == "\\." {
                return;
            }
        }
    }

    /// Passes the rest of the line.
    fn line(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|&byte| byte == b'\n');
        self.at += end.map_or(rest.len(), |end| end + 1);
    }

    /// Passes `/* … */`, in which others may stand.
    fn comment(&mut self) -> Closed {
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    self.at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return Err("comment"),
            }
        }
    }

    /// Passes a quoted text or name; a quote within is written twice, or after a backslash in `E'…'`.
    fn quoted(&mut self, quote: u8, escapes: bool) -> Closed {
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' if escapes => self.at += 2,
                byte if byte == quote => {
                    self.at += 1;
                    if self.peek(0) != Some(quote) {
                        return Ok(());
                    }
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
        Err(if quote == b'"' {
            "quoted name"
        } else {
            "quoted text"
        })
    }

    /// Passes `$tag$ … $tag$`, or a dollar sign that begins no such thing.
    fn dollar_quoted(&mut self) -> Closed {
        let rest = &self.text[self.at..];
        let tag = rest[1..].find('$').map(|end| &rest[..end + 2]);
        let is_tag = |tag: &&str| {
            let name = &tag[1..tag.len() - 1];
            let named = |c: char| c.is_alphanumeric() || c == '_';
            name.chars().all(named) && !name.starts_with(|c: char| c.is_ascii_digit())
        };
        let Some(tag) = tag.filter(is_tag) else {
            return self.step();
        };
        match rest[tag.len()..].find(tag) {
            Some(end) => {
                self.at += end + 2 * tag.len();
                Ok(())
            }
            None => Err("dollar quote"),
        }
    }

    /// Passes a word; a dollar sign within it begins no quote.
    fn word(&mut self) -> &'a str {
        let start = self.at;
        let goes_on = |byte: &u8| {
            byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'$' || *byte >= 0x80
        };
        let rest = &self.bytes[start..];
        self.at += rest
            .iter()
            .position(|byte| !goes_on(byte))
            .unwrap_or(rest.len());
        &self.text[start..self.at]
    }

    /// Whether the quote at an offset belongs to `E'…'`.
    fn is_escape_string(&self, quote: usize) -> bool {
        let before = &self.bytes[..quote];
        let named = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        matches!(before.last(), Some(b'e' | b'E'))
            && !before
                .get(..quote - 1)
                .and_then(<[u8]>::last)
                .is_some_and(named)
    }

    fn begins_line(&self, at: usize) -> bool {
        matches!(self.bytes[..at].last(), None | Some(b'\n'))
    }

    fn step(&mut self) -> Closed {
        self.at += 1;
        Ok(())
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }
}

/// `BEGIN ATOMIC … END` of an SQL-standard function body, in which semicolons end nothing.
#[derive(Default)]
struct Body {
    /// How many of `BEGIN ATOMIC` and `CASE` are open.
    depth: usize,
    after_begin: bool,
}

impl Body {
    fn see(&mut self, statement: &str, word: &str) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        if self.depth == 0 {
            if self.after_begin && is("ATOMIC") && begins_with(statement, "CREATE") {
                self.depth = 1;
            }
        } else if is("CASE") {
            self.depth += 1;
        } else if is("END") {
            self.depth -= 1;
        }
        self.after_begin = is("BEGIN");
    }

    fn is_open(&self) -> bool {
        self.depth > 0
    }
}

fn begins_with(text: &str, keyword: &str) -> bool {
    let start = text.get(..keyword.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(keyword))
}

fn copies_from_stdin(statement: &str) -> bool {
    if !begins_with(statement, "COPY") {
        return false;
    }
    let words: Vec<_> = statement
        .split(|c: char| c.is_whitespace() || c == ';' || c == '(' || c == ')')
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .any(|pair| pair[0].eq_ignore_ascii_case("FROM") && pair[1].eq_ignore_ascii_case("STDIN"))
}

#[cfg(test)]
mod tests {
    use super::{Kind, split};

    /// The statements of a text, those that are no SQL with their kind.
    fn check(text: &str, expect: &[&str]) {
        let pieces: Vec<String> = split(text)
            .into_iter()
            .map(|statement| {
                let piece = text[statement.range].trim_end();
                match statement.kind {
                    Kind::Sql => piece.to_owned(),
                    Kind::Meta => format!("meta {piece}"),
                    Kind::Copy => format!("copy {piece}"),
                    Kind::Unclosed(what) => format!("unclosed {what} {piece}"),
                }
            })
            .collect();
        assert_eq!(pieces, expect, "{text}");
    }

    #[test]
    fn semicolons() {
        check("a; b ;; c", &["a;", "b ;", "c"]);
        check("\u{feff}a;", &["a;"]);
        check(" -- x;\n/* y; /* z; */ */ a", &["a"]);
        check("a -- x;\n b;", &["a -- x;\n b;"]);
    }

    #[test]
    fn quotes() {
        check("a 'x;''y;' b; c", &["a 'x;''y;' b;", "c"]);
        check("a 'x\\'; c", &["a 'x\\';", "c"]);
        check("a E'x\\';' b; c", &["a E'x\\';' b;", "c"]);
        check("a \"x;\"\"\" b; c", &["a \"x;\"\"\" b;", "c"]);
        check("a type'x\\'; c", &["a type'x\\';", "c"]);
    }

    #[test]
    fn dollar_quotes() {
        check("a $$x;$$; b", &["a $$x;$$;", "b"]);
        check("a $é$x;$$;$é$; b", &["a $é$x;$$;$é$;", "b"]);
        check("a $1; b$x$; c$x$;", &["a $1;", "b$x$;", "c$x$;"]);
    }

    #[test]
    fn rules_and_function_bodies() {
        check(
            "CREATE RULE r DO (a; b); c",
            &["CREATE RULE r DO (a; b);", "c"],
        );
        check(
            "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN b END; c; END; d",
            &[
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN b END; c; END;",
                "d",
            ],
        );
        check("BEGIN; a; END; b", &["BEGIN;", "a;", "END;", "b"]);
    }

    #[test]
    fn lines_for_psql() {
        check(
            "\\restrict x;y\na;\n\\. b\nc",
            &["meta \\restrict x;y", "a;", "meta \\. b", "c"],
        );
        check("a\n\\x\nb", &["a", "meta \\x", "b"]);
    }

    #[test]
    fn rows_of_copy() {
        check(
            "COPY t (a) FROM stdin;\n1;\t'\n\\.\n\nb;",
            &["copy COPY t (a) FROM stdin;", "b;"],
        );
        check("COPY t FROM 'file'; b", &["COPY t FROM 'file';", "b"]);
    }

    #[test]
    fn unclosed() {
        check("a; b 'c; d", &["a;", "unclosed quoted text 'c; d"]);
        check("a; /* c; d", &["a;", "unclosed comment /* c; d"]);
        check("a $$ c; d", &["unclosed dollar quote $$ c; d"]);
        check("a ( c; d", &["unclosed bracket a ( c; d"]);
    }
}
