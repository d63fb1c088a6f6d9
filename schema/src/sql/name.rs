//! Names as PostgreSQL folds them, and as it makes them.

/// PostgreSQL keeps this many bytes of a name.
pub(super) const LONGEST: usize = 63;

/// A name as it was written, folded and cut as PostgreSQL does: `Film` → `film`, `"Film"` → `Film`.
pub(super) fn folded(written: &str) -> String {
    let name = match written
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => written.to_ascii_lowercase(),
    };
    cut(&name, LONGEST).to_owned()
}

/// The first bytes of a text, at most as many as asked, without cutting a character.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `film`, `title`, `key` → `film_title_key`; of parts that are too long the longer one is cut first.
pub(super) fn made(first: &str, second: Option<&str>, label: &str) -> String {
    let overhead = label.len() + 1 + usize::from(second.is_some());
    let room = LONGEST.saturating_sub(overhead);
    let mut length = first.len();
    let mut second_length = second.map_or(0, str::len);
    while length + second_length > room {
        if length > second_length {
            length -= 1;
        } else {
            second_length -= 1;
        }
    }
    let first = cut(first, length);
    match second {
        Some(second) => format!("{first}_{}_{label}", cut(second, second_length)),
        None => format!("{first}_{label}"),
    }
}

/// The first of `film_title_key`, `film_title_key1`, `film_title_key2` … that is free.
pub(super) fn chosen(
    first: &str,
    second: Option<&str>,
    label: &str,
    is_taken: impl Fn(&str) -> bool,
) -> String {
    let mut name = made(first, second, label);
    let mut number = 0_usize;
    while is_taken(&name) {
        number += 1;
        name = made(first, second, &format!("{label}{number}"));
    }
    name
}

/// Column names as the middle of a name: `a_b`, as many as have room.
pub(super) fn joined<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push('_');
        }
        text.push_str(name);
        if text.len() > LONGEST {
            break;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{chosen, folded, made};

    #[test]
    fn folding() {
        let check = |written: &str, expect: &str| assert_eq!(folded(written), expect);
        check("Film", "film");
        check("\"Film \"\"x\"\"\"", "Film \"x\"");
        check(&"É".repeat(40), &"É".repeat(31));
    }

    #[test]
    fn long_names() {
        let long = "a".repeat(60);
        let check = |first: &str, second, label: &str, expect: &str| {
            assert_eq!(made(first, second, label), expect);
        };
        check("film", None, "pkey", "film_pkey");
        check("film", Some("title"), "key", "film_title_key");
        check(&long, None, "pkey", &format!("{}_pkey", "a".repeat(58)));
        check(
            &long,
            Some(&long),
            "fkey",
            &format!("{}_{}_fkey", "a".repeat(29), "a".repeat(28)),
        );
    }

    #[test]
    fn taken_names() {
        let taken = |name: &str| name == "film_check" || name == "film_check1";
        assert_eq!(chosen("film", None, "check", taken), "film_check2");
    }
}
