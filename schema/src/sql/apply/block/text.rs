//! Texts that EXECUTE runs.

use super::super::without_structure;
use super::value::Value;
use crate::name::quoted;
use crate::sql::expression::{literal, literal_text};
use crate::sql::syntax::{Kind, Node};

/// Whether what EXECUTE runs may change the schema: its first words tell, where they are written there.
pub(super) fn may_have_structure(execute: &Node) -> bool {
    let first = execute.descendants(Kind::LITERAL).next();
    let first = first.and_then(|literal| literal_text(&literal));
    first.is_none_or(|text| {
        let text = text.trim_start();
        let words = text.to_ascii_lowercase();
        let is_owner = words.starts_with("alter ") && words.contains(" owner to ");
        // What a function that is put together does is not told by its name.
        let mut made = words.split_whitespace();
        let is_function = made.next() == Some("create")
            && made.find(|word| !matches!(*word, "or" | "replace")) == Some("function");
        !is_owner && !is_function && without_structure(text).is_none()
    })
}

/// `format('CREATE TABLE %I (id int)', name)`; none where something in it is not known.
pub(super) fn format(arguments: &[Value]) -> Option<String> {
    let (Value::Text(pattern), values) = arguments.split_first()? else {
        return None;
    };
    let mut next = 0;
    let mut text = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        let position = position(rest.as_str());
        if let Some((digits, place)) = position {
            next = place.checked_sub(1)?;
            rest.nth(digits);
        }
        let kind = rest.next()?;
        if kind == '%' {
            text.push('%');
            continue;
        }
        let value = values.get(next)?;
        next += 1;
        match (kind, value) {
            ('s', Value::Null) => {}
            ('s', value) => text.push_str(&value.shown()?),
            ('I', value) => text.push_str(&quoted(&value.shown()?)),
            ('L', Value::Null) => text.push_str("NULL"),
            ('L', value) => text.push_str(&literal(&value.shown()?)),
            // Widths are not written by many.
            _ => return None,
        }
    }
    Some(text)
}

/// `2$I`: how many digits there are, and what they say.
fn position(rest: &str) -> Option<(usize, usize)> {
    let (digits, _) = rest.split_once('$')?;
    Some((digits.len(), digits.parse().ok()?))
}

/// `regexp_replace('film_tmp', '_tmp', '')`, of patterns that are plain text.
pub(super) fn replaced(text: &str, from: &str, to: &str, flags: &[Value]) -> Option<Value> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-');
    let (body, is_last) = match from.strip_suffix('$') {
        Some(body) => (body, true),
        None => (from, false),
    };
    if body.is_empty() || !body.chars().all(is_plain) || to.contains('\\') {
        return None;
    }
    let replaced = match (flags, is_last) {
        ([], true) => text
            .strip_suffix(body)
            .map_or_else(|| text.to_owned(), |start| format!("{start}{to}")),
        ([], false) => text.replacen(body, to, 1),
        ([Value::Text(flags)], false) if flags == "g" => text.replace(body, to),
        _ => return None,
    };
    Some(Value::Text(replaced))
}

#[cfg(test)]
mod tests {
    use super::{Value, format, replaced};

    #[test]
    fn formats() {
        let check = |arguments: &[Value], expect: Option<&str>| {
            assert_eq!(format(arguments).as_deref(), expect);
        };
        let text = |text: &str| Value::text(text);
        check(
            &[
                text("%I.%s = %L 100%%"),
                text("Order"),
                text("a"),
                text("it's"),
            ],
            Some("\"Order\".a = 'it''s' 100%"),
        );
        check(&[text("%L"), Value::Null], Some("NULL"));
        check(&[text("%s")], None);
        check(
            &[text("%2$s.%1$I %s"), text("A"), text("b")],
            Some("b.\"A\" b"),
        );
        check(&[text("%0$s"), text("a")], None);
        check(&[text("%-3s"), text("a")], None);
    }

    #[test]
    fn replaces() {
        let check = |from: &str, flags: &[Value], expect: Option<&str>| {
            let replaced = replaced("a_tmp_tmp", from, "x", flags);
            assert_eq!(replaced, expect.map(Value::text));
        };
        check("_tmp", &[], Some("ax_tmp"));
        check("_tmp", &[Value::text("g")], Some("axx"));
        check("_tmp$", &[], Some("a_tmpx"));
        check("_t.p", &[], None);
        check("", &[], None);
    }
}
