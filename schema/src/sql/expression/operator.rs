//! Operators: which of those with a name is meant, and what it takes.

use super::coerce::is_polymorphic;
use super::function::{Signature, best};
use super::polymorphic::polymorphic_result;
use super::{Binder, Expression};
use crate::sql::builtin::{BOOL, INT4, Oid, TEXT, UNKNOWN, built_ins};
use crate::sql::catalog::{TypeKind, TypeUse};

impl Binder<'_> {
    /// `left operator right` with the operands as the operator takes them; without `left`, a prefix operator.
    pub(super) fn operation(
        &mut self,
        name: &str,
        schema: Option<String>,
        left: Option<Expression>,
        right: Expression,
    ) -> Option<Expression> {
        let name = normal(name);
        let types: Vec<Oid> = left
            .iter()
            .chain([&right])
            .map(|operand| operand.ty().oid)
            .collect();
        if types.contains(&0) || types.iter().all(|ty| *ty == UNKNOWN) && schema.is_some() {
            return Some(operator(
                schema,
                name,
                left,
                right,
                self.guessed(name, &types),
            ));
        }
        let own = schema.or_else(|| self.own_operator_schema(&types));
        if let Some(schema) = own {
            // Of a type of an extension: a text beside it is of the same type.
            let ty = types.iter().copied().find(|ty| *ty != UNKNOWN)?;
            let result = self.guessed(name, &types);
            let left = left.map(|left| self.as_if(left, ty));
            let right = self.as_if(right, ty);
            return Some(operator(Some(schema), name, left, right, result));
        }
        let chosen = match left {
            Some(_) => self.chosen(name, &types)?,
            None => {
                let all = built_ins().operators.get(name)?;
                let prefixes: Vec<_> = all.iter().filter(|operator| operator.left == 0).collect();
                let signatures: Vec<_> = prefixes
                    .iter()
                    .map(|operator| Signature::fixed(vec![operator.right]))
                    .collect();
                *prefixes[best(self.catalog, &signatures, &types)?]
            }
        };
        let declared: Vec<Oid> = match left {
            Some(_) => vec![chosen.left, chosen.right],
            None => vec![chosen.right],
        };
        let result = polymorphic_result(self.catalog, &declared, &types, chosen.result);
        let known = types.iter().copied().find(|ty| *ty != UNKNOWN);
        let mut operands = left
            .into_iter()
            .chain([right])
            .zip(&declared)
            .map(|(operand, declared)| {
                let declared = match is_polymorphic(*declared) {
                    // `enum = 'label'`: both are of the type that is known.
                    true if operand.ty().oid == UNKNOWN => known.unwrap_or(TEXT),
                    _ => *declared,
                };
                self.coerced(operand, &TypeUse::plain(declared))
            })
            .collect::<Vec<_>>();
        let right = operands.pop()?;
        Some(operator(
            None,
            name,
            operands.pop(),
            right,
            TypeUse::plain(result),
        ))
    }

    pub(super) fn as_if(&mut self, operand: Expression, ty: Oid) -> Expression {
        match operand.ty().oid {
            UNKNOWN => self.coerced(operand, &TypeUse::plain(ty)),
            _ => operand,
        }
    }

    /// The operator of `pg_catalog` that is meant.
    pub(super) fn chosen(
        &self,
        name: &str,
        types: &[Oid],
    ) -> Option<crate::sql::builtin::Operator> {
        let &[left, right] = types else {
            return None;
        };
        let all = built_ins().operators.get(normal(name))?;
        let binary: Vec<_> = all.iter().filter(|operator| operator.left != 0).collect();
        // An unknown operand is first taken to be of the type of the other.
        let (same_left, same_right) = match (left, right) {
            (UNKNOWN, other) | (other, UNKNOWN) => (other, other),
            both => both,
        };
        let exact = |left, right| {
            binary
                .iter()
                .find(|operator| (operator.left, operator.right) == (left, right))
        };
        if let Some(operator) = exact(same_left, same_right) {
            return Some(**operator);
        }
        if left == UNKNOWN || right == UNKNOWN {
            let base = self.catalog.base_of(&TypeUse::plain(same_left)).oid;
            if let Some(operator) = exact(base, base) {
                return Some(**operator);
            }
        }
        let signatures: Vec<_> = binary
            .iter()
            .map(|operator| Signature::fixed(vec![operator.left, operator.right]))
            .collect();
        Some(*binary[best(self.catalog, &signatures, types)?])
    }

    /// The schema of the operators of an operand whose type an extension or a person made.
    fn own_operator_schema(&self, types: &[Oid]) -> Option<String> {
        let own = |oid: &Oid| {
            let base = self.catalog.base_of(&TypeUse::plain(*oid)).oid;
            let element = self.catalog.element_of(base).unwrap_or(base);
            let ty = self.catalog.types.get(&element)?;
            (element == base && matches!(ty.kind, TypeKind::Base)).then(|| ty.name.schema.clone())
        };
        types.iter().find_map(own)
    }

    fn guessed(&self, name: &str, types: &[Oid]) -> TypeUse {
        const CONDITIONS: [&str; 20] = [
            "=", "<>", "<", ">", "<=", ">=", "~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*",
            "@>", "<@", "&&", "?", "@", "%",
        ];
        match name {
            _ if CONDITIONS.contains(&name) => TypeUse::plain(BOOL),
            "->>" | "#>>" => TypeUse::plain(TEXT),
            "||" => TypeUse::plain(
                types
                    .iter()
                    .copied()
                    .find(|ty| *ty != UNKNOWN && *ty != 0)
                    .unwrap_or_default(),
            ),
            "#" => TypeUse::plain(INT4),
            _ => TypeUse::unknown(),
        }
    }
}

fn operator(
    schema: Option<String>,
    name: &str,
    left: Option<Expression>,
    right: Expression,
    ty: TypeUse,
) -> Expression {
    Expression::Operator {
        schema,
        name: name.to_owned(),
        left: left.map(Box::new),
        right: Box::new(right),
        ty,
    }
}

pub(super) fn normal(name: &str) -> &str {
    if name == "!=" { "<>" } else { name }
}
