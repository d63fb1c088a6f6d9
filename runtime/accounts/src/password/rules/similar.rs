//! Passwords that repeat what is known of a person, as Django measures it.

use std::collections::BTreeMap;

/// From which likeness on a password resembles something.
const MAX_SIMILARITY: f64 = 0.7;

/// Whether a password resembles a value, or a word of it.
pub(super) fn resembles(password: &str, value: &str) -> bool {
    let password = password.to_lowercase();
    let value = value.to_lowercase();
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let words = value.split(|sign| !is_word(sign));
    let mut parts = words.chain([&*value]).filter(|part| !part.is_empty());
    parts.any(|part| is_comparable(&password, part) && likeness(&password, part) >= MAX_SIMILARITY)
}

/// Whether the lengths allow for a likeness at all.
fn is_comparable(password: &str, part: &str) -> bool {
    let (long, short) = (password.chars().count(), part.chars().count());
    let bound = MAX_SIMILARITY / 2.0 * long as f64;
    !(long >= 10 * short && (short as f64) < bound)
}

/// The share of the characters that both have, in whatever order: `quick_ratio` of Python's `difflib`.
fn likeness(left: &str, right: &str) -> f64 {
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for sign in right.chars() {
        *counts.entry(sign).or_default() += 1;
    }
    let mut shared = 0;
    for sign in left.chars() {
        if let Some(count) = counts.get_mut(&sign).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    let length = left.chars().count() + right.chars().count();
    2.0 * f64::from(shared) / length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Django's `UserAttributeSimilarityValidator` says.
    #[test]
    fn as_django_does() {
        let check = |password: &str, value: &str, expect: bool| {
            assert_eq!(resembles(password, value), expect, "{password} {value}");
        };
        check("testclient", "testclient", true);
        check("expelliarmus", "testclient", false);
        check("example.com", "testclient@example.com", true);
        check("testclient@gmail.example", "testclient@example.com", true);
        check("XXXrosalindXXX", "rosalind", true);
        check("rosalind", "Rosalind Franklin", true);
        check("frankrosa", "rosalind.franklin", false);
        check("nilknarfdnilasor", "rosalind.franklin", true);
        check(&("a".repeat(99) + "b"), "ab", false);
        check("aaaaaaaaaa", "a", false);
        check("aaa", "a", false);
        check("ab", "a", false);
        check("jürgen123", "Jürgen", true);
        check("JÜRGEN99", "jürgen", true);
        check("o'connor77", "O'Connor", true);
        check("x", "x", true);
        check("correct horse", "rosa", false);
        check("rosa", "correct horse rosa", true);
        check("12341977", "1977-12-34", true);
        check("franklin!", "rosalind_franklin", false);
        check("franklin!", "rosalind-franklin", true);
        check("pä\u{308}ss", "pä\u{308}ss-wort", false);
        check("letmein-rosalind", "rosalind", false);
        check("letmeinx-rosalind", "rosalind", false);
    }
}
