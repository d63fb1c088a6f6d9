//! The tokens of emitted Rust as one list over one text, which the tree borrows from.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use super::spacing;

/// The tokens of some Rust, in order.
#[derive(Debug)]
pub(in crate::format) struct Tokens {
    /// All of it on one line, spaced as rustfmt does it: what fits on a line is a part of this.
    text: String,
    list: Vec<Token>,
}

/// A token, by where it stands in the text.
#[derive(Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
    /// How many tokens stand between an opening delimiter and its closing one.
    inner: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a keyword or a lifetime.
    Word,
    Literal,
    /// An operator, whole: `::`, `->`.
    Punct,
    /// The first of the bars around the parameters of a closure.
    Bar,
    Open,
    Close,
}

impl Tokens {
    pub(in crate::format) fn new(stream: TokenStream) -> Self {
        let mut tokens = Self {
            text: String::with_capacity(1024),
            list: Vec::with_capacity(256),
        };
        tokens.extend(stream);
        tokens
    }

    /// Rust that reads as the tokens do, all on one line.
    pub(in crate::format) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn cursor(&self) -> Cursor<'_> {
        Cursor {
            text: &self.text,
            list: &self.list,
        }
    }

    /// Takes the stream apart, without a copy where no other stream shares its tokens.
    fn extend(&mut self, stream: TokenStream) {
        // The character that the next one may make an operator with.
        let mut joint = None;
        let (mut lifetime, mut in_closure) = (false, false);
        for tree in stream {
            let before = joint.take();
            match tree {
                TokenTree::Group(group) => {
                    let delimiter = group.delimiter();
                    let inner = group.stream();
                    drop(group);
                    self.group(delimiter, inner);
                }
                TokenTree::Ident(ident) => {
                    self.start(Kind::Word, "");
                    self.text.push_str(if lifetime { "'" } else { "" });
                    lifetime = false;
                    write!(self.text, "{ident}").expect("a string takes every text");
                    self.end();
                }
                TokenTree::Literal(literal) => {
                    self.start(Kind::Literal, "");
                    write!(self.text, "{literal}").expect("a string takes every text");
                    self.end();
                }
                TokenTree::Punct(punct) => {
                    let character = punct.as_char();
                    if character == '\'' {
                        lifetime = true;
                        continue;
                    }
                    joint = (punct.spacing() == Spacing::Joint).then_some(character);
                    if let Some(first) = before
                        && let Some(operator) = operator(first, character)
                    {
                        self.pop();
                        self.push(Kind::Punct, operator);
                        joint = None;
                    } else {
                        in_closure ^= character == '|';
                        let kind = match (character, in_closure) {
                            ('|', true) => Kind::Bar,
                            _ => Kind::Punct,
                        };
                        self.push(kind, character.encode_utf8(&mut [0; 4]));
                    }
                }
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, inner: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => return self.extend(inner),
        };
        let is_tuple = open == "(" && !self.is_called();
        let at = self.list.len();
        self.push(Kind::Open, open);
        self.extend(inner);
        let inner = &self.list[at + 1..];
        let commas = inner.iter().filter(|token| self.reads(token, ","));
        if self.ends_with(",") && !(is_tuple && commas.count() == 1) {
            self.pop();
        }
        self.list[at].inner = self.list.len() - at - 1;
        self.push(Kind::Close, close);
    }

    /// Whether parentheses that follow are those of a call, a macro or a function.
    fn is_called(&self) -> bool {
        let Some(last) = self.list.last() else {
            return false;
        };
        last.kind == Kind::Word || self.ends_with(">") || self.ends_with("!")
    }

    fn ends_with(&self, text: &str) -> bool {
        self.list.last().is_some_and(|last| self.reads(last, text))
    }

    fn reads(&self, token: &Token, text: &str) -> bool {
        token.kind != Kind::Literal && &self.text[token.start..token.end] == text
    }

    fn push(&mut self, kind: Kind, text: &str) {
        if text == ">" && self.ends_with(",") {
            self.pop();
        }
        self.start(kind, text);
        self.text.push_str(text);
        self.end();
    }

    /// Begins a token, after a space where one belongs; `text` is that of a punctuation mark or a delimiter.
    fn start(&mut self, kind: Kind, text: &str) {
        let before = self.list.last().map(|last| (last.kind, self.last_text()));
        if before.is_some_and(|before| spacing::is_between(before, (kind, text))) {
            self.text.push(' ');
        }
        self.list.push(Token {
            kind,
            start: self.text.len(),
            end: self.text.len(),
            inner: 0,
        });
    }

    fn last_text(&self) -> &str {
        match self.list.last() {
            Some(last) => &self.text[last.start..last.end],
            None => "",
        }
    }

    fn end(&mut self) {
        if let Some(last) = self.list.last_mut() {
            last.end = self.text.len();
        }
    }

    /// Takes the last token away again.
    fn pop(&mut self) {
        self.list.pop();
        self.text
            .truncate(self.list.last().map_or(0, |last| last.end));
    }
}

