//! Foreign keys → relations, in both directions.

use proc_macro2::Ident;
use std::collections::BTreeMap;

use umbel_schema::derive::{self, Inverse, Junction};
use umbel_schema::model::{ForeignKey, ObjectName, ReferenceAction, Relation};

use super::kept::{Kept, Origin};
use super::names::{Naming, Scope, ident, label, plural, reserved, shouty, snake, words};
use super::{ColumnPair, Field, ManyToMany, TableNames, Target, ToMany, ToOne};

/// The relations that became tables of the application, with the names of each.
pub(super) struct Neighbours<'a> {
    /// In the order of the database.
    pub(super) tables: Vec<(&'a Relation, &'a TableNames)>,
    /// Where each of them stands.
    pub(super) places: BTreeMap<&'a ObjectName, usize>,
    pub(super) kept: &'a Kept,
    pub(super) junctions: Vec<Junction<'a>>,
    pub(super) inverses: BTreeMap<&'a ObjectName, Vec<Inverse<'a>>>,
}

/// The relations of one table.
pub(super) struct Relations {
    pub(super) to_one: Vec<ToOne>,
    pub(super) to_many: Vec<ToMany>,
    pub(super) many_to_many: Vec<ManyToMany>,
}

/// Finds the relations of a table; their constants differ from those of its columns.
pub(super) fn relations(
    relation: &Relation,
    fields: &[Field],
    neighbours: &Neighbours<'_>,
) -> Relations {
    let kept = neighbours.kept.members(&relation.name);
    let mut scope = Scope::with(reserved::CONSTANTS);
    for field in fields {
        scope.set_aside([field.constant.to_string().as_str()]);
    }
    let mut constants = Naming::new(scope, kept.relation_constants());
    Relations {
        to_one: to_one(relation, fields, neighbours, &mut constants),
        to_many: to_many(relation, neighbours, &mut constants),
        many_to_many: many_to_many(relation, fields, neighbours, &mut constants),
    }
}

fn to_one(
    relation: &Relation,
    fields: &[Field],
    neighbours: &Neighbours<'_>,
    constants: &mut Naming<'_, Origin>,
) -> Vec<ToOne> {
    // A row is a member beside those that it refers to.
    let mut scope = Scope::default();
    if let Some(own) = neighbours.names(relation) {
        scope.set_aside([own.one.to_string().as_str()]);
    }
    let kept = neighbours.kept.members(&relation.name);
    let mut names = Naming::new(scope, kept.reference_names(relation));
    let mut found = Vec::new();
    for key in &relation.foreign_keys {
        let Some((target, target_names)) = neighbours.find(&key.target) else {
            continue;
        };
        if !are_readable(target, &key.target_columns) {
            continue;
        }
        let indexes: Option<Vec<usize>> = key
            .columns
            .iter()
            .map(|column| fields.iter().position(|field| field.column == *column))
            .collect();
        let Some(indexes) = indexes else { continue };
        let words = words(&derive::role(key));
        let reference = [words.clone(), vec!["ref".to_owned()]].concat();
        found.push(ToOne {
            constant: ident(&constants.name(
                &Origin::Member(key.name.clone()),
                &[&words, &reference].map(|words| shouty(words)),
            )),
            name: ident(&names.name(
                key.name.as_str(),
                &[&words, &reference].map(|words| snake(words)),
            )),
            origin: key.name.clone(),
            label: label(&words),
            target: target_of(target_names),
            nullable: indexes.iter().any(|&index| fields[index].nullable),
            columns: pairs(&key.columns, &key.target_columns),
            fields: indexes,
            refers_to_key: target
                .primary_key
                .as_ref()
                .is_some_and(|primary| primary.columns == key.target_columns),
            linked: target.primary_key.is_some(),
        });
    }
    found
}

fn to_many(
    relation: &Relation,
    neighbours: &Neighbours<'_>,
    constants: &mut Naming<'_, Origin>,
) -> Vec<ToMany> {
    let inverses = neighbours.inverses.get(&relation.name);
    let mut found = Vec::new();
    for inverse in inverses.into_iter().flatten() {
        let Some((source, source_names)) = neighbours.find(&inverse.source.name) else {
            continue;
        };
        let key = inverse.foreign_key;
        let is_known =
            are_readable(relation, &key.target_columns) && are_readable(source, &key.columns);
        if neighbours.is_pure_junction(source) || !is_known {
            continue;
        }
        let one = words(&inverse.name);
        let words = if inverse.one_to_one {
            one
        } else {
            plural(&one)
        };
        let reference = [words.clone(), vec!["rows".to_owned()]].concat();
        let origin = format!("{}.{}", source.name, key.name);
        found.push(ToMany {
            constant: ident(&constants.name(
                &Origin::Rows(origin.clone()),
                &[&words, &reference].map(|words| shouty(words)),
            )),
            origin,
            label: label(&words),
            target: target_of(source_names),
            columns: pairs(&key.target_columns, &key.columns),
            shown: !neighbours.is_junction(source),
            on_delete: on_delete(key.on_delete),
        });
    }
    found
}

