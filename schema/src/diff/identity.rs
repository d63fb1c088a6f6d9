//! What outlasts a rename: the identifiers that a live database gives its objects.
//!
//! `pg_class.oid` and `attnum` survive `ALTER … RENAME` and a rewriting `ALTER TYPE`, and the number of a
//! dropped column is never given again: two objects with the same identifier are the same object, for certain.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ColumnName, LabelName, Renames};
use crate::Schema;
use crate::model::{ObjectName, Origin};

/// The identifiers of a schema's objects, beside the database in which they mean something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub origin: Origin,
    pub relations: Vec<RelationIdentity>,
    pub enums: Vec<EnumIdentity>,
}

/// A relation and its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationIdentity {
    pub name: ObjectName,
    pub identifier: u32,
    pub columns: BTreeMap<String, i32>,
}

/// An enum and its labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumIdentity {
    pub name: ObjectName,
    pub identifier: u32,
    pub labels: BTreeMap<String, u32>,
}

impl Identity {
    /// The identifiers in a schema that was read from a live database.
    pub fn of(schema: &Schema) -> Option<Self> {
        let relations = schema.relations.iter().filter_map(|relation| {
            let columns = relation.columns.iter();
            Some(RelationIdentity {
                name: relation.name.clone(),
                identifier: relation.identifier?,
                columns: columns
                    .filter_map(|column| Some((column.name.clone(), column.identifier?)))
                    .collect(),
            })
        });
        let enums = schema.enums.iter().filter_map(|item| {
            let labels = item.labels.iter().cloned();
            Some(EnumIdentity {
                name: item.name.clone(),
                identifier: item.identifier?,
                labels: labels.zip(item.label_identifiers.iter().copied()).collect(),
            })
        });
        Some(Self {
            origin: schema.origin.clone()?,
            relations: relations.collect(),
            enums: enums.collect(),
        })
    }

    /// What has another name in `now`; nothing where it is not the same database.
    pub fn renames(&self, now: &Self) -> Renames {
        let mut renames = Renames::default();
        if self.origin != now.origin {
            return renames;
        }
        for before in &self.relations {
            let Some(after) = same(&now.relations, |item| item.identifier == before.identifier)
            else {
                continue;
            };
            if after.name != before.name {
                renames
                    .relations
                    .insert(before.name.clone(), after.name.clone());
            }
            for (column, new) in renamed(&before.columns, &after.columns) {
                let relation = before.name.clone();
                renames.columns.insert(ColumnName { relation, column }, new);
            }
        }
        for before in &self.enums {
            let Some(after) = same(&now.enums, |item| item.identifier == before.identifier) else {
                continue;
            };
            if after.name != before.name {
                renames
                    .enums
                    .insert(before.name.clone(), after.name.clone());
            }
            for (label, new) in renamed(&before.labels, &after.labels) {
                let enumeration = before.name.clone();
                renames.labels.insert(LabelName { enumeration, label }, new);
            }
        }
        renames
    }

    /// What became of a relation and its columns, as far as that is certain.
    pub fn relation_now(&self, name: &ObjectName, now: &Self) -> Option<Fate> {
        let before = same(&self.relations, |item| item.name == *name)?;
        let after = same(&now.relations, |item| item.identifier == before.identifier);
        self.fate(after, now)
    }

    /// Likewise of an enum and its labels.
    pub fn enum_now(&self, name: &ObjectName, now: &Self) -> Option<Fate> {
        let before = same(&self.enums, |item| item.name == *name)?;
        let after = same(&now.enums, |item| item.identifier == before.identifier);
        self.fate(after, now)
    }

    /// Where nothing at all is left, the tables were made anew, as by migrations that are run from the start: then what is
    /// missing may have any name.
    fn fate<T>(&self, after: Option<&T>, now: &Self) -> Option<Fate> {
        let is_left = |before: &RelationIdentity| {
            let same = same(&now.relations, |item| item.identifier == before.identifier);
            same.is_some()
        };
        match after {
            _ if self.origin != now.origin => None,
            Some(_) => Some(Fate::Stays),
            None => self.relations.iter().any(is_left).then_some(Fate::Gone),
        }
    }
}

/// What became of an object, for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is there, under whatever name.
    Stays,
    /// It was dropped: whatever has its name now, or is like it, is something else.
    Gone,
}

fn same<T>(items: &[T], is_it: impl Fn(&T) -> bool) -> Option<&T> {
    items.iter().find(|item| is_it(item))
}

/// The names whose identifier has another name now.
fn renamed<I: PartialEq>(
    before: &BTreeMap<String, I>,
    after: &BTreeMap<String, I>,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, identifier) in before {
        let now = after.iter().find(|(_, other)| *other == identifier);
        if let Some((new, _)) = now
            && new != name
        {
            found.push((name.clone(), new.clone()));
        }
    }
    found
}
