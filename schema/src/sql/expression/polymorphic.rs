//! Functions and operators whose types depend on those of their arguments.

use super::coerce::is_polymorphic;
use super::{Binder, Expression};
use crate::sql::builtin::{
    ANY, ANYARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY, ANYCOMPATIBLENONARRAY, ANYCOMPATIBLERANGE,
    ANYELEMENT, ANYENUM, ANYMULTIRANGE, ANYNONARRAY, ANYRANGE, Oid, TEXT, UNKNOWN,
};
use crate::sql::catalog::{Catalog, TypeKind, TypeUse};

impl Binder<'_> {
    /// The arguments as a signature takes them.
    pub(super) fn coerced_all(
        &mut self,
        arguments: Vec<Expression>,
        declared: &[Oid],
    ) -> Vec<Expression> {
        let types: Vec<Oid> = arguments.iter().map(|argument| argument.ty().oid).collect();
        // What stands for any type, and for an array of it, is the type of the arguments that have one.
        let any = |of: &[Oid]| {
            let pairs = declared.iter().zip(&types);
            let known = pairs.filter(|(to, from)| of.contains(*to) && **from != UNKNOWN);
            let elements: Vec<TypeUse> = known
                .map(|(to, from)| {
                    let base = self.catalog.base_of(&TypeUse::plain(*from)).oid;
                    let element = self.catalog.element_of(base);
                    TypeUse::plain(match is_array(*to) {
                        true => element.unwrap_or(base),
                        false => base,
                    })
                })
                .collect();
            self.catalog.common_type(&elements).map(|ty| ty.oid)
        };
        let same = any(&[ANYELEMENT, ANYNONARRAY, ANYENUM, ANYARRAY]);
        let common = any(&[ANYCOMPATIBLE, ANYCOMPATIBLENONARRAY, ANYCOMPATIBLEARRAY]);
        let meant = declared.iter().zip(&types).map(|(to, from)| {
            let element = match *to {
                ANYCOMPATIBLE | ANYCOMPATIBLENONARRAY | ANYCOMPATIBLEARRAY => common,
                to if is_polymorphic(to) && to != ANY && *from == UNKNOWN => same.or(Some(TEXT)),
                _ => None,
            };
            match element {
                Some(element) if is_array(*to) => self.catalog.array_of(element).unwrap_or(*to),
                Some(element) => element,
                None => *to,
            }
        });
        let meant: Vec<Oid> = meant.collect();
        let pairs = arguments.into_iter().zip(meant);
        pairs
            .map(|(argument, meant)| self.coerced(argument, &TypeUse::plain(meant)))
            .collect()
    }
}

/// The result of a function or operator whose result depends on its arguments.
pub(super) fn polymorphic_result(
    catalog: &Catalog,
    declared: &[Oid],
    actual: &[Oid],
    result: Oid,
) -> Oid {
    if !is_polymorphic(result) {
        return result;
    }
    let mut element = None;
    let mut range = None;
    for (declared, actual) in declared.iter().zip(actual) {
        let actual = catalog.base_of(&TypeUse::plain(*actual)).oid;
        if actual == UNKNOWN {
            continue;
        }
        match *declared {
            ANYARRAY | ANYCOMPATIBLEARRAY => element = catalog.element_of(actual).or(element),
            ANYRANGE | ANYCOMPATIBLERANGE | ANYMULTIRANGE => range = Some(actual),
            declared if is_polymorphic(declared) => {
                element = Some(element.map_or(actual, |element| {
                    let types = [TypeUse::plain(element), TypeUse::plain(actual)];
                    catalog.common_type(&types).map_or(element, |ty| ty.oid)
                }));
            }
            _ => {}
        }
    }
    match result {
        ANYARRAY | ANYCOMPATIBLEARRAY => element
            .and_then(|element| catalog.array_of(element))
            .unwrap_or_default(),
        ANYRANGE | ANYCOMPATIBLERANGE | ANYMULTIRANGE => range.unwrap_or_default(),
        _ => element
            .or_else(|| subtype(catalog, range?))
            .unwrap_or_default(),
    }
}

fn subtype(catalog: &Catalog, range: Oid) -> Option<Oid> {
    match catalog.types.get(&range) {
        Some(ty) => match &ty.kind {
            TypeKind::Range { subtype, .. } => Some(subtype.oid),
            _ => None,
        },
        None => Catalog::built_in(range).map(|ty| ty.subtype),
    }
}

fn is_array(declared: Oid) -> bool {
    matches!(declared, ANYARRAY | ANYCOMPATIBLEARRAY)
}
