//! Names as SQL takes them, and the database schemas that a name need not tell.

pub(crate) mod own;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::model::{Dialect, ObjectName};

/// The database schema in which PostgreSQL makes what is told none.
pub const PUBLIC: &str = "public";

/// The name that SQLite gives to the schema of the file itself.
pub const MAIN: &str = "main";

/// A name as a statement has it: `film`, `"order"`; in SQLite always in quotes.
pub fn identifier(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Postgres => quoted(name),
        Dialect::Sqlite => in_quotes(name),
    }
}

/// A name as PostgreSQL writes it in SQL: quoted where it must be.
pub(crate) fn quoted(name: &str) -> String {
    static KEYWORDS: LazyLock<BTreeSet<&str>> =
        LazyLock::new(|| include_str!("keywords.txt").lines().collect());
    let plain = |c: char| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit();
    let is_plain = name.chars().all(plain)
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && !KEYWORDS.contains(name);
    if is_plain {
        name.to_owned()
    } else {
        in_quotes(name)
    }
}

/// The same with its database schema: `public.film`, `public."order"`.
pub(crate) fn qualified(name: &ObjectName) -> String {
    format!("{}.{}", quoted(&name.schema), quoted(&name.name))
}

/// A name as any SQL takes it, whatever it is: `"film"`.
pub(crate) fn in_quotes(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quoting() {
        let check = |name: &str, expect: &str| assert_eq!(quoted(name), expect);
        check("film", "film");
        check("name", "name");
        check("order", "\"order\"");
        check("character", "\"character\"");
        check("2024", "\"2024\"");
        check("a\"b", "\"a\"\"b\"");
    }
}
