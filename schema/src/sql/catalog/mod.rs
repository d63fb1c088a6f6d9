//! The catalog that the statements make, in memory: what `pg_catalog` would hold after them.
//!
//! Objects have numbers and refer to each other by them, so that renaming one renames it everywhere.

mod assumed;
mod change;
mod depend;
mod extension;
mod find;
mod index;
mod remove;
mod sequence;
mod table;
mod types;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use assumed::{Assume, Assumed};
pub(super) use depend::{Object, Refusal, constraint_of};
pub(super) use extension::is_default_class;
pub(super) use index::{Element, Index};
pub(super) use sequence::{Options as SequenceOptions, Sequence};
pub(super) use table::{
    Check, Column, Constraint, Exclusion, ForeignKey, Key, PartitionKey, Policy, Rule, Table,
    TableKind, Timing, Trigger, View, ViewColumn,
};
pub(super) use types::{Domain, DomainCheck, Kind as TypeKind, Type, TypeUse};

use super::builtin::Oid;
use super::renames::Record;
use crate::model::ObjectName;

/// Where the objects of a session are that are no part of the schema.
pub(super) const TEMPORARY: &str = "pg_temp";

/// Everything that the statements so far have made.
#[derive(Debug, Clone)]
pub(super) struct Catalog {
    next: Oid,
    pub(super) schemas: Vec<String>,
    pub(super) search_path: Vec<String>,
    /// The search path that holds again when the transaction ends, where SET LOCAL gave it another.
    pub(super) path_after: Option<Vec<String>>,
    pub(super) extensions: Vec<Extension>,
    /// Tables, views, sequences, indexes and composite types share their names.
    pub(super) relations: BTreeMap<ObjectName, Oid>,
    pub(super) tables: BTreeMap<Oid, Table>,
    pub(super) sequences: BTreeMap<Oid, Sequence>,
    pub(super) indexes: BTreeMap<Oid, Index>,
    pub(super) types: BTreeMap<Oid, Type>,
    pub(super) type_names: BTreeMap<ObjectName, Oid>,
    /// The types of arrays, by those of their elements.
    pub(super) arrays: BTreeMap<Oid, Oid>,
    /// Whether some table goes when its transaction ends.
    pub(super) has_passing: bool,
    /// The types that the statement at hand has assumed to be there.
    pub(super) assumed: Vec<Assumed>,
    pub(super) functions: Vec<Function>,
    /// Collations that a statement made.
    pub(super) collations: Vec<ObjectName>,
    /// Those of them that take different texts for equal.
    pub(super) nondeterministic: Vec<ObjectName>,
    /// What was called otherwise.
    pub(super) former: Record,
}

/// An extension and the schema that its objects are in.
#[derive(Debug, Clone)]
pub(super) struct Extension {
    pub(super) name: String,
    pub(super) schema: String,
}

/// A function that a statement made, as far as expressions need it.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub(super) oid: Oid,
    pub(super) name: ObjectName,
    pub(super) arguments: Vec<TypeUse>,
    /// How many of the last arguments have a default.
    pub(super) defaults: usize,
    pub(super) variadic: bool,
    pub(super) result: TypeUse,
    pub(super) returns_set: bool,
    pub(super) aggregate: bool,
    /// The columns of RETURNS TABLE and of OUT parameters.
    pub(super) columns: Vec<(String, TypeUse)>,
    /// The statement that made it, if to call it may change the schema.
    pub(super) changing: Option<Arc<str>>,
}

/// What a number stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RelationId {
    Table(Oid),
    Sequence(Oid),
    Index(Oid),
    Composite(Oid),
}

impl Catalog {
    pub(super) fn new() -> Self {
        Self {
            // Where PostgreSQL itself begins with what users make.
            next: 16_384,
            schemas: vec!["public".to_owned()],
            search_path: vec!["public".to_owned()],
            path_after: None,
            extensions: Vec::new(),
            relations: BTreeMap::new(),
            tables: BTreeMap::new(),
            sequences: BTreeMap::new(),
            indexes: BTreeMap::new(),
            types: BTreeMap::new(),
            type_names: BTreeMap::new(),
            arrays: BTreeMap::new(),
            has_passing: false,
            assumed: Vec::new(),
            functions: Vec::new(),
            collations: Vec::new(),
            nondeterministic: Vec::new(),
            former: Record::default(),
        }
    }

