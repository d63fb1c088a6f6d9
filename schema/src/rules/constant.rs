//! Constants of a condition, and the casts around them.

use sqlparser::ast::{Expr, Function, FunctionArguments, UnaryOperator, Value};

use super::Literal;

/// The constant that an expression is, if it is one.
pub(super) fn constant(expression: &Expr) -> Option<Literal> {
    match expression {
        Expr::Nested(inner) => constant(inner),
        Expr::Value(value) => match &value.value {
            Value::Number(number, _) => Some(Literal::Number(number.clone())),
            Value::SingleQuotedString(text) | Value::EscapedStringLiteral(text) => {
                Some(Literal::Text(text.clone()))
            }
            Value::Boolean(value) => Some(Literal::Bool(*value)),
            _ => None,
        },
        Expr::UnaryOp {
            op: UnaryOperator::Minus,
            expr,
        } => match constant(expr)? {
            Literal::Number(number) if !number.starts_with('-') => {
                Some(Literal::Number(format!("-{number}")))
            }
            _ => None,
        },
        Expr::Cast {
            expr, data_type, ..
        } => cast(constant(expr)?, &data_type.to_string().to_lowercase()),
        Expr::Function(function) => match (name(function).as_str(), &function.args) {
            ("current_date", FunctionArguments::None) => Some(Literal::Today),
            ("current_timestamp" | "localtimestamp", FunctionArguments::None) => Some(Literal::Now),
            ("now", FunctionArguments::List(list)) if list.args.is_empty() => Some(Literal::Now),
            _ => None,
        },
        _ => None,
    }
}

/// A constant as another type: `(5)::numeric`, `'-40'::integer`, `'1930-01-01'::date`.
fn cast(value: Literal, data_type: &str) -> Option<Literal> {
    match value {
        Literal::Text(text) if is_number(data_type) => {
            let plain = text.parse::<f64>().is_ok_and(f64::is_finite);
            plain.then_some(Literal::Number(text))
        }
        Literal::Text(text) if data_type == "boolean" => match text.as_str() {
            "t" | "true" => Some(Literal::Bool(true)),
            "f" | "false" => Some(Literal::Bool(false)),
            _ => None,
        },
        Literal::Text(text) if data_type.starts_with("date") || data_type.starts_with("time") => {
            Some(Literal::Time(text))
        }
        // An interval, a network, JSON: another type orders otherwise.
        Literal::Text(text) if is_text(data_type) => Some(Literal::Text(text)),
        // A label of an enum, or a value of another user-defined type that is written the same.
        Literal::Text(text) if data_type.contains('.') => Some(Literal::Text(text)),
        Literal::Number(number) if is_number(data_type) => Some(Literal::Number(number)),
        Literal::Today if data_type == "date" => Some(Literal::Today),
        Literal::Now if data_type == "date" => Some(Literal::Today),
        Literal::Now if data_type.starts_with("timestamp") => Some(Literal::Now),
        _ => None,
    }
}

/// An expression without its brackets, and without casts that change no value.
pub(super) fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Nested(inner) => bare(inner),
        Expr::Cast {
            expr, data_type, ..
        } => {
            let data_type = data_type.to_string().to_lowercase();
            let widens = is_text(&data_type)
                || matches!(
                    data_type.as_str(),
                    "numeric" | "bigint" | "double precision"
                );
            if widens { bare(expr) } else { expression }
        }
        _ => expression,
    }
}

/// Types of text without a length, which would cut.
fn is_text(data_type: &str) -> bool {
    matches!(
        data_type,
        "text" | "character varying" | "varchar" | "bpchar" | "citext"
    ) || data_type.ends_with(".citext")
}

fn is_number(data_type: &str) -> bool {
    [
        "int", "smallint", "bigint", "numeric", "decimal", "real", "double", "float",
    ]
    .iter()
    .any(|name| data_type.starts_with(name))
        && !data_type.starts_with("interval")
}

/// The elements of `ARRAY[…]`, perhaps cast as a whole, or of `'{a,b}'::text[]`.
pub(super) fn elements(expression: &Expr) -> Option<Vec<Expr>> {
    match expression {
        Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => elements(inner),
        Expr::Array(array) => Some(array.elem.clone()),
        Expr::Value(value) => {
            let Value::SingleQuotedString(text) = &value.value else {
                return None;
            };
            let inner = text.strip_prefix('{')?.strip_suffix('}')?;
            if inner.is_empty() || inner.contains(['"', '\\', '{']) {
                return None;
            }
            let item = |item: &str| Expr::value(Value::SingleQuotedString(item.to_owned()));
            Some(inner.split(',').map(item).collect())
        }
        _ => None,
    }
}

/// The last part of a function's name, in lower case.
pub(super) fn name(function: &Function) -> String {
    let last = function.name.0.last();
    let identifier = last.and_then(|part| part.as_ident());
    identifier.map_or_else(String::new, |identifier| identifier.value.to_lowercase())
}
