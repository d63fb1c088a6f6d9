//! Passes over the text of a file, one quote, comment, word or symbol at a time, as PostgreSQL reads it.

/// A place in a text that moves on.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    bytes: &'a [u8],
}

/// What was passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// Blanks, or a comment.
    Nothing,
    /// A keyword, or a name without quotes.
    Word,
    /// A name in double quotes, or in the backticks of other databases.
    Name,
    /// A text in single quotes or dollar quotes.
    Text,
    /// A single character: an operator, a bracket, a digit.
    Symbol,
}

/// What nothing closes: a quote, a comment.
type Unclosed = &'static str;

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            bytes: text.as_bytes(),
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Passes to the end of the text.
    pub(super) fn finish(&mut self) {
        self.at = self.bytes.len();
    }

    /// Passes what stands at this place; nothing at the end.
    pub(super) fn pass(&mut self) -> Result<Option<Lexeme>, Unclosed> {
        let Some(byte) = self.peek(0) else {
            return Ok(None);
        };
        let lexeme = match (byte, self.peek(1)) {
            (b'\'', _) => {
                self.quoted(b'\'', self.is_escape_string(self.at))?;
                Lexeme::Text
            }
            (b'"', _) => {
                self.quoted(b'"', false)?;
                Lexeme::Name
            }
            (b'`', _) => self.backticks(),
            (b'$', _) => self.dollar_quoted()?,
            (b'-', Some(b'-')) => {
                self.line();
                Lexeme::Nothing
            }
            (b'/', Some(b'*')) => {
                self.comment()?;
                Lexeme::Nothing
            }
            (byte, _) if byte.is_ascii_whitespace() => {
                self.at += 1;
                Lexeme::Nothing
            }
            (byte, _) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
                self.word();
                Lexeme::Word
            }
            _ => self.symbol(),
        };
        Ok(Some(lexeme))
    }

    /// Passes the rest of the line, and what ends it: a line feed, a carriage return or both.
    pub(super) fn line(&mut self) {
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|&byte| matches!(byte, b'\n' | b'\r'));
        self.at += end.map_or(rest.len(), |end| match &rest[end..] {
            [b'\r', b'\n', ..] => end + 2,
            _ => end + 1,
        });
    }

    pub(super) fn begins_line(&self) -> bool {
        matches!(self.bytes[..self.at].last(), None | Some(b'\n' | b'\r'))
    }

    /// Passes `/* … */`, in which others may stand.
    fn comment(&mut self) -> Result<(), Unclosed> {
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
    fn quoted(&mut self, quote: u8, escapes: bool) -> Result<(), Unclosed> {
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
        self.finish();
        Err(if quote == b'"' {
            "quoted name"
        } else {
            "quoted text"
        })
    }

    /// Passes a name that ends on its line; else a lone backtick, which may be an operator.
    fn backticks(&mut self) -> Lexeme {
        let rest = &self.bytes[self.at + 1..];
        let end = rest.iter().position(|&byte| byte == b'`' || byte == b'\n');
        match end.filter(|&end| end > 0 && rest[end] == b'`') {
            Some(end) => {
                self.at += end + 2;
                Lexeme::Name
            }
            None => self.symbol(),
        }
    }

    /// Passes `$tag$ … $tag$`, or a dollar sign that begins no such thing.
    fn dollar_quoted(&mut self) -> Result<Lexeme, Unclosed> {
        let rest = &self.text[self.at..];
        let tag = rest[1..].find('$').map(|end| &rest[..end + 2]);
        let is_tag = |tag: &&str| {
            let name = &tag[1..tag.len() - 1];
            let named = |c: char| c.is_alphanumeric() || c == '_';
            name.chars().all(named) && !name.starts_with(|c: char| c.is_ascii_digit())
        };
        let Some(tag) = tag.filter(is_tag) else {
            return Ok(self.symbol());
        };
        let end = rest[tag.len()..].find(tag).ok_or("dollar quote")?;
        self.at += end + 2 * tag.len();
        Ok(Lexeme::Text)
    }

    /// Passes a word; a dollar sign within it begins no quote.
    fn word(&mut self) {
        let goes_on = |byte: &u8| {
            byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'$' || *byte >= 0x80
        };
        let rest = &self.bytes[self.at..];
        self.at += rest
            .iter()
            .position(|byte| !goes_on(byte))
            .unwrap_or(rest.len());
    }

    fn symbol(&mut self) -> Lexeme {
        self.at += 1;
        Lexeme::Symbol
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
}