/// The operator of these two characters.
fn operator(first: char, second: char) -> Option<&'static str> {
    Some(match (first, second) {
        (':', ':') => "::",
        ('-', '>') => "->",
        ('=', '>') => "=>",
        ('.', '.') => "..",
        ('=', '=') => "==",
        ('!', '=') => "!=",
        ('&', '&') => "&&",
        ('|', '|') => "||",
        _ => return None,
    })
}

/// A place among the tokens of a file, of a group, or of a part of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    list: &'a [Token],
}

impl<'a> Cursor<'a> {
    pub(super) fn is_empty(self) -> bool {
        self.list.is_empty()
    }

    /// All that is left, on one line; `None` where that has braces, which mostly break.
    pub(super) fn inline(self) -> Option<&'a str> {
        let (Some(first), Some(last)) = (self.list.first(), self.list.last()) else {
            return Some("");
        };
        let text = &self.text[first.start..last.end];
        (!text.contains('{')).then_some(text)
    }

    /// What stands between this place and a later one, on one line.
    pub(super) fn up_to(self, later: Self) -> &'a str {
        let taken = &self.list[..self.list.len() - later.list.len()];
        match (taken.first(), taken.last()) {
            (Some(first), Some(last)) => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// The text of the next token; empty at the end.
    pub(super) fn peek(self) -> &'a str {
        self.peek_at(0)
    }

    /// The text of a token further on.
    pub(super) fn peek_at(self, distance: usize) -> &'a str {
        match self.list.get(distance) {
            Some(token) => &self.text[token.start..token.end],
            None => "",
        }
    }

    pub(super) fn is_word(self) -> bool {
        self.is(Kind::Word)
    }

    pub(super) fn is_literal(self) -> bool {
        self.is(Kind::Literal)
    }

    pub(super) fn is_open(self) -> bool {
        self.is(Kind::Open)
    }

    /// Takes the next token, whatever it is.
    pub(super) fn next(&mut self) -> Option<&'a str> {
        let (_, rest) = self.list.split_first()?;
        let text = self.peek();
        self.list = rest;
        Some(text)
    }

    /// Takes the next token if it reads so.
    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.peek() == text && !self.is_literal();
        if found {
            self.next();
        }
        found
    }

    /// Takes the next token, which must read so.
    pub(super) fn expect(&mut self, text: &str) -> Option<()> {
        self.eat(text).then_some(())
    }

    /// Takes the next token, which must be an identifier, a keyword or a lifetime.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        if self.is_word() { self.next() } else { None }
    }

    /// Takes the next group, which must open so, and returns what is inside.
    pub(super) fn group(&mut self, open: &str) -> Option<Self> {
        if self.is_open() && self.peek() == open {
            Some(self.any_group()?.0)
        } else {
            None
        }
    }

    /// Takes the next group: what is inside, and its delimiters.
    pub(super) fn any_group(&mut self) -> Option<(Self, [&'a str; 2])> {
        let (open, rest) = self.list.split_first()?;
        let (inner, rest) = rest.split_at(open.inner);
        let inner = Self {
            text: self.text,
            list: inner,
        };
        let opens = self.peek();
        self.list = rest;
        let closes = self.next()?;
        Some((inner, [opens, closes]))
    }

    /// Takes everything before the next token that reads so, outside of groups and generics.
    pub(super) fn until(&mut self, ends: &[&str]) -> Self {
        let start = *self;
        let mut depth = 0_usize;
        while !self.is_empty() {
            let text = self.peek();
            if depth == 0 && ends.contains(&text) && !self.is_literal() {
                break;
            }
            match text {
                "<" => depth += 1,
                ">" => depth = depth.saturating_sub(1),
                _ => {}
            }
            if self.is_open() {
                self.any_group();
            } else {
                self.next();
            }
        }
        Self {
            text: start.text,
            list: &start.list[..start.list.len() - self.list.len()],
        }
    }

    fn is(self, kind: Kind) -> bool {
        self.list.first().is_some_and(|token| token.kind == kind)
    }
}
