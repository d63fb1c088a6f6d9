//! The part of a file that makes something, where the way back stands in the same file.
//!
//! Sample: of `-- +goose Up`, `CREATE …`, `-- +goose Down`, `DROP …`, the first two lines. What is no part is blanked,
//! so that every place stays what it was.

use std::borrow::Cow;
use std::ops::Range;

/// What a line says to a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// What follows makes something.
    Up,
    /// What follows takes it back, or is nothing that is run.
    Down,
    /// A statement ends here, with a semicolon or without.
    End,
}

/// The marks of a tool.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub(super) tool: &'static str,
    /// What a line says, which has no blanks at its ends.
    pub(super) of: fn(&str) -> Option<Mark>,
    /// Whether a file is the tool's, by the marks in it.
    pub(super) is_told_by: fn(&[Mark]) -> bool,
}

/// A file is told by the mark of what it makes, as most are.
pub(super) fn has_up(marks: &[Mark]) -> bool {
    marks.contains(&Mark::Up)
}

/// The part of a text that a tool would run, if the text is written for it.
pub(super) fn part<'a>(
    text: &'a str,
    comments: &[Range<usize>],
    marks: &Marks,
) -> Option<Cow<'a, str>> {
    let lines = found(text, comments, marks);
    let of: Vec<Mark> = lines.iter().map(|(mark, _)| *mark).collect();
    if !(marks.is_told_by)(&of) {
        return None;
    }
    let mut blanks = Blanks::of(text);
    // What stands before the first mark is run where no mark says what is.
    let mut runs = !has_up(&of);
    let mut start = 0;
    for (mark, line) in lines {
        if !runs {
            blanks.cover(start..line.start);
        }
        blanks.end_statement(line.clone());
        start = line.end;
        runs = match mark {
            Mark::Up => true,
            Mark::Down => false,
            Mark::End => runs,
        };
    }
    if !runs {
        blanks.cover(start..text.len());
    }
    Some(blanks.finish())
}

/// Whether a text is written for a tool.
pub(super) fn is_for(text: &str, marks: &Marks) -> bool {
    let of: Vec<Mark> = found(text, &comments(text), marks)
        .into_iter()
        .map(|(mark, _)| mark)
        .collect();
    (marks.is_told_by)(&of)
}

/// The lines that may be marks, which are looked for once for all tools.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    lines(text)
        .filter(|line| is_comment(&text[line.clone()]))
        .collect()
}

fn found(text: &str, comments: &[Range<usize>], marks: &Marks) -> Vec<(Mark, Range<usize>)> {
    let marked = |line: &Range<usize>| {
        let mark = (marks.of)(text[line.clone()].trim())?;
        Some((mark, line.clone()))
    };
    comments.iter().filter_map(marked).collect()
}

/// Whether a line may be a mark: each begins as a comment does, here or in another language.
fn is_comment(line: &str) -> bool {
    let first = line.bytes().find(|byte| !byte.is_ascii_whitespace());
    !matches!(first, Some(byte) if byte.is_ascii() && !matches!(byte, b'-' | b'#' | b'/'))
}

/// The lines of a text, without what ends them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split(['\n', '\r']).map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

/// What a line comment says: `-- +goose Up` → `+goose Up`.
pub(super) fn comment(line: &str) -> Option<&str> {
    Some(line.strip_prefix("--")?.trim())
}

/// The words after a prefix, whatever its case: of `+goose Up`, `Up`.
pub(super) fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let start = text.get(..prefix.len())?;
    start
        .eq_ignore_ascii_case(prefix)
        .then(|| text[prefix.len()..].trim_start())
}

/// The first word, in lower case.
pub(super) fn first_word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.to_ascii_lowercase()
}

/// A text of which parts are covered by blanks.
pub(super) struct Blanks<'a> {
    text: &'a str,
    bytes: Option<Vec<u8>>,
}

impl<'a> Blanks<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, bytes: None }
    }

    /// Covers whole characters, but no end of a line.
    pub(super) fn cover(&mut self, range: Range<usize>) {
        for byte in &mut self.bytes()[range] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Puts the end of a statement in the place of what stands there.
    pub(super) fn end_statement(&mut self, range: Range<usize>) {
        let start = range.start;
        let is_empty = range.is_empty();
        self.cover(range);
        if !is_empty {
            self.bytes()[start] = b';';
        }
    }

    pub(super) fn finish(self) -> Cow<'a, str> {
        match self.bytes.map(String::from_utf8) {
            None => Cow::Borrowed(self.text),
            Some(text) => Cow::Owned(text.expect("whole characters are covered")),
        }
    }

    fn bytes(&mut self) -> &mut Vec<u8> {
        self.bytes
            .get_or_insert_with(|| self.text.as_bytes().to_vec())
    }
}
