//! Where the pretty form of an expression needs no brackets.

use super::Expression;
use super::deparse::Implicit::{self, Hidden};

/// Whether an operand needs no brackets in the pretty form.
pub(super) fn is_simple(expression: &Expression, parent: &Expression, implicit: Implicit) -> bool {
    match expression {
        Expression::Column { .. }
        | Expression::Value(_)
        | Expression::Constant { .. }
        | Expression::Relation(_)
        | Expression::Call { .. }
        | Expression::Choice { .. }
        | Expression::Array { .. }
        | Expression::Row(_)
        | Expression::Subscript { .. }
        | Expression::Field { .. }
        | Expression::Keyword { .. }
        | Expression::Case { .. }
        | Expression::Verbatim { .. } => true,
        Expression::Cast {
            argument,
            implicit: true,
            ..
        } if implicit == Hidden => is_simple(argument, parent, implicit),
        Expression::Cast { .. } => true,
        Expression::Operator {
            name,
            left: Some(_),
            ..
        } => match parent {
            Expression::Operator { name: outer, .. } => binds_tighter(name, outer),
            Expression::And(_) | Expression::Or(_) | Expression::Not(_) => true,
            _ => false,
        },
        Expression::And(_) => matches!(parent, Expression::And(_) | Expression::Or(_)),
        Expression::Or(_) => matches!(parent, Expression::Or(_)),
        Expression::Quantified { .. } | Expression::Is { .. } | Expression::Distinct { .. } => {
            matches!(
                parent,
                Expression::And(_) | Expression::Or(_) | Expression::Not(_)
            )
        }
        Expression::Operator { .. } | Expression::Not(_) | Expression::Collate { .. } => false,
    }
}

/// Of the four arithmetic operators `*` binds tighter than `+`.
fn binds_tighter(inner: &str, outer: &str) -> bool {
    let product = |name: &str| matches!(name, "*" | "/" | "%");
    let sum = |name: &str| matches!(name, "+" | "-");
    product(inner) && (sum(outer) || product(outer)) || sum(inner) && sum(outer)
}
