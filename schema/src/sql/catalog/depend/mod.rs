//! What depends on what: which objects go with one that is dropped, and which of them forbid it.

mod users;

use std::collections::BTreeSet;

use users::any;

use super::{Catalog, Constraint, Index, Table, TypeKind, View};
use crate::model::ObjectName;
use crate::sql::builtin::Oid;
use crate::sql::expression::Expression;

/// Something that can be dropped; what has no number of its own is told by that of its table or domain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::sql) enum Object {
    Schema(String),
    Extension(String),
    Table(Oid),
    Sequence(Oid),
    Index(Oid),
    Type(Oid),
    Function(Oid),
    /// Of a table, a view or a composite type.
    Column(Oid, i32),
    Default(Oid, i32),
    Constraint(Oid, String),
    Trigger(Oid, String),
    Policy(Oid, String),
    DomainDefault(Oid),
    DomainCheck(Oid, String),
}

/// How an object depends on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// It is part of it, and goes with it.
    Part,
    /// It uses it: it goes with it only where CASCADE says so.
    Use,
}

/// An object that forbids to drop what it uses.
#[derive(Debug)]
pub(in crate::sql) struct Refusal {
    pub(in crate::sql) object: Object,
    pub(in crate::sql) user: Object,
}

impl Catalog {
    /// The objects that go when some are dropped.
    pub(in crate::sql) fn doomed(
        &self,
        roots: &[Object],
        cascade: bool,
    ) -> Result<BTreeSet<Object>, Refusal> {
        let mut doomed: BTreeSet<Object> = roots.iter().cloned().collect();
        let mut users = Vec::new();
        let mut open: Vec<Object> = roots.to_vec();
        while let Some(object) = open.pop() {
            for (dependent, bond) in self.dependents(&object) {
                if bond == Bond::Use && !cascade {
                    users.push((object.clone(), dependent));
                } else if doomed.insert(dependent.clone()) {
                    open.push(dependent);
                }
            }
        }
        // What is part of something else that goes does not forbid it.
        match users
            .into_iter()
            .find(|(_, user)| !self.goes_with(user, &doomed))
        {
            Some((object, user)) => Err(Refusal { object, user }),
            None => Ok(doomed),
        }
    }

    /// Whether an object is among others, or part of one of them.
    fn goes_with(&self, object: &Object, doomed: &BTreeSet<Object>) -> bool {
        let whole = match object {
            Object::Column(table, _) | Object::Trigger(table, _) | Object::Policy(table, _) => {
                Some(Object::Table(*table))
            }
            Object::Constraint(table, _) => Some(Object::Table(*table)),
            Object::Default(table, number) => Some(Object::Column(*table, *number)),
            Object::Index(oid) => self
                .indexes
                .get(oid)
                .map(|index| Object::Table(index.table)),
            Object::DomainDefault(oid) | Object::DomainCheck(oid, _) => Some(Object::Type(*oid)),
            _ => None,
        };
        doomed.contains(object) || whole.is_some_and(|whole| self.goes_with(&whole, doomed))
    }

    fn dependents(&self, object: &Object) -> Vec<(Object, Bond)> {
        match object {
            Object::Schema(name) => self.of_schema(name),
            Object::Extension(name) => self.of_extension(name),
            Object::Table(oid) => self.of_table(*oid),
            Object::Sequence(oid) => {
                let draws = |expression: &Expression| expression.relations().contains(oid);
                used(self.expressions_that(draws))
            }
            Object::Index(oid) => self.indexes.get(oid).map_or_else(Vec::new, |index| {
                used(self.keys_to(index.table, &index.columns(), Some(*oid)))
            }),
            Object::Constraint(table, name) => self.of_constraint(*table, name),
            Object::Column(table, number) => self.of_column(*table, *number),
            Object::Type(oid) => self.of_type(*oid),
            Object::Function(oid) => self.of_function(*oid),
            Object::Default(..)
            | Object::Trigger(..)
            | Object::Policy(..)
            | Object::DomainDefault(_)
            | Object::DomainCheck(..) => Vec::new(),
        }
    }

