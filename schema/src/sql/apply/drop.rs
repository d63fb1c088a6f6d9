//! What is dropped, and what goes with it.

use super::{Applier, Done, Fault, fault};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::catalog::{
    Assume, Catalog, Object, Refusal, RelationId, TableKind, TypeKind, constraint_of,
};
use crate::sql::expression::{is_type, type_of};
use crate::sql::syntax::{Kind, Node};

impl Applier {
    pub(super) fn drop(&mut self, node: &Node) -> Done {
        let if_exists = node.child(Kind::IF_EXISTS).is_some();
        if matches!(
            node.kind(),
            Kind::DROP_TRIGGER | Kind::DROP_POLICY | Kind::DROP_RULE
        ) {
            return self.drop_part(node, if_exists);
        }
        let mut roots = Vec::new();
        for reference in references(node) {
            let found = self.dropped(node.kind(), &reference)?;
            let is_function = reference.child(Kind::PARAM_LIST).is_some()
                || matches!(
                    node.kind(),
                    Kind::DROP_FUNCTION | Kind::DROP_PROCEDURE | Kind::DROP_ROUTINE
                );
            // A function of types that are not known is not kept, and may be meant.
            if found.is_empty() && !if_exists && !is_function {
                let message = format!("`{}` does not exist", reference.path().join("."));
                return Err(fault(&reference, message).of("undefined_object"));
            }
            roots.extend(found);
        }
        self.drop_objects(node, &roots, is_cascade(node))
    }

    /// Drops objects and what goes with them; without CASCADE nothing else may use them.
    pub(super) fn drop_objects(&mut self, at: &Node, roots: &[Object], cascade: bool) -> Done {
        match self.catalog.doomed(roots, cascade) {
            Ok(doomed) => {
                self.catalog.remove(doomed);
                Ok(())
            }
            Err(Refusal { object, user }) => {
                let message = format!(
                    "{} cannot be dropped: {} uses it",
                    self.catalog.described(&object),
                    self.catalog.described(&user)
                );
                Err(fault(at, message).of("dependent_objects_still_exist"))
            }
        }
    }

    /// What a reference in DROP means; nothing if there is no such thing.
    fn dropped(&mut self, kind: Kind, reference: &Node) -> Result<Vec<Object>, Fault> {
        let path = reference.path();
        Ok(match kind {
            Kind::DROP_SCHEMA => {
                let schema = reference.name();
                let known = self.catalog.schemas.contains(&schema);
                known
                    .then_some(Object::Schema(schema))
                    .into_iter()
                    .collect()
            }
            Kind::DROP_EXTENSION => {
                let name = reference.name();
                let known = self.catalog.extensions.iter().any(|own| own.name == name);
                known
                    .then_some(Object::Extension(name))
                    .into_iter()
                    .collect()
            }
            Kind::DROP_FUNCTION
            | Kind::DROP_PROCEDURE
            | Kind::DROP_ROUTINE
            | Kind::DROP_AGGREGATE => {
                return Ok(self.dropped_functions(reference));
            }
            Kind::DROP_TYPE | Kind::DROP_DOMAIN => {
                let Some(oid) = self.catalog.find_own_type(&path) else {
                    return Ok(Vec::new());
                };
                let ty = self.catalog.types.get(&oid);
                if ty.is_some_and(|ty| matches!(ty.kind, TypeKind::Row)) {
                    let message = format!("`{}` is the type of a table's rows", path.join("."));
                    return Err(fault(reference, message).of("dependent_objects_still_exist"));
                }
                vec![Object::Type(oid)]
            }
            _ => match self.catalog.find_relation(&path) {
                Some(relation) => vec![self.dropped_relation(kind, relation, reference)?],
                None => Vec::new(),
            },
        })
    }

