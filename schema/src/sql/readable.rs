//! What the parser of statements takes for something else, written so that it does not, in the same places.

use std::borrow::Cow;

use super::scan::{Lexeme, Scanner};

/// The text with quotes around a column that is called `exclude`, where blanks stand beside it: it is no reserved word,
/// and the parser takes it for the beginning of a constraint.
pub(super) fn of(text: &str) -> Cow<'_, str> {
    const WORD: &str = "exclude";
    let mut words = text.as_bytes().windows(WORD.len());
    if !words.any(|word| word.eq_ignore_ascii_case(WORD.as_bytes())) {
        return Cow::Borrowed(text);
    }
    let tokens = tokens(text);
    let is = |at: usize, word: &str| {
        let own = text.get(at..at + word.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(word))
    };
    if !tokens.first().is_some_and(|first| is(*first, "create")) {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    for window in tokens.windows(3) {
        let [before, start, after] = *window else {
            continue;
        };
        let end = start + WORD.len();
        let begins = matches!(text.as_bytes()[before], b',' | b'(');
        let is_constraint = is(after, "(") || is(after, "using");
        // A blank on each side gives its place to a quote; one that ends a comment has none to give.
        let is_blank = |place: &str| !place.is_empty() && place.trim().is_empty();
        let has_place = text.get(before + 1..start).is_some_and(is_blank)
            && text.get(end..end + 1).is_some_and(is_blank);
        if is(start, WORD) && begins && !is_constraint && has_place {
            bytes[start - 1] = b'"';
            bytes[end] = b'"';
            bytes[start..end].make_ascii_lowercase();
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(text),
    }
}

/// Where the tokens begin.
fn tokens(text: &str) -> Vec<usize> {
    let mut scanner = Scanner::new(text);
    let mut starts = Vec::new();
    loop {
        let start = scanner.at;
        match scanner.pass() {
            Ok(Some(Lexeme::Nothing)) => {}
            Ok(Some(_)) => starts.push(start),
            Ok(None) | Err(_) => return starts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn columns_that_are_called_as_a_constraint_begins() {
        let check = |text: &str, expect: &str| assert_eq!(of(text), expect);
        check(
            "create table a (id int, Exclude  bool)",
            "create table a (id int,\"exclude\" bool)",
        );
        check(
            "create table a ( exclude int)",
            "create table a (\"exclude\"int)",
        );
        let same = |text: &str| check(text, text);
        same("create table a (id int, exclude using gist (id with =))");
        same("create table a (id int, exclude (id with =))");
        same("create table a (t text default ', exclude ')");
        same("create table a (id int, excluded int)");
        same("create table a (id int,exclude int)");
        same("create table a (id int, -- not\nexclude int)");
        same("insert into a ( exclude ) values (1)");
    }
}