    fn of_schema(&self, schema: &str) -> Vec<(Object, Bond)> {
        let within = |name: &ObjectName| name.schema == schema;
        let tables = self.tables.values().filter(|table| within(&table.name));
        let sequences = self.sequences.values();
        let sequences = sequences.filter(|sequence| within(&sequence.name));
        let types = self.types.values().filter(|ty| {
            within(&ty.name) && !matches!(ty.kind, TypeKind::Row | TypeKind::Array { .. })
        });
        let functions = self.functions.iter();
        let functions = functions.filter(|function| within(&function.name));
        let extensions = self.extensions.iter();
        let extensions = extensions.filter(|extension| extension.schema == schema);
        used(
            tables
                .map(|table| Object::Table(table.oid))
                .chain(sequences.map(|sequence| Object::Sequence(sequence.oid)))
                .chain(types.map(|ty| Object::Type(ty.oid)))
                .chain(functions.map(|function| Object::Function(function.oid)))
                .chain(extensions.map(|extension| Object::Extension(extension.name.clone()))),
        )
    }

    fn of_extension(&self, name: &str) -> Vec<(Object, Bond)> {
        let brought = |named: &str| {
            self.extension_of(named)
                .is_some_and(|extension| extension.name == name)
        };
        let Some(extension) = self.extensions.iter().find(|own| own.name == name) else {
            return Vec::new();
        };
        let types = self.types.values().filter(|ty| {
            ty.of_extension
                && ty.name.schema == extension.schema
                && (brought(&ty.name.name) || self.extension_of(&ty.name.name).is_none())
        });
        let mut found: Vec<_> = types.map(|ty| (Object::Type(ty.oid), Bond::Part)).collect();
        let calls = |expression: &Expression| {
            any(expression, |part| {
                matches!(part, Expression::Call { schema: Some(schema), name, .. }
                    if *schema == extension.schema && brought(name) && !self.has_function(schema, name))
            })
        };
        found.extend(used(self.expressions_that(calls)));
        let classes = self.indexes.values().filter(|index| {
            let mut elements = index.elements.iter();
            elements.any(|element| {
                let class = element.operator_class.as_ref();
                class.is_some_and(|class| brought(&class.name))
            })
        });
        found.extend(used(
            classes.map(|index| self.index_or_its_constraint(index)),
        ));
        found
    }

    fn has_function(&self, schema: &str, name: &str) -> bool {
        let mut functions = self.functions.iter();
        functions.any(|function| function.name.schema == *schema && function.name.name == *name)
    }

    fn of_table(&self, oid: Oid) -> Vec<(Object, Bond)> {
        let mut found = Vec::new();
        for other in self.tables.values().filter(|other| other.oid != oid) {
            if other.partition_of == Some(oid) {
                found.push((Object::Table(other.oid), Bond::Part));
            }
            let reads = |view: &View| view.sources.iter().any(|(source, _)| *source == oid);
            if other.parents.contains(&oid) || other.view.as_ref().is_some_and(reads) {
                found.push((Object::Table(other.oid), Bond::Use));
            }
            for constraint in &other.constraints {
                if matches!(constraint, Constraint::Foreign(key) if key.target == oid) {
                    let name = constraint.name().to_owned();
                    found.push((Object::Constraint(other.oid, name), Bond::Use));
                }
            }
        }
        let owned = self.sequences.values();
        let owned = owned.filter(|sequence| sequence.owner.is_some_and(|(table, _)| table == oid));
        found.extend(owned.map(|sequence| (Object::Sequence(sequence.oid), Bond::Part)));
        let names = |expression: &Expression| expression.relations().contains(&oid);
        found.extend(used(self.expressions_that(names)));
        // Its row type goes with it.
        found.extend(self.of_type(oid));
        found.retain(|(object, _)| !is_within(object, oid));
        found
    }