    fn dropped_relation(
        &self,
        kind: Kind,
        relation: RelationId,
        reference: &Node,
    ) -> Result<Object, Fault> {
        let wrong = |what: &str| {
            let message = format!("`{}` is no {what}", reference.path().join("."));
            fault(reference, message).of("wrong_object_type")
        };
        let table_kind = match relation {
            RelationId::Table(oid) => self.table(oid).map(|table| table.kind),
            _ => None,
        };
        match (kind, relation) {
            (Kind::DROP_SEQUENCE, RelationId::Sequence(oid)) => Ok(Object::Sequence(oid)),
            (Kind::DROP_SEQUENCE, _) => Err(wrong("sequence")),
            (Kind::DROP_INDEX, RelationId::Index(oid)) => {
                let index = self.catalog.indexes.get(&oid);
                let owner = index.and_then(|index| self.table(index.table));
                match owner.and_then(|owner| constraint_of(owner, oid)) {
                    Some(constraint) => {
                        let message =
                            format!("the constraint `{}` needs this index", constraint.name());
                        Err(fault(reference, message).of("dependent_objects_still_exist"))
                    }
                    None => Ok(Object::Index(oid)),
                }
            }
            (Kind::DROP_INDEX, _) => Err(wrong("index")),
            (_, RelationId::Table(oid)) => {
                let (fits, what) = match kind {
                    Kind::DROP_VIEW => (table_kind == Some(TableKind::View), "view"),
                    Kind::DROP_MATERIALIZED_VIEW => (
                        table_kind == Some(TableKind::MaterializedView),
                        "materialized view",
                    ),
                    Kind::DROP_FOREIGN_TABLE => {
                        (table_kind == Some(TableKind::Foreign), "foreign table")
                    }
                    _ => (
                        matches!(table_kind, Some(TableKind::Table | TableKind::Partitioned)),
                        "table",
                    ),
                };
                if fits {
                    Ok(Object::Table(oid))
                } else {
                    Err(wrong(what))
                }
            }
            _ => Err(wrong("table or view")),
        }
    }

    /// The functions of a name; where the types of the arguments are said, the one that has them.
    pub(super) fn dropped_functions(&mut self, reference: &Node) -> Vec<Object> {
        let path = reference
            .descendants(Kind::PATH_REF)
            .next()
            .map_or_else(|| reference.path(), |name| name.path());
        let parameters = reference.child(Kind::PARAM_LIST);
        let types = parameters.map(|list| {
            let of = |parameter: Node| {
                let written = parameter.children().find(is_type)?;
                Some(
                    type_of(&mut self.catalog, &written, Assume::Nothing)
                        .ok()?
                        .oid,
                )
            };
            list.all(Kind::PARAM).map(of).collect::<Vec<_>>()
        });
        let Some((name, schema)) = path.split_last() else {
            return Vec::new();
        };
        let meant = self.catalog.functions.iter().filter(|function| {
            let same_types = types.as_ref().is_none_or(|types| {
                let own = function.arguments.iter().map(|argument| Some(argument.oid));
                own.eq(types.iter().copied())
            });
            let same_schema = match schema.last() {
                Some(schema) => function.name.schema == *schema,
                None => self
                    .catalog
                    .path()
                    .any(|schema| *schema == function.name.schema),
            };
            function.name.name == *name && same_schema && same_types
        });
        meant
            .map(|function| Object::Function(function.oid))
            .collect()
    }

    fn drop_part(&mut self, node: &Node, if_exists: bool) -> Done {
        let relation = node
            .descendants(Kind::RELATION_NAME_REF)
            .next()
            .or_else(|| node.descendants(Kind::TABLE_NAME_REF).next());
        let Some(relation) = relation else {
            return Ok(());
        };
        let table = match self.table_of(&relation) {
            Ok(table) => table,
            Err(_) if if_exists => return Ok(()),
            Err(fault) => return Err(fault),
        };
        let kinds = [Kind::TRIGGER_REF, Kind::POLICY_REF, Kind::RULE_REF];
        let name = node
            .children()
            .find(|child| kinds.contains(&child.kind()))
            .map_or_else(String::new, |name| name.name());
        let Some(table) = self.catalog.tables.get_mut(&table) else {
            return Ok(());
        };
        let count = |table: &crate::sql::catalog::Table| {
            table.triggers.len() + table.policies.len() + table.rules.len()
        };
        let before = count(table);
        match node.kind() {
            Kind::DROP_TRIGGER => table.triggers.retain(|trigger| trigger.name != name),
            Kind::DROP_POLICY => table.policies.retain(|policy| policy.name != name),
            _ => table.rules.retain(|rule| rule.name != name),
        }
        if before == count(table) && !if_exists {
            let message = format!("`{name}` of `{}` does not exist", table.name);
            return Err(fault(node, message).of("undefined_object"));
        }
        Ok(())
    }

