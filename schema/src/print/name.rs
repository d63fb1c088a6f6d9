//! Names as people read them, quoted where they would not be told apart from the text around, and as SQL takes them.

use crate::model::{Dialect, ObjectName};
use crate::{sql, sqlite};

/// A name as a statement has it: `film`, `"order"`; in SQLite always in quotes.
pub fn identifier(dialect: Dialect, name: &str) -> String {
    match dialect {
        Dialect::Postgres => sql::name::quoted(name),
        Dialect::Sqlite => sqlite::quoted(name),
    }
}

/// `film`, `"zip code"`.
pub(super) fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    // A control character would break the line that it stands on.
    let escaped: String = name
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    format!("\"{}\"", escaped.replace('"', "\"\""))
}

/// `public.film`.
pub(super) fn qualified(name: &ObjectName) -> String {
    format!("{}.{}", quoted(&name.schema), quoted(&name.name))
}

/// `(actor_id, film_id)`.
pub(super) fn list(columns: &[String]) -> String {
    let names: Vec<_> = columns.iter().map(|column| quoted(column)).collect();
    format!("({})", names.join(", "))
}

/// Text of any length and form on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
