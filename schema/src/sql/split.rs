//! Cuts the text of a file into statements, as psql does.
//!
//! A semicolon ends a statement unless it stands within quotes, a comment, brackets or an SQL-standard function body.

use std::ops::Range;

use super::psql;
use super::scan::{Lexeme, Scanner};

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
        scanner: Scanner::new(text),
    };
    let mut statements = Vec::new();
    while let Some(statement) = splitter.next() {
        statements.push(statement);
    }
    statements
}

struct Splitter<'a> {
    scanner: Scanner<'a>,
}

impl Splitter<'_> {
    fn next(&mut self) -> Option<Statement> {
        if let Err((start, what)) = self.skip_blanks() {
            return Some(self.unclosed(start, what));
        }
        let start = self.scanner.at;
        match self.scanner.peek(0)? {
            b'\\' => Some(self.meta(start)),
            _ => Some(self.statement(start)),
        }
    }

    /// Passes blanks, comments and lone semicolons.
    fn skip_blanks(&mut self) -> Result<(), (usize, &'static str)> {
        let scanner = &mut self.scanner;
        // A byte order mark is three bytes.
        if scanner.at == 0 && scanner.text.starts_with('\u{feff}') {
            scanner.at = 3;
        }
        loop {
            let start = scanner.at;
            match (scanner.peek(0), scanner.peek(1)) {
                (Some(b'-'), Some(b'-')) | (Some(b'/'), Some(b'*')) => {
                    scanner.pass().map_err(|what| (start, what))?;
                }
                (Some(byte), _) if byte.is_ascii_whitespace() || byte == b';' => scanner.at += 1,
                _ => return Ok(()),
            }
        }
    }

    fn meta(&mut self, start: usize) -> Statement {
        self.scanner.line();
        Statement {
            range: start..self.scanner.at,
            kind: Kind::Meta,
        }
    }

    fn statement(&mut self, start: usize) -> Statement {
        let mut brackets = 0_usize;
        let mut body = Body::default();
        while let Some(byte) = self.scanner.peek(0) {
            let before = self.scanner.at;
            match byte {
                b';' if brackets == 0 && !body.is_open() => {
                    self.scanner.at += 1;
                    return self.ended(start);
                }
                // A line that begins so is psql's, also where the semicolon before it was forgotten.
                b'\\' if self.ends_here() => return self.ended(start),
                b'(' | b'[' => brackets += 1,
                b')' | b']' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            match self.scanner.pass() {
                Ok(Some(Lexeme::Word)) => {
                    let text = self.scanner.text;
                    body.see(&text[start..], &text[before..self.scanner.at]);
                }
                Ok(_) => {}
                Err(what) => return self.unclosed(before, what),
            }
        }
        if brackets > 0 {
            return self.unclosed(start, "bracket");
        }
        self.ended(start)
    }

    /// Whether a backslash is psql's: at the start of a line, or before a command that runs what stands before it.
    fn ends_here(&self) -> bool {
        let rest = &self.scanner.text[self.scanner.at..];
        self.scanner.begins_line() || psql::ends_statement(rest)
    }

    fn ended(&mut self, start: usize) -> Statement {
        let text = &self.scanner.text[start..self.scanner.at];
        let range = start..start + text.trim_end().len();
        let kind = if copies_from_stdin(text) {
            self.skip_rows();
            Kind::Copy
        } else {
            Kind::Sql
        };
        Statement { range, kind }
    }

    fn unclosed(&mut self, start: usize, what: &'static str) -> Statement {
        self.scanner.finish();
        Statement {
            range: start..self.scanner.at,
            kind: Kind::Unclosed(what),
        }
    }

    /// Passes the rows of a COPY, to the line `\.`.
    fn skip_rows(&mut self) {
        self.scanner.line();
        while self.scanner.peek(0).is_some() {
            let start = self.scanner.at;
            self.scanner.line();
            if self.scanner.text[start..self.scanner.at].trim_end() == "\\." {
                return;
            }
        }
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
        check("a\r\\x\rb", &["a", "meta \\x", "b"]);
        check("a \\gset\nb \\d; c;", &["a", "meta \\gset", "b \\d;", "c;"]);
    }

    #[test]
    fn every_end_of_a_line() {
        check("-- x\ra;\r\n-- y;\rb;", &["a;", "b;"]);
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
