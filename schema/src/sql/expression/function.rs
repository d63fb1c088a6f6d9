//! Functions: which of those with a name is meant, and what it returns.

use super::polymorphic::polymorphic_result;
use super::syntax_tree::dotted;
use super::{Binder, Expression, Form};
use crate::sql::builtin::{
    ANY, ANYARRAY, ANYCOMPATIBLE, ANYCOMPATIBLEARRAY, ANYCOMPATIBLENONARRAY, ANYELEMENT, ANYENUM,
    ANYNONARRAY, Oid, UNKNOWN, built_ins,
};
use crate::sql::catalog::{Catalog, TypeUse};
use crate::sql::syntax::{Kind, Node};

/// What a function or an operator takes.
#[derive(Debug, Clone)]
pub(super) struct Signature {
    pub(super) arguments: Vec<Oid>,
    /// How many of the last ones may be left out.
    pub(super) defaults: usize,
    pub(super) variadic: bool,
}

impl Signature {
    pub(super) fn fixed(arguments: Vec<Oid>) -> Self {
        Self {
            arguments,
            defaults: 0,
            variadic: false,
        }
    }

    /// The types of as many arguments as are given, if so many can be.
    fn of(&self, catalog: &Catalog, count: usize) -> Option<Vec<Oid>> {
        let declared = self.arguments.len();
        if self.variadic && count >= declared {
            let last = *self.arguments.last()?;
            let element = match last {
                ANY => ANY,
                ANYARRAY | ANYCOMPATIBLEARRAY => ANYCOMPATIBLE,
                array => catalog.element_of(array)?,
            };
            let mut types = self.arguments[..declared - 1].to_vec();
            types.resize(count, element);
            return Some(types);
        }
        let fits = count <= declared && count + self.defaults >= declared;
        fits.then(|| self.arguments[..count].to_vec())
    }
}

/// The signature that suits arguments of these types best, as PostgreSQL chooses; none where it is in doubt.
pub(super) fn best(catalog: &Catalog, signatures: &[Signature], types: &[Oid]) -> Option<usize> {
    let mut candidates: Vec<(usize, Vec<Oid>)> = signatures
        .iter()
        .enumerate()
        .filter_map(|(index, signature)| Some((index, signature.of(catalog, types.len())?)))
        .filter(|(_, declared)| {
            declared
                .iter()
                .zip(types)
                .all(|(to, from)| catalog.can_coerce(*from, *to))
        })
        .filter(|(_, declared)| is_consistent(catalog, declared, types))
        .collect();
    if let Some((index, _)) = candidates.iter().find(|(_, declared)| declared == types) {
        return Some(*index);
    }
    let bases: Vec<Oid> = types
        .iter()
        .map(|ty| catalog.base_of(&TypeUse::plain(*ty)).oid)
        .collect();
    keep_most(&mut candidates, |declared| {
        let same = |(to, from): &(&Oid, &Oid)| **from != UNKNOWN && to == from;
        declared.iter().zip(&bases).filter(same).count()
    });
    keep_most(&mut candidates, |declared| {
        let good = |(to, from): &(&Oid, &Oid)| {
            **from != UNKNOWN
                && (to == from
                    || catalog.is_preferred(**to)
                        && catalog.category(**to) == catalog.category(**from))
        };
        declared.iter().zip(&bases).filter(good).count()
    });
    for (position, base) in bases.iter().enumerate() {
        if *base == UNKNOWN && candidates.len() > 1 {
            narrow(catalog, &mut candidates, position)?;
        }
    }
    if candidates.len() > 1 {
        // Unknown arguments may be of the type of the known ones, where that is one.
        let mut known: Vec<Oid> = bases.iter().copied().filter(|ty| *ty != UNKNOWN).collect();
        known.dedup();
        if let [only] = known.as_slice() {
            candidates
                .retain(|(_, declared)| declared.iter().all(|to| catalog.can_coerce(*only, *to)));
        }
    }
    match candidates.as_slice() {
        [(index, _)] => Some(*index),
        _ => None,
    }
}

