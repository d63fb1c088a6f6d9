//! Names as the words that they are made of.

/// Splits a name: `lastLoginIP`, `last_login_ip` and `Last Login IP` → `last`, `login`, `ip`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut characters = name.chars().peekable();
    let mut previous = '_';
    while let Some(c) = characters.next() {
        let begins = c.is_uppercase()
            && (previous.is_lowercase()
                || previous.is_uppercase() && characters.peek().is_some_and(|c| c.is_lowercase()));
        if (begins || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        previous = c;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// A name with its words joined: `lastLoginIP` → `last_login_ip`.
pub(super) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// Whether two names mean the same thing, one of them perhaps in the plural: `OrderLines` and `order_line`.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let plain = |name: &str| words(name).concat();
    let (a, b) = (plain(a), plain(b));
    let plural = |one: &str, many: &str| {
        many.strip_prefix(one)
            .is_some_and(|end| end == "s" || end == "es")
            || one
                .strip_suffix('y')
                .and_then(|stem| many.strip_prefix(stem))
                .is_some_and(|end| end == "ies")
    };
    a == b || plural(&a, &b) || plural(&b, &a)
}

#[cfg(test)]
mod tests {
    use super::{alike, words};

    #[test]
    fn splits() {
        let check = |name: &str, expect: &str| assert_eq!(words(name).join(" "), expect, "{name}");
        check("last_login_ip", "last login ip");
        check("lastLoginIP", "last login ip");
        check("HTTPServerName", "http server name");
        check("Zip Code", "zip code");
        check("_name", "name");
        check("TBL_ID", "tbl id");
        check("таблица_Имя", "таблица имя");
        check("", "");
    }

    #[test]
    fn likeness() {
        let check = |a, b, expect| assert_eq!(alike(a, b), expect, "{a} {b}");
        check("order_line", "OrderLines", true);
        check("category", "categories", true);
        check("address", "addresses", true);
        check("original_language", "language", false);
    }
}