    /// A number that nothing has yet.
    pub(super) fn number(&mut self) -> Oid {
        self.next += 1;
        self.next
    }

    pub(super) fn relation(&self, name: &ObjectName) -> Option<RelationId> {
        let oid = *self.relations.get(name)?;
        Some(if self.tables.contains_key(&oid) {
            RelationId::Table(oid)
        } else if self.sequences.contains_key(&oid) {
            RelationId::Sequence(oid)
        } else if self.indexes.contains_key(&oid) {
            RelationId::Index(oid)
        } else {
            RelationId::Composite(oid)
        })
    }

    pub(super) fn relation_name(&self, oid: Oid) -> Option<&ObjectName> {
        let table = self.tables.get(&oid).map(|table| &table.name);
        let sequence = || self.sequences.get(&oid).map(|sequence| &sequence.name);
        let index = || self.indexes.get(&oid).map(|index| &index.name);
        table.or_else(sequence).or_else(index)
    }

    /// Gives a relation another name; the row type of a table is renamed along.
    pub(super) fn rename_relation(&mut self, oid: Oid, name: ObjectName) {
        if let Some(old) = self.relation_name(oid).cloned() {
            self.relations.remove(&old);
            self.former.relation(oid, old);
        }
        if let Some(table) = self.tables.get_mut(&oid) {
            table.name = name.clone();
        } else if let Some(sequence) = self.sequences.get_mut(&oid) {
            sequence.name = name.clone();
        } else if let Some(index) = self.indexes.get_mut(&oid) {
            index.name = name.clone();
        }
        self.relations.insert(name.clone(), oid);
        if self.types.contains_key(&oid) {
            self.rename_type(oid, name);
        }
    }

    /// Gives a type another name.
    pub(super) fn rename_type(&mut self, oid: Oid, name: ObjectName) {
        let Some(ty) = self.types.get_mut(&oid) else {
            return;
        };
        let old = std::mem::replace(&mut ty.name, name.clone());
        let composite = matches!(ty.kind, TypeKind::Composite { .. });
        self.type_names.remove(&old);
        self.type_names.insert(name.clone(), oid);
        self.former.ty(oid, old.clone());
        if composite && self.relations.get(&old) == Some(&oid) {
            self.relations.remove(&old);
            self.relations.insert(name, oid);
        }
    }

    /// Whether a constraint of a schema has this name.
    pub(super) fn has_constraint(&self, schema: &str, name: &str) -> bool {
        let tables = self
            .tables
            .values()
            .filter(|table| table.name.schema == schema);
        let mut constraints = tables.flat_map(|table| &table.constraints);
        constraints.any(|constraint| constraint.name() == name)
            || self.types.values().any(|ty| {
                ty.name.schema == schema
                    && matches!(&ty.kind, TypeKind::Domain(domain)
                        if domain.checks.iter().any(|check| check.name == name))
            })
    }

    pub(super) fn has_relation(&self, schema: &str, name: &str) -> bool {
        self.relations.contains_key(&ObjectName::new(schema, name))
    }

    /// A table with its row type, its indexes and the sequences of its columns.
    pub(super) fn drop_table(&mut self, oid: Oid) {
        let Some(table) = self.tables.remove(&oid) else {
            return;
        };
        self.relations.remove(&table.name);
        self.drop_type(oid);
        self.indexes.retain(|_, index| {
            let stays = index.table != oid;
            if !stays {
                self.relations.remove(&index.name);
            }
            stays
        });
        self.sequences.retain(|_, sequence| {
            let stays = sequence.owner.is_none_or(|(owner, _)| owner != oid);
            if !stays {
                self.relations.remove(&sequence.name);
            }
            stays
        });
    }

    pub(super) fn drop_index(&mut self, oid: Oid) {
        if let Some(index) = self.indexes.remove(&oid) {
            self.relations.remove(&index.name);
        }
    }

    pub(super) fn drop_sequence(&mut self, oid: Oid) {
        if let Some(sequence) = self.sequences.remove(&oid) {
            self.relations.remove(&sequence.name);
        }
    }

    pub(super) fn drop_type(&mut self, oid: Oid) {
        if let Some(ty) = self.types.remove(&oid) {
            self.type_names.remove(&ty.name);
            if self.relations.get(&ty.name) == Some(&oid) {
                self.relations.remove(&ty.name);
            }
        }
        if let Some(array) = self.arrays.remove(&oid) {
            self.types.remove(&array);
        }
    }
}