    pub(super) fn drop_column(&mut self, table: Oid, action: &Node) -> Done {
        let name = action
            .child(Kind::COLUMN_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let Some(owner) = self.table(table) else {
            return Ok(());
        };
        if owner.column(&name).is_none() {
            return match action.child(Kind::IF_EXISTS) {
                Some(_) => Ok(()),
                // Of a table whose columns are not all known it may be one of the others.
                None if owner.open => Ok(()),
                None => {
                    Err(fault(action, format!("column `{name}` does not exist"))
                        .of("undefined_column"))
                }
            };
        }
        let columns = self.family(table).into_iter().filter_map(|member| {
            let column = self.table(member)?.column(&name)?;
            Some(Object::Column(member, column.number))
        });
        let columns: Vec<_> = columns.collect();
        self.drop_objects(action, &columns, is_cascade(action))
    }

    pub(super) fn drop_constraint(&mut self, table: Oid, action: &Node) -> Done {
        let name = action
            .child(Kind::CONSTRAINT_NAME_REF)
            .map_or_else(String::new, |name| name.name());
        let members = self.family(table).into_iter().filter(|member| {
            self.table(*member).is_some_and(|member| {
                let mut constraints = member.constraints.iter();
                constraints.any(|constraint| constraint.name() == name)
            })
        });
        let constraints: Vec<_> = members
            .map(|member| Object::Constraint(member, name.clone()))
            .collect();
        if constraints.contains(&Object::Constraint(table, name.clone())) {
            return self.drop_objects(action, &constraints, is_cascade(action));
        }
        // Since PostgreSQL 18 a NOT NULL is one that can be dropped by its name.
        let owner = self.catalog.tables.get_mut(&table);
        if let Some(column) = owner.and_then(|owner| owner.with_not_null(&name)) {
            column.not_null = false;
            column.not_null_name = None;
            return Ok(());
        }
        match action.child(Kind::IF_EXISTS) {
            Some(_) => Ok(()),
            None => {
                Err(fault(action, format!("constraint `{name}` does not exist"))
                    .of("undefined_object"))
            }
        }
    }
}

impl Catalog {
    /// An object in words: `the view public.titles`.
    fn described(&self, object: &Object) -> String {
        let table = |oid: &Oid| {
            let table = self.tables.get(oid);
            table.map_or_else(String::new, |table| table.name.to_string())
        };
        let named = |what: &str, name: Option<&ObjectName>| {
            let name = name.map_or_else(String::new, ToString::to_string);
            format!("the {what} `{name}`")
        };
        match object {
            Object::Schema(name) => format!("the schema `{name}`"),
            Object::Extension(name) => format!("the extension `{name}`"),
            Object::Table(oid) => {
                let own = self.tables.get(oid);
                let what = match own.map(|table| table.kind) {
                    Some(TableKind::View | TableKind::MaterializedView) => "view",
                    _ => "table",
                };
                named(what, own.map(|table| &table.name))
            }
            Object::Sequence(oid) => named("sequence", self.relation_name(*oid)),
            Object::Index(oid) => named("index", self.relation_name(*oid)),
            Object::Type(oid) | Object::DomainDefault(oid) | Object::DomainCheck(oid, _) => {
                named("type", self.types.get(oid).map(|ty| &ty.name))
            }
            Object::Function(oid) => {
                let mut functions = self.functions.iter();
                let own = functions.find(|function| function.oid == *oid);
                named("function", own.map(|function| &function.name))
            }
            Object::Column(oid, number) | Object::Default(oid, number) => {
                let own = self.tables.get(oid);
                let column = own.map_or_else(String::new, |table| table.column_name(*number));
                format!("the column `{column}` of `{}`", table(oid))
            }
            Object::Constraint(oid, name) => format!("the constraint `{name}` of `{}`", table(oid)),
            Object::Trigger(oid, name) => format!("the trigger `{name}` of `{}`", table(oid)),
            Object::Policy(oid, name) => format!("the policy `{name}` of `{}`", table(oid)),
        }
    }
}

/// What a DROP statement names.
fn references(node: &Node) -> Vec<Node> {
    let lists = [
        Kind::FUNCTION_SIG_LIST,
        Kind::PROCEDURE_SIG_LIST,
        Kind::ROUTINE_SIG_LIST,
    ];
    let beside = [Kind::IF_EXISTS, Kind::CASCADE, Kind::RESTRICT];
    match node.children().find(|child| lists.contains(&child.kind())) {
        Some(list) => list.children().collect(),
        None => {
            let children = node.children();
            children
                .filter(|child| !beside.contains(&child.kind()))
                .collect()
        }
    }
}

fn is_cascade(node: &Node) -> bool {
    node.child(Kind::CASCADE).is_some()
}
