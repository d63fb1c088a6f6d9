//! Passwords that many people use.

/// The passwords of eight characters or more among the 20,000 most common ones, sorted, a line each: see `common.md`.
const COMMON: &str = include_str!("common.txt");

/// Whether many people use it.
pub(super) fn contains(password: &str) -> bool {
    let password = password.trim().to_lowercase();
    let mut rest = COMMON;
    // Halves the text at the line that is in its middle.
    while !rest.is_empty() {
        let mut middle = rest.len() / 2;
        while !rest.is_char_boundary(middle) {
            middle -= 1;
        }
        let start = rest[..middle].rfind('\n').map_or(0, |end| end + 1);
        let end = rest[start..]
            .find('\n')
            .map_or(rest.len(), |end| start + end);
        match password.as_str().cmp(&rest[start..end]) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => rest = &rest[..start],
            std::cmp::Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found() {
        let mut count = 0;
        for line in COMMON.lines() {
            assert!(contains(line), "{line}");
            assert!(contains(&line.to_uppercase()), "{line}");
            count += 1;
        }
        assert!(count > 7_000, "{count}");
        assert!(COMMON.lines().is_sorted());
    }

    #[test]
    fn others_are_not_found() {
        for other in [
            "",
            "\n",
            "a",
            "zzzzzzzzzzzzzzz",
            "passwor",
            "password\n1",
            "correct horse",
        ] {
            assert!(!contains(other), "{other}");
        }
    }
}