    fn of_column(&self, table: Oid, number: i32) -> Vec<(Object, Bond)> {
        let Some(owner) = self.tables.get(&table) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let uses = |expression: &Expression| {
            let columns = expression.columns();
            columns.iter().any(|column| column.number == number)
        };
        for index in self.indexes.values().filter(|index| index.table == table) {
            let mut parts = index.elements.iter().map(|element| &element.expression);
            if parts.any(uses)
                || index.predicate.as_ref().is_some_and(uses)
                || index.include.contains(&number)
            {
                found.push((self.index_or_its_constraint(index), Bond::Part));
            }
        }
        for constraint in &owner.constraints {
            let is_part = match constraint {
                Constraint::Foreign(key) => key.columns.contains(&number),
                Constraint::Check(check) => uses(&check.expression),
                Constraint::Key(_) | Constraint::Exclusion(_) => false,
            };
            if is_part {
                let name = constraint.name().to_owned();
                found.push((Object::Constraint(table, name), Bond::Part));
            }
        }
        for sequence in self.sequences.values() {
            if sequence.owner == Some((table, number)) {
                found.push((Object::Sequence(sequence.oid), Bond::Part));
            }
        }
        let generated = owner.columns.iter().filter(|column| {
            column.number != number
                && column.generated.is_some()
                && column.expression.as_ref().is_some_and(uses)
        });
        found.extend(used(
            generated.map(|column| Object::Column(table, column.number)),
        ));
        let triggers = owner.triggers.iter().filter(|trigger| {
            trigger.update_columns.contains(&number) || trigger.condition.as_ref().is_some_and(uses)
        });
        found.extend(used(
            triggers.map(|trigger| Object::Trigger(table, trigger.name.clone())),
        ));
        let policies = owner.policies.iter().filter(|policy| {
            let mut conditions = policy.using.iter().chain(&policy.check);
            conditions.any(uses)
        });
        found.extend(used(
            policies.map(|policy| Object::Policy(table, policy.name.clone())),
        ));
        for other in self.tables.values() {
            let reads = |view: &View| view.sources.contains(&(table, Some(number)));
            if other.view.as_ref().is_some_and(reads) {
                found.push((Object::Table(other.oid), Bond::Use));
            }
            for constraint in &other.constraints {
                if matches!(constraint, Constraint::Foreign(key)
                    if key.target == table && key.target_columns.contains(&number))
                {
                    let name = constraint.name().to_owned();
                    found.push((Object::Constraint(other.oid, name), Bond::Use));
                }
            }
        }
        found
    }

    fn of_constraint(&self, table: Oid, name: &str) -> Vec<(Object, Bond)> {
        let Some(owner) = self.tables.get(&table) else {
            return Vec::new();
        };
        let mut constraints = owner.constraints.iter();
        let index = constraints
            .find(|constraint| constraint.name() == name)
            .and_then(Constraint::index);
        index.map_or_else(Vec::new, |index| vec![(Object::Index(index), Bond::Part)])
    }

    /// The foreign keys that need a unique index over these columns, and no other will do.
    fn keys_to(&self, table: Oid, columns: &[i32], besides: Option<Oid>) -> Vec<Object> {
        let same = |others: &[i32]| {
            others.len() == columns.len() && others.iter().all(|other| columns.contains(other))
        };
        let mut indexes = self.indexes.values();
        if indexes.any(|index| {
            index.table == table
                && Some(index.oid) != besides
                && index.unique
                && index.predicate.is_none()
                && same(&index.columns())
        }) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for other in self.tables.values() {
            for constraint in &other.constraints {
                if matches!(constraint, Constraint::Foreign(key)
                    if key.target == table && same(&key.target_columns))
                {
                    found.push(Object::Constraint(other.oid, constraint.name().to_owned()));
                }
            }
        }
        found
    }

    /// The constraint that an index belongs to, or the index itself.
    fn index_or_its_constraint(&self, index: &Index) -> Object {
        let owner = self.tables.get(&index.table);
        let constraint = owner.and_then(|owner| constraint_of(owner, index.oid));
        match constraint {
            Some(constraint) => Object::Constraint(index.table, constraint.name().to_owned()),
            None => Object::Index(index.oid),
        }
    }
}

/// The constraint of a table that an index is behind.
pub(in crate::sql) fn constraint_of(table: &Table, index: Oid) -> Option<&Constraint> {
    let mut constraints = table.constraints.iter();
    constraints.find(|constraint| constraint.index() == Some(index))
}

fn used(objects: impl IntoIterator<Item = Object>) -> Vec<(Object, Bond)> {
    let objects = objects.into_iter();
    objects.map(|object| (object, Bond::Use)).collect()
}

/// Whether an object is part of a table, or the table itself.
fn is_within(object: &Object, table: Oid) -> bool {
    match object {
        Object::Table(own)
        | Object::Column(own, _)
        | Object::Default(own, _)
        | Object::Constraint(own, _)
        | Object::Trigger(own, _)
        | Object::Policy(own, _) => *own == table,
        _ => false,
    }
}
