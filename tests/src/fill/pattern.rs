//! A text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::random::Random;

/// How often a part is repeated at most where the pattern sets no end.
const REPEATED: u32 = 4;

/// A text that matches, or `None` where the pattern is none that Rust's crates know.
pub(super) fn matching(pattern: &str, random: &mut Random) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let mut text = String::new();
    write(&hir, random, &mut text);
    Some(text)
}

fn write(hir: &Hir, random: &mut Random, out: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => out.extend(character(class, random)),
        HirKind::Repetition(repetition) => {
            let least = repetition.min;
            let most = repetition.max.unwrap_or(least.saturating_add(REPEATED));
            for _ in 0..random.between(least.into(), most.into()) {
                write(&repetition.sub, random, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, random, out),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, random, out)),
        HirKind::Alternation(parts) => write(&parts[random.below(parts.len())], random, out),
    }
}

/// A character of a class; a letter or digit, where it has any.
fn character(class: &Class, random: &mut Random) -> Option<char> {
    let Class::Unicode(class) = class else {
        return None;
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9');
    let within = |candidate: &char| {
        let ranges = class.ranges().iter();
        ranges
            .clone()
            .any(|range| (range.start()..=range.end()).contains(candidate))
    };
    let plain: Vec<char> = plain.filter(within).collect();
    if plain.is_empty() {
        return class.ranges().first().map(|range| range.start());
    }
    Some(plain[random.below(plain.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_match() {
        let mut random = Random::new(1);
        for pattern in [
            "^[A-Z]{3}$",
            r"^\d{4}-\d{2}$",
            "^(a|b)+c?$",
            "^[^@]+@[^@]+[.][a-z]{2,3}$",
        ] {
            for _ in 0..20 {
                let text = matching(pattern, &mut random).unwrap();
                let regex = regex::Regex::new(pattern).unwrap();
                assert!(regex.is_match(&text), "{pattern}: {text}");
            }
        }
    }
}