/// Whether arguments whose types depend on each other fit together.
fn is_consistent(catalog: &Catalog, declared: &[Oid], actual: &[Oid]) -> bool {
    let (mut same, mut compatible) = (Vec::new(), Vec::new());
    for (declared, actual) in declared.iter().zip(actual) {
        let actual = catalog.base_of(&TypeUse::plain(*actual)).oid;
        let element = catalog.element_of(actual).unwrap_or(actual);
        match *declared {
            _ if actual == UNKNOWN => {}
            ANYELEMENT | ANYNONARRAY | ANYENUM => same.push(actual),
            ANYARRAY => same.push(element),
            ANYCOMPATIBLE | ANYCOMPATIBLENONARRAY => compatible.push(TypeUse::plain(actual)),
            ANYCOMPATIBLEARRAY => compatible.push(TypeUse::plain(element)),
            _ => {}
        }
    }
    same.windows(2).all(|pair| pair[0] == pair[1])
        && (compatible.is_empty() || catalog.common_type(&compatible).is_some())
}

fn keep_most(candidates: &mut Vec<(usize, Vec<Oid>)>, score: impl Fn(&[Oid]) -> usize) {
    let most = candidates.iter().map(|(_, declared)| score(declared)).max();
    candidates.retain(|(_, declared)| Some(score(declared)) == most);
}

/// Of an unknown argument: text before all else, then what all candidates agree on.
fn narrow(
    catalog: &Catalog,
    candidates: &mut Vec<(usize, Vec<Oid>)>,
    position: usize,
) -> Option<()> {
    let categories: Vec<char> = candidates
        .iter()
        .map(|(_, declared)| catalog.category(declared[position]))
        .collect();
    let category = match categories.contains(&'S') {
        true => 'S',
        false if categories.iter().all(|category| *category == categories[0]) => categories[0],
        false => return Some(()),
    };
    candidates.retain(|(_, declared)| catalog.category(declared[position]) == category);
    if candidates
        .iter()
        .any(|(_, declared)| catalog.is_preferred(declared[position]))
    {
        candidates.retain(|(_, declared)| catalog.is_preferred(declared[position]));
    }
    Some(())
}

