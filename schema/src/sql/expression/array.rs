//! Arrays, and the elements of values that have some.

use super::{Binder, Expression};
use crate::sql::builtin::{INT4, Oid};
use crate::sql::catalog::TypeUse;
use crate::sql::query;
use crate::sql::syntax::{Kind, Node};

impl Binder<'_> {
    pub(super) fn array(&mut self, node: &Node) -> Option<Expression> {
        if node.has(Kind::L_PAREN) {
            let query = node.children().next()?;
            let element = query::scalar_type(self.catalog, &query, self.scope);
            let array = self.catalog.array_of(element.oid).unwrap_or_default();
            return Some(self.opaque(node, TypeUse::plain(array)));
        }
        let elements = self.all(node.children())?;
        self.array_of(elements)
    }

    pub(super) fn array_of(&mut self, elements: Vec<Expression>) -> Option<Expression> {
        let element = self.common_type(&elements)?;
        // An array of arrays has the type of one.
        let array = match self.catalog.element_of(element.oid) {
            Some(_) => element.oid,
            None => self.catalog.array_of(element.oid)?,
        };
        let elements = elements
            .into_iter()
            .map(|item| self.coerced(item, &element));
        Some(Expression::Array {
            elements: elements.collect(),
            // What all of them are cut or rounded to, the array is too.
            ty: TypeUse {
                oid: array,
                ..element.clone()
            },
        })
    }

    /// `ARRAY['a', 'b']::mood[]`, whose elements have the type at once.
    pub(super) fn typed_array(
        &mut self,
        node: &Node,
        ty: &TypeUse,
        element: &TypeUse,
    ) -> Option<Expression> {
        let mut elements = Vec::new();
        for item in node.children() {
            elements.push(match item.kind() {
                Kind::ARRAY_EXPR => self.typed_array(&item, ty, element)?,
                _ => {
                    let item = self.bind(&item)?;
                    self.explicit(item, element)
                }
            });
        }
        Some(Expression::Array {
            elements,
            ty: ty.clone(),
        })
    }

    pub(super) fn subscript(&mut self, node: &Node) -> Option<Expression> {
        let mut parts = self.all(node.children())?.into_iter();
        let (argument, index) = (parts.next()?, parts.next()?);
        let ty = argument.ty();
        let element = match ty.oid {
            crate::sql::builtin::JSONB => ty.oid,
            oid => fixed_element(oid).or_else(|| self.catalog.element_of(oid))?,
        };
        let index = self.coerced(index, &TypeUse::plain(INT4));
        Some(Expression::Subscript {
            argument: Box::new(argument),
            index: Box::new(index),
            ty: TypeUse { oid: element, ..ty },
        })
    }
}

/// What the types of a fixed number of elements are made of: those of a `point` are numbers.
fn fixed_element(oid: Oid) -> Option<Oid> {
    const ELEMENTS: [(Oid, Oid); 4] = [(600, 701), (601, 600), (603, 600), (628, 701)];
    let mut elements = ELEMENTS.iter();
    elements
        .find(|(own, _)| *own == oid)
        .map(|(_, element)| *element)
}
