//! What has to be made before what.

use std::collections::{BTreeMap, BTreeSet};

use super::{relation, types};
use crate::model::{Definition, Object, ObjectKind, ObjectName, Part, Prerequisites, Schema};

/// An object and the statement that makes it.
pub(super) struct Node {
    pub(super) object: Object,
    pub(super) statement: String,
}

/// All objects in an order in which they can be made.
pub(super) struct Order {
    nodes: Vec<Node>,
    relations: BTreeSet<ObjectName>,
    /// Of what cannot be made, something that it needs and that was not read.
    pub(super) left_out: BTreeMap<Object, Object>,
    /// What is made, and something that was not read and that one of its rules or policies needs.
    pub(super) unread: BTreeSet<(Object, Object)>,
    /// The defaults and checks that need a function, which may need their table: they are added at the end.
    pub(super) late: BTreeSet<(ObjectName, String)>,
}

impl Order {
    pub(super) fn new(schema: &Schema, prerequisites: &Prerequisites) -> Self {
        let late = late_rules(prerequisites);
        let (needs, later) = needs(prerequisites, &late);
        let mut walk = Walk {
            needs,
            statements: BTreeMap::new(),
            seen: BTreeSet::new(),
            made: Vec::new(),
            left_out: BTreeMap::new(),
            unread: BTreeSet::new(),
        };
        for definition in &prerequisites.definitions {
            let statement = definition.statement.clone().unwrap_or_default();
            if definition.object.kind > ObjectKind::Server {
                walk.statements.insert(definition.object.clone(), statement);
            }
        }
        for (name, statement) in types::statements(schema, prerequisites) {
            walk.statements
                .insert(object(ObjectKind::Type, name), statement);
        }
        let is_late =
            |name: &ObjectName, part: &str| late.contains(&(name.clone(), part.to_owned()));
        for relation in &schema.relations {
            let statement = relation::statement(relation, schema, prerequisites, &is_late);
            let object = object(ObjectKind::Relation, &relation.name);
            walk.statements.insert(object, statement);
        }
        // What another database schema has is made only where something needs it.
        let is_root = |object: &&Object| {
            matches!(object.kind, ObjectKind::Type | ObjectKind::Relation)
                || prerequisites.asked.contains(&object.name.schema)
        };
        let roots: Vec<_> = walk.statements.keys().filter(is_root).cloned().collect();
        for root in &roots {
            walk.visit(root);
        }
        walk.visit_later(&later);
        let relations = walk
            .made
            .iter()
            .filter(|object| object.kind == ObjectKind::Relation);
        let relations = relations.map(|object| object.name.clone()).collect();
        let mut statements = walk.statements;
        let node = |object: Object| {
            let statement = statements.remove(&object)?;
            Some(Node { object, statement })
        };
        Self {
            nodes: walk.made.into_iter().filter_map(node).collect(),
            relations,
            left_out: walk.left_out,
            unread: walk.unread,
            late,
        }
    }

    /// What is made, one after the other.
    pub(super) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.iter()
    }

    /// Whether a relation is made.
    pub(super) fn makes(&self, name: &ObjectName) -> bool {
        self.relations.contains(name)
    }

    /// The database schemas that have to be there.
    pub(super) fn schemas<'a>(&'a self, prerequisites: &'a Prerequisites) -> BTreeSet<&'a str> {
        let made = self
            .nodes
            .iter()
            .map(|node| node.object.name.schema.as_str());
        let extensions = prerequisites.definitions.iter().filter_map(|definition| {
            let is_extension = definition.object.kind == ObjectKind::Extension;
            is_extension.then_some(definition.object.name.schema.as_str())
        });
        let asked = prerequisites.asked.iter().map(String::as_str);
        made.chain(extensions).chain(asked).collect()
    }

    /// The definitions that are made among other objects.
    pub(super) fn definitions<'a>(
        &'a self,
        prerequisites: &'a Prerequisites,
    ) -> impl Iterator<Item = &'a Definition> {
        let made: BTreeSet<_> = self.nodes.iter().map(|node| &node.object).collect();
        let definitions = prerequisites.definitions.iter();
        definitions.filter(move |definition| made.contains(&definition.object))
    }
}

/// A walk from what is asked for down to what it needs.
struct Walk {
    needs: Needs,
    statements: BTreeMap<Object, String>,
    seen: BTreeSet<Object>,
    made: Vec<Object>,
    left_out: BTreeMap<Object, Object>,
    unread: BTreeSet<(Object, Object)>,
}

impl Walk {
    fn visit(&mut self, object: &Object) {
        // In a circle, as of a table and a function that returns its rows, one has to come first.
        if !self.seen.insert(object.clone()) {
            return;
        }
        let needs = self.needs.get(object).cloned().unwrap_or_default();
        for needed in &needs {
            let is_known = self.statements.contains_key(needed);
            if is_known {
                self.visit(needed);
            }
            if let Some(cause) = self.left_out.get(needed).cloned() {
                self.left_out.insert(object.clone(), cause);
            } else if !is_known && needed.kind == ObjectKind::Relation {
                self.left_out.insert(object.clone(), needed.clone());
            }
        }
        if !self.left_out.contains_key(object) {
            self.made.push(object.clone());
        }
    }

    /// Goes to what is needed for what is added later, and what that needs.
    fn visit_later(&mut self, later: &Needs) {
        let mut at = 0;
        while let Some(object) = self.made.get(at).cloned() {
            for needed in later.get(&object).into_iter().flatten() {
                if self.statements.contains_key(needed) {
                    self.visit(needed);
                } else if needed.kind == ObjectKind::Relation {
                    self.unread.insert((object.clone(), needed.clone()));
                }
            }
            at += 1;
        }
    }
}

fn object(kind: ObjectKind, name: &ObjectName) -> Object {
    Object {
        kind,
        name: name.clone(),
    }
}

/// The defaults and checks that need more than types and sequences.
fn late_rules(prerequisites: &Prerequisites) -> BTreeSet<(ObjectName, String)> {
    let late = prerequisites.dependencies.iter().filter_map(|dependency| {
        let Part::Rule(name) = &dependency.of else {
            return None;
        };
        let is_late = matches!(
            dependency.needs.kind,
            ObjectKind::Function | ObjectKind::Operator | ObjectKind::Relation
        );
        is_late.then(|| (dependency.object.name.clone(), name.clone()))
    });
    late.collect()
}

/// What each object needs.
type Needs = BTreeMap<Object, BTreeSet<Object>>;

/// What objects need to be made, and what they need for what is added later.
fn needs(prerequisites: &Prerequisites, late: &BTreeSet<(ObjectName, String)>) -> (Needs, Needs) {
    let (mut first, mut later) = (Needs::new(), Needs::new());
    for dependency in &prerequisites.dependencies {
        let object = &dependency.object;
        let is_late = match &dependency.of {
            Part::Whole => false,
            Part::Rule(name) => late.contains(&(object.name.clone(), name.clone())),
            Part::Late => true,
        };
        let needs = if is_late { &mut later } else { &mut first };
        let own = needs.entry(object.clone()).or_default();
        own.insert(dependency.needs.clone());
    }
    (first, later)
}
