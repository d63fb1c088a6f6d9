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
        Err(_) if text.contains(['e', 'E']) => expanded(&text).unwrap_or(text),
        // `.5` is printed as `0.5`.
        Err(_) if text.starts_with('.') => format!("0{text}"),
        Err(_) => text,
    };
    Expression::Constant {
        text: Some(text),
        ty: TypeUse::plain(oid),
    }
}

/// `1.5e3` → `1500`, as a numeric prints it.
fn expanded(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok()?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", mantissa),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    // Longer ones are no numbers that a person writes.
    if !(-100..=100).contains(&point) || digits.is_empty() {
        return None;
    }
    let length = i32::try_from(digits.len()).ok()?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let text = if point >= length {
        format!("{digits}{}", zeros(point - length))
    } else if point <= 0 {
        format!("0.{}{digits}", zeros(-point))
    } else {
        let (whole, fraction) = digits.split_at(usize::try_from(point).ok()?);
        format!("{whole}.{fraction}")
    };
    let trimmed = text.trim_start_matches('0');
    let lead = if trimmed.is_empty() || trimmed.starts_with('.') {
        "0"
    } else {
        ""
    };
    Some(format!("{sign}{lead}{trimmed}"))
}

/// A number with the other sign.
pub(super) fn negated(text: &str) -> Expression {
    match text.strip_prefix('-') {
        Some(positive) => number(positive),
        None => number(&format!("-{text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::expanded;

    #[test]
    fn exponents() {
        let check = |text: &str, expect: &str| assert_eq!(expanded(text).as_deref(), Some(expect));
        check("1e3", "1000");
        check("-1.25E1", "-12.5");
        check("1.5e-3", "0.0015");
        check("0.5e0", "0.5");
    }
}
