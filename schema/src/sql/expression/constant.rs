//! Constants as they are written, with the type that they have by themselves.

use super::{Expression, literal_text};
use crate::sql::builtin::{BIT, BOOL, INT4, INT8, NUMERIC, UNKNOWN};
use crate::sql::catalog::TypeUse;
use crate::sql::syntax::{Kind, Node, unquoted};

/// A literal.
pub(super) fn constant(node: &Node) -> Option<Expression> {
    let (kind, text) = node.first_token()?;
    let typed = |oid, text: &str| {
        Some(Expression::Constant {
            text: Some(text.to_owned()),
            ty: TypeUse::plain(oid),
        })
    };
    match kind {
        Kind::INT_NUMBER | Kind::NUMERIC_NUMBER => Some(number(&text)),
        Kind::TRUE_KW => typed(BOOL, "true"),
        Kind::FALSE_KW => typed(BOOL, "false"),
        Kind::NULL_KW => Some(Expression::Constant {
            text: None,
            ty: TypeUse::plain(UNKNOWN),
        }),
        Kind::BIT_STRING => {
            let digits = text.get(2..text.len() - 1)?;
            typed(BIT, digits)
        }
        _ => {
            let value = literal_text(node)?;
            typed(UNKNOWN, &value)
        }
    }
    .or_else(|| typed(UNKNOWN, &unquoted(&text)?))
}

/// A number of the narrowest type that holds it.
fn number(text: &str) -> Expression {
    let text = text.replace('_', "");
    let oid = if text.parse::<i32>().is_ok() {
        INT4
    } else if text.parse::<i64>().is_ok() {
        INT8
    } else {
        NUMERIC
    };
    let text = match text.parse::<i64>() {
        Ok(value) => value.to_string(),
        // `.5` is printed as `0.5`.
        Err(_) if text.starts_with('.') => format!("0{text}"),
        Err(_) => text,
    };
    Expression::Constant {
        text: Some(text),
        ty: TypeUse::plain(oid),
    }
}

/// A number with the other sign.
pub(super) fn negated(text: &str) -> Expression {
    match text.strip_prefix('-') {
        Some(positive) => number(positive),
        None => number(&format!("-{text}")),
    }
}