fn many_to_many(
    relation: &Relation,
    fields: &[Field],
    neighbours: &Neighbours<'_>,
    constants: &mut Naming<'_, Origin>,
) -> Vec<ManyToMany> {
    let mut scope = Scope::default();
    for field in fields {
        scope.set_aside([field.name.to_string().as_str()]);
    }
    let kept = neighbours.kept.members(&relation.name);
    let mut names = Naming::new(scope, kept.link_names(relation));
    // The browser knows an input by the name of its column.
    names.set_aside(relation.columns.iter().map(|column| column.name.as_str()));
    let mut found = Vec::new();
    for junction in &neighbours.junctions {
        for (near, far) in [
            (&junction.left, &junction.right),
            (&junction.right, &junction.left),
        ] {
            let Some((_, target_names)) = neighbours.find(&far.target) else {
                continue;
            };
            let is_known = are_readable(junction.table, &near.columns)
                && are_readable(junction.table, &far.columns);
            if near.target != relation.name || !is_known {
                continue;
            }
            let role = plural(&words(&derive::role(far)));
            let by = [
                role.clone(),
                vec!["by".to_owned()],
                words(&junction.table.name.name),
            ]
            .concat();
            let origin = format!("{}.{}", junction.table.name, far.name);
            found.push(ManyToMany {
                constant: ident(&constants.name(
                    &Origin::Member(origin.clone()),
                    &[&role, &by].map(|words| shouty(words)),
                )),
                name: ident(&names.name(origin.as_str(), &[&role, &by].map(|words| snake(words)))),
                origin,
                label: label(&role),
                target: target_of(target_names),
                junction: (
                    junction.table.name.schema.clone(),
                    junction.table.name.name.clone(),
                ),
                columns: pairs(&near.target_columns, &near.columns),
                target_columns: pairs(&far.target_columns, &far.columns),
                editable: junction.insertable && is_granted(junction.table, near, far),
                on_delete: on_delete(near.on_delete),
                pure: junction.pure,
            });
        }
    }
    found
}

/// Whether the role may read all of these columns.
fn are_readable(relation: &Relation, names: &[String]) -> bool {
    names.iter().all(|name| {
        let mut columns = relation.columns.iter();
        columns.any(|column| column.name == *name && column.can_select)
    })
}

/// Whether the role may make a row of a junction from its two keys, and take one away.
fn is_granted(junction: &Relation, near: &ForeignKey, far: &ForeignKey) -> bool {
    let is_key = |name: &String| near.columns.contains(name) || far.columns.contains(name);
    let mut columns = junction.columns.iter();
    junction.privileges.delete
        && columns.all(|column| match is_key(&column.name) {
            true => column.can_insert,
            false => column.locked.is_none(),
        })
}

/// The variant of the runtime's `OnDelete`.
fn on_delete(action: ReferenceAction) -> Ident {
    ident(match action {
        ReferenceAction::NoAction | ReferenceAction::Restrict => "Restrict",
        ReferenceAction::Cascade => "Cascade",
        ReferenceAction::SetNull => "SetNull",
        ReferenceAction::SetDefault => "SetDefault",
    })
}

fn target_of(names: &TableNames) -> Target {
    Target {
        module: names.module.clone(),
        model: names.model.clone(),
    }
}

fn pairs(own: &[String], other: &[String]) -> Vec<ColumnPair> {
    let pairs = own.iter().zip(other);
    pairs
        .map(|(own, other)| ColumnPair {
            own: own.clone(),
            other: other.clone(),
        })
        .collect()
}

impl Neighbours<'_> {
    fn find(&self, name: &ObjectName) -> Option<(&Relation, &TableNames)> {
        let place = *self.places.get(name)?;
        Some(self.tables[place])
    }

    fn names(&self, relation: &Relation) -> Option<&TableNames> {
        self.find(&relation.name).map(|(_, names)| names)
    }

    fn is_junction(&self, relation: &Relation) -> bool {
        let is_this = |junction: &Junction<'_>| junction.table.name == relation.name;
        self.junctions.iter().any(is_this)
    }

    /// Whether a relation only links two others, and so gets no module of its own.
    pub(super) fn is_pure_junction(&self, relation: &Relation) -> bool {
        let is_this = |junction: &&Junction<'_>| junction.table.name == relation.name;
        self.junctions
            .iter()
            .find(is_this)
            .is_some_and(|junction| junction.pure)
    }
}
