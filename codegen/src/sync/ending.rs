//! How the lines of a file end: compared as `\n`, written as the file has it.

use std::borrow::Cow;
use std::sync::Arc;

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Lf,
    CrLf,
}

impl Ending {
    /// The ending of a file, by its first line.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let end = bytes.iter().position(|byte| *byte == b'\n');
        match end.and_then(|end| bytes[..end].last()) {
            Some(b'\r') => Self::CrLf,
            _ => Self::Lf,
        }
    }

    /// A text in the place of a file, whose ends of lines it takes.
    pub(crate) fn kept(before: Option<&[u8]>, text: &str) -> Arc<[u8]> {
        let ending = before.map_or(Self::Lf, Self::of);
        ending.apply(text).as_bytes().into()
    }

    /// The text with these ends of lines. One that has others already keeps them where the file would have `\n`: a
    /// setting of rustfmt asks for them.
    pub(crate) fn apply(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Lf => Cow::Borrowed(text),
            Self::CrLf => Cow::Owned(plain(text).replace('\n', "\r\n")),
        }
    }
}

/// The text with `\n` at the end of every line.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_ends_of_lines() {
        for text in ["a\nb\n", "a\r\nb\r\n", "a\r\nb", "\r\n", ""] {
            let ending = Ending::of(text.as_bytes());
            assert_eq!(ending.apply(&plain(text)), text);
        }
    }
}
