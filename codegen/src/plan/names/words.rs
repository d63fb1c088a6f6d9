//! The words of a database identifier, and the identifiers and labels made of them.

use std::borrow::Cow;

use deunicode::deunicode;
use heck::{ToSnakeCase, ToUpperCamelCase};

/// Keywords of Rust, of all editions, that cannot be used as they are.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// How many letters the words of a name have at most, together.
const LONGEST: usize = 100;

/// The lower-case words of an identifier: `release_year`, `ReleaseYear`, `Release Year` → `release`, `year`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let snake = snake_case(name);
    let mut words = Vec::new();
    let mut length = 0;
    for word in snake.split('_').filter(|word| !word.is_empty()) {
        length += word.len();
        // What 63 bytes of another script are in Latin letters may be too long for a file's name.
        if length > LONGEST && !words.is_empty() {
            break;
        }
        words.push(word.chars().take(LONGEST).collect());
    }
    words
}

/// In words with an underscore between any two, as most databases name things from the start.
fn snake_case(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    if name.bytes().all(is_plain) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(deunicode(name).to_snake_case())
    }
}

/// A name for a field, variable or module: `type` → `type_`, `2024_sales` → `n2024_sales`.
pub(crate) fn snake(words: &[String]) -> String {
    let name = words.join("_");
    match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{name}"),
        Some(_) if KEYWORDS.contains(&name.as_str()) => format!("{name}_"),
        Some(_) => name,
    }
}

/// A name for a type or variant: `film` → `Film`, `pg 13` → `Pg13`, `self` → `Self_`.
pub(crate) fn camel(words: &[String]) -> String {
    let name = words.join("_").to_upper_camel_case();
    match name.chars().next() {
        None => "Unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("N{name}"),
        Some(_) if name == "Self" => "Self_".to_owned(),
        Some(_) => name,
    }
}

/// A name for a constant: `film_id` → `FILM_ID`.
pub(crate) fn shouty(words: &[String]) -> String {
    snake(words).trim_end_matches('_').to_ascii_uppercase()
}

/// A label: `["release", "year"]` → `Release year`.
pub(crate) fn label(words: &[String]) -> String {
    capitalised(&phrase(words))
}

/// A text that begins with a capital letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// The words within a sentence: `["film", "id"]` → `film ID`.
pub(crate) fn phrase(words: &[String]) -> String {
    if words.is_empty() {
        return "unnamed".to_owned();
    }
    words
        .iter()
        .map(|word| match word.as_str() {
            "id" | "url" | "uri" | "ip" | "api" | "sql" | "uuid" | "vat" | "json" | "xml"
            | "html" | "pdf" | "isbn" | "iban" | "utc" => word.to_uppercase(),
            _ => word.clone(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expect_snake: &str, expect_camel: &str, expect_label: &str) {
        let words = words(name);
        assert_eq!(snake(&words), expect_snake);
        assert_eq!(camel(&words), expect_camel);
        assert_eq!(label(&words), expect_label);
    }

    #[test]
    fn ordinary_names() {
        check("film", "film", "Film", "Film");
        check(
            "release_year",
            "release_year",
            "ReleaseYear",
            "Release year",
        );
        check("ReleaseYear", "release_year", "ReleaseYear", "Release year");
        check("customer_id", "customer_id", "CustomerId", "Customer ID");
    }

    #[test]
    fn keywords_and_digits() {
        check("type", "type_", "Type", "Type");
        check("self", "self_", "Self_", "Self");
        check("2024_sales", "n2024_sales", "N2024Sales", "2024 sales");
    }

    #[test]
    fn other_scripts() {
        check("таблица", "tablitsa", "Tablitsa", "Tablitsa");
        check("größe", "grosse", "Grosse", "Grosse");
        check("  ", "unnamed", "Unnamed", "Unnamed");
        check("***", "unnamed", "Unnamed", "Unnamed");
    }
}