impl Binder<'_> {
    pub(super) fn call(&mut self, node: &Node) -> Option<Expression> {
        let callee = node.children().next()?;
        let list = match node.child(Kind::ARG_LIST) {
            Some(list) => list,
            None => return self.special(&callee),
        };
        let opaque = [Kind::OVER_CLAUSE, Kind::FILTER_CLAUSE, Kind::WITHIN_CLAUSE];
        let is_opaque = node.children().any(|child| opaque.contains(&child.kind()))
            || list.child(Kind::DISTINCT).is_some()
            || list.descendants(Kind::ORDER_BY_CLAUSE).next().is_some();
        let mut nodes = Vec::new();
        let mut variadic = false;
        for argument in list.all(Kind::ARG) {
            variadic |= argument.has(Kind::VARIADIC_KW);
            nodes.push(argument.children().next()?);
        }
        if let [text, form] = nodes.as_slice()
            && let Some(normalized) = self.normalized(&callee, text, form)
        {
            return normalized;
        }
        if let [text] = nodes.as_slice()
            && let Some(normalized) = self.normalized_plainly(&callee, text)
        {
            return Some(normalized);
        }
        // Named arguments are not put in their order here.
        if nodes
            .iter()
            .any(|argument| argument.kind() == Kind::NAMED_ARG)
        {
            return None;
        }
        let arguments = self.all(nodes.into_iter())?;
        if let Some(choice) = self.choice(&callee, &arguments) {
            return choice;
        }
        let path = dotted(&callee)?;
        let expression = self.function(&path, arguments, variadic)?;
        Some(match is_opaque {
            true => self.opaque(node, expression.ty()),
            false => expression,
        })
    }

    /// A call of a function of `pg_catalog`, perhaps in a form of its own.
    pub(super) fn built_in_call(
        &mut self,
        name: &str,
        arguments: Vec<Expression>,
        form: Form,
    ) -> Option<Expression> {
        let functions = built_ins().functions.get(name)?;
        let types: Vec<Oid> = arguments.iter().map(|argument| argument.ty().oid).collect();
        if types.contains(&0) {
            return Some(call(None, name, arguments, TypeUse::unknown(), form));
        }
        let signatures: Vec<_> = functions
            .iter()
            .map(|function| Signature {
                arguments: function.arguments.clone(),
                defaults: function.defaults,
                variadic: function.variadic,
            })
            .collect();
        let index = best(self.catalog, &signatures, &types)?;
        let declared = signatures[index].of(self.catalog, types.len())?;
        let result = polymorphic_result(self.catalog, &declared, &types, functions[index].result);
        let arguments = self.coerced_all(arguments, &declared);
        Some(call(None, name, arguments, TypeUse::plain(result), form))
    }

    fn function(
        &mut self,
        path: &[String],
        arguments: Vec<Expression>,
        variadic: bool,
    ) -> Option<Expression> {
        let name = path.last()?;
        let own = self.own_function(path, &arguments);
        let is_built_in = match path {
            [_] => built_ins().functions.contains_key(name.as_str()),
            [.., schema, _] => schema == "pg_catalog",
            [] => false,
        };
        if let Some((schema, declared, result)) = own {
            let arguments = self.coerced_all(arguments, &declared);
            return Some(call(Some(schema), name, arguments, result, Form::Plain));
        }
        if is_built_in {
            // `length('x')` and `int4(x)`: a type's name may also stand for a cast.
            let expression = self.built_in_call(name, arguments, Form::Plain)?;
            return Some(match expression {
                Expression::Call {
                    schema,
                    name,
                    arguments,
                    ty,
                    form,
                    ..
                } => Expression::Call {
                    schema,
                    name,
                    arguments,
                    variadic,
                    ty,
                    form,
                },
                other => other,
            });
        }
        // A function that an extension brought, or that no statement made.
        let schema = match path {
            [.., schema, _] => schema.clone(),
            _ => self.catalog.extension_schema_of(name)?.to_owned(),
        };
        let result = match name.starts_with("uuid_") {
            true => TypeUse::plain(crate::sql::builtin::UUID),
            false => TypeUse::unknown(),
        };
        let arguments = arguments
            .into_iter()
            .map(|argument| self.as_text_if_unknown(argument))
            .collect();
        Some(call(Some(schema), name, arguments, result, Form::Plain))
    }

    /// A function that a statement made: its schema, what it takes and what it returns.
    fn own_function(
        &self,
        path: &[String],
        arguments: &[Expression],
    ) -> Option<(String, Vec<Oid>, TypeUse)> {
        let (name, schema) = path.split_last()?;
        let schemas: Vec<&String> = match schema {
            [] => self.catalog.path().collect(),
            [.., schema] => vec![schema],
        };
        let types: Vec<Oid> = arguments.iter().map(|argument| argument.ty().oid).collect();
        let candidates: Vec<_> = self
            .catalog
            .functions
            .iter()
            .filter(|function| {
                function.name.name == *name && schemas.contains(&&function.name.schema)
            })
            .collect();
        let signatures: Vec<_> = candidates
            .iter()
            .map(|function| Signature {
                arguments: function.arguments.iter().map(|ty| ty.oid).collect(),
                defaults: function.defaults,
                variadic: function.variadic,
            })
            .collect();
        let index = best(self.catalog, &signatures, &types)?;
        let declared = signatures[index].of(self.catalog, types.len())?;
        let function = candidates[index];
        let result = polymorphic_result(self.catalog, &declared, &types, function.result.oid);
        let result = TypeUse {
            oid: result,
            modifier: -1,
            suffix: None,
        };
        Some((function.name.schema.clone(), declared, result))
    }
}

fn call(
    schema: Option<String>,
    name: &str,
    arguments: Vec<Expression>,
    ty: TypeUse,
    form: Form,
) -> Expression {
    Expression::Call {
        schema,
        name: name.to_owned(),
        arguments,
        variadic: false,
        ty,
        form,
    }
}
