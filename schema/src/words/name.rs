//! Names as people read them, quoted where they would not be told apart from the text around.

use crate::model::ObjectName;

/// `film`, `"zip code"`.
pub(crate) fn quoted(name: &str) -> String {
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
pub(crate) fn qualified(name: &ObjectName) -> String {
    format!("{}.{}", quoted(&name.schema), quoted(&name.name))
}

/// `(actor_id, film_id)`.
pub(crate) fn list(columns: &[String]) -> String {
    let names: Vec<_> = columns.iter().map(|column| quoted(column)).collect();
    format!("({})", names.join(", "))
}
