//! Where rustfmt puts a space between two tokens on one line.

use super::tokens::Kind;

/// Whether a space stands between two tokens, each by its kind and its text; the text of a word or a literal that
/// comes second does not matter.
pub(super) fn is_between(before: (Kind, &str), after: (Kind, &str)) -> bool {
    match (before, after) {
        // What clings to what is before it.
        (_, (_, "," | ";" | ":" | "::" | "." | "?" | ")" | "]" | ">" | "<")) => false,
        (_, (Kind::Punct, "|")) | ((Kind::Word, _), (_, "!")) => false,
        ((Kind::Word | Kind::Literal, _), (_, "..")) => false,
        // What clings to what is after it.
        ((Kind::Open, "(" | "[") | (Kind::Bar, _), _) => false,
        ((Kind::Punct, "::" | "." | "<" | "&" | "&&" | "*" | "-" | "!" | "#" | ".."), _) => false,
        ((Kind::Open, "{"), (_, "}")) => false,
        // The arguments of a function, and the tuple after a keyword.
        ((Kind::Word, word), (_, "(")) => {
            matches!(word, "let" | "mut" | "match" | "in" | "return" | "dyn")
        }
        ((_, ">" | ")" | "]" | "?"), (_, "(" | "[")) => false,
        _ => true,
    }
}
