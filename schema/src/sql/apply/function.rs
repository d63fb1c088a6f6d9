//! Functions, as far as expressions call them.

use super::{Applier, Done, fault};
use crate::sql::builtin::{RECORD, VOID};
use crate::sql::catalog::{Assume, Function, Object, TypeUse};
use crate::sql::expression::{is_type, type_of};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    /// The name, the arguments and the result; a function of types that are not known is left out.
    pub(super) fn create_function(&mut self, node: &Node) -> Done {
        let Some(function) = self.function(node) else {
            return Ok(());
        };
        let mut known = self.catalog.functions.iter_mut().filter(|own| {
            let types = own.arguments.iter().map(|argument| argument.oid);
            own.name == function.name
                && types.eq(function.arguments.iter().map(|argument| argument.oid))
        });
        match known.next() {
            // What uses it uses the new one.
            Some(own) if node.child(Kind::OR_REPLACE).is_some() => {
                *own = Function {
                    oid: own.oid,
                    ..function
                };
            }
            Some(_) => {
                let message = format!("the function `{}` already exists", function.name);
                return Err(fault(node, message).of("duplicate_function"));
            }
            None => self.catalog.functions.push(function),
        }
        Ok(())
    }

    /// `ALTER FUNCTION … RENAME TO` and `SET SCHEMA`.
    pub(super) fn alter_function(&mut self, node: &Node) -> Done {
        let signatures = [
            Kind::FUNCTION_SIG,
            Kind::PROCEDURE_SIG,
            Kind::ROUTINE_SIG,
            Kind::AGGREGATE,
        ];
        let signature = node
            .children()
            .find(|child| signatures.contains(&child.kind()));
        let Some(signature) = signature else {
            return Ok(());
        };
        let functions = self.dropped_functions(&signature);
        let schema = node.child(Kind::SET_SCHEMA);
        let schema = schema.and_then(|clause| clause.child(Kind::SCHEMA_REF));
        let renames = node.children().find(|child| {
            let kind = format!("{:?}", child.kind());
            kind.ends_with("RENAME_TO")
        });
        let new_name = renames.and_then(|clause| clause.children().next()?.path().pop());
        for object in functions {
            let Object::Function(oid) = object else {
                continue;
            };
            let own = self.catalog.functions.iter().find(|own| own.oid == oid);
            let Some(mut name) = own.map(|own| own.name.clone()) else {
                continue;
            };
            if let Some(schema) = &schema {
                name.schema = schema.name();
            }
            if let Some(new) = &new_name {
                name.name.clone_from(new);
            }
            self.catalog.rename_function(oid, &name);
        }
        Ok(())
    }

    fn function(&mut self, node: &Node) -> Option<Function> {
        let name = node
            .child(Kind::FUNCTION_NAME)
            .or_else(|| node.child(Kind::PROCEDURE_NAME))
            .or_else(|| node.child(Kind::AGGREGATE_NAME))?;
        let name = self.catalog.new_name(&name.path()).ok()?;
        let mut arguments = Vec::new();
        let mut columns = Vec::new();
        let (mut defaults, mut variadic) = (0, false);
        let parameters = node.child(Kind::PARAM_LIST);
        for parameter in parameters.iter().flat_map(|list| list.all(Kind::PARAM)) {
            let ty = self.type_in(&parameter)?;
            let out = parameter.child(Kind::PARAM_OUT).is_some();
            let both = parameter.child(Kind::PARAM_IN_OUT).is_some();
            if out || both {
                let name = parameter
                    .child(Kind::PARAM_NAME)
                    .map_or_else(String::new, |name| name.name());
                columns.push((name, ty.clone()));
            }
            if !out {
                arguments.push(ty);
                defaults += usize::from(parameter.child(Kind::PARAM_DEFAULT).is_some());
                variadic |= parameter.child(Kind::PARAM_VARIADIC).is_some();
            }
        }
        let returns = node.child(Kind::RET_TYPE);
        let table = returns
            .as_ref()
            .and_then(|returns| returns.child(Kind::RETURN_TABLE_ARG_LIST));
        if let Some(list) = &table {
            for column in list.children() {
                let ty = self.type_in(&column)?;
                columns.push((column.child(Kind::COLUMN_NAME)?.name(), ty));
            }
        }
        let written = returns.as_ref().and_then(|returns| self.type_in(returns));
        let result = match (written, columns.as_slice()) {
            (Some(ty), _) => ty,
            (None, [(_, ty)]) => ty.clone(),
            (None, []) if node.kind() == Kind::CREATE_AGGREGATE => self.aggregated(node),
            (None, []) => TypeUse::plain(VOID),
            (None, _) => TypeUse::plain(RECORD),
        };
        let is_set = |returns: &Node| {
            returns
                .tokens()
                .iter()
                .any(|token| token.eq_ignore_ascii_case("setof"))
        };
        Some(Function {
            oid: self.catalog.number(),
            name,
            arguments,
            defaults,
            variadic,
            result,
            returns_set: table.is_some() || returns.as_ref().is_some_and(is_set),
            aggregate: node.kind() == Kind::CREATE_AGGREGATE,
            columns,
            changing: self.changing(node),
        })
    }

    /// The result of an aggregate: its state, unless a function makes something else of it.
    fn aggregated(&mut self, node: &Node) -> TypeUse {
        let options = node.child(Kind::ATTRIBUTE_LIST);
        let option = |name: &str| {
            let mut all = options
                .iter()
                .flat_map(|list| list.all(Kind::ATTRIBUTE_OPTION));
            all.find(|option| {
                option
                    .child(Kind::ATTRIBUTE_NAME)
                    .is_some_and(|own| own.name() == name)
            })
        };
        match (
            option("finalfunc"),
            option("stype").and_then(|option| option.child(Kind::ATTRIBUTE_VALUE)),
        ) {
            (None, Some(state)) => self.type_in(&state).unwrap_or_else(TypeUse::unknown),
            _ => TypeUse::unknown(),
        }
    }

    fn type_in(&mut self, node: &Node) -> Option<TypeUse> {
        let written = node.children().find(is_type)?;
        type_of(&mut self.catalog, &written, Assume::OfExtensions).ok()
    }
}
