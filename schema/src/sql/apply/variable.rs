//! Variables of psql, `:name`, in statements that carry no structure.

use crate::sql::syntax::Kind;

/// The text with a name or a value in the place of each variable; none if there are no variables.
///
/// `OWNER TO :owner` → `OWNER TO  owner`; each text stays as long as it was.
pub(super) fn named(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut plain = bytes.to_vec();
    let mut found = false;
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b':') => {
                let before = at.checked_sub(1).map(|before| bytes[before]);
                let is_cast = before == Some(b':') || bytes.get(at + 1) == Some(&b':');
                let begins = bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_alphabetic() || b"_'\"".contains(next));
                if begins && !is_cast {
                    plain[at] = b' ';
                    found = true;
                }
            }
            (None, b'\'' | b'"') => quote = Some(*byte),
            _ => {}
        }
    }
    String::from_utf8(plain).ok().filter(|_| found)
}

/// Whether a statement can make, change or drop something that the schema tells of.
pub(super) fn carries_structure(kind: Kind) -> bool {
    let name = format!("{kind:?}");
    ["CREATE", "ALTER", "DROP", "COMMENT", "SELECT", "SET", "DO"]
        .iter()
        .any(|verb| name.starts_with(verb))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn variables_beside_casts_and_quotes() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(named(text).as_deref(), expect);
        check(
            "ALTER TABLE a OWNER TO :owner",
            Some("ALTER TABLE a OWNER TO  owner"),
        );
        check("SELECT :'x', :\"y\"", Some("SELECT  'x',  \"y\""));
        check("SELECT '1 :a'::text, b[1:2]", None);
    }
}
