//! Texts that EXECUTE runs.

use super::super::without_structure;
use super::value::Value;
use crate::sql::expression::{literal, literal_text};
use crate::sql::name::quoted;
use crate::sql::syntax::{Kind, Node};

/// Whether what EXECUTE runs may change the schema: its first words tell, where they are written there.
pub(super) fn may_have_structure(execute: &Node) -> bool {
    let first = execute.descendants(Kind::LITERAL).next();
    let first = first.and_then(|literal| literal_text(&literal));
    first.is_none_or(|text| without_structure(text.trim_start()).is_none())
}

/// `format('CREATE TABLE %I (id int)', name)`; none where something in it is not known.
pub(super) fn format(arguments: &[Value]) -> Option<String> {
    let (Value::Text(pattern), values) = arguments.split_first()? else {
        return None;
    };
    let mut values = values.iter();
    let mut text = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        match rest.next()? {
            '%' => text.push('%'),
            's' => match values.next()? {
                Value::Null => {}
                value => text.push_str(&value.shown()?),
            },
            'I' => text.push_str(&quoted(&values.next()?.shown()?)),
            'L' => match values.next()? {
                Value::Null => text.push_str("NULL"),
                value => text.push_str(&literal(&value.shown()?)),
            },
            // Positions and widths are not written by many.
            _ => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Value, format};

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
        check(&[text("%1$s"), text("a")], None);
    }
}
