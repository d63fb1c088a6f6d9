//! The words of a statement, without blanks, comments and quoted texts.

use crate::sql::scan::{Lexeme, Scanner};

/// A word, a name or a symbol of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) lexeme: Lexeme,
    pub(super) text: &'a str,
    /// How many brackets are open around it, those of the columns not counted.
    pub(super) depth: usize,
}

impl Word<'_> {
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.lexeme == Lexeme::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    pub(super) fn is_symbol(&self, symbol: &str) -> bool {
        self.lexeme == Lexeme::Symbol && self.text == symbol
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.lexeme, Lexeme::Word | Lexeme::Name)
    }

    /// Whether SQLite keeps a table of this name for itself.
    pub(super) fn is_of_sqlite(&self) -> bool {
        let name = self.text.trim_start_matches(['"', '`']);
        let start = name.get(.."sqlite_".len());
        self.is_name() && start.is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
    }
}

/// All but the blanks, the comments and the quoted texts; of a text in dollar quotes, that it is one.
pub(super) fn words(statement: &str) -> Vec<Word<'_>> {
    let mut scanner = Scanner::new(statement);
    let mut words = Vec::new();
    let mut brackets = 0_usize;
    loop {
        let start = scanner.at;
        let Ok(Some(lexeme)) = scanner.pass() else {
            return words;
        };
        let text = &statement[start..scanner.at];
        if text == ")" {
            brackets = brackets.saturating_sub(1);
        }
        let is_said = match lexeme {
            Lexeme::Nothing => false,
            Lexeme::Text => text.starts_with('$'),
            _ => true,
        };
        if is_said {
            words.push(Word {
                lexeme,
                text,
                depth: brackets.saturating_sub(1),
            });
        }
        if text == "(" {
            brackets += 1;
        }
    }
}

/// The place of the bracket that closes the one at `open`, or of the end.
pub(super) fn closing(words: &[Word<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate().skip(open) {
        if word.is_symbol("(") {
            depth += 1;
        } else if word.is_symbol(")") {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    words.len()
}

/// What stands between the commas of the columns.
pub(super) fn elements<'w, 'a>(words: &'w [Word<'a>]) -> Vec<&'w [Word<'a>]> {
    words
        .split(|word| word.is_symbol(",") && word.depth == 0)
        .collect()
}
