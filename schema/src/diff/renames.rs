//! What has another name now.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::names::{has_column, has_label, labels, relation};
use crate::Schema;
use crate::model::ObjectName;

/// A column by its relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ColumnName {
    pub relation: ObjectName,
    pub column: String,
}

/// A label by its enum.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelName {
    pub enumeration: ObjectName,
    pub label: String,
}

/// Old name → new name; the old name of a part is its old name in the whole's old name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renames {
    pub relations: BTreeMap<ObjectName, ObjectName>,
    pub columns: BTreeMap<ColumnName, String>,
    pub enums: BTreeMap<ObjectName, ObjectName>,
    pub labels: BTreeMap<LabelName, String>,
    /// What was said to be no rename: nothing asks about it.
    pub denied: BTreeSet<String>,
}

/// A rename that was said, of something that the schema before does not have under either name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName(pub String);

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no table, column, enum or label was or is called `{}`",
            self.0
        )
    }
}

impl Renames {
    /// Whether nothing has another name.
    pub fn is_empty(&self) -> bool {
        self.relations.is_empty()
            && self.columns.is_empty()
            && self.enums.is_empty()
            && self.labels.is_empty()
    }

    /// The relation's name now.
    pub fn relation(&self, name: &ObjectName) -> ObjectName {
        self.relations.get(name).unwrap_or(name).clone()
    }

    /// The enum's name now.
    pub fn enumeration(&self, name: &ObjectName) -> ObjectName {
        self.enums.get(name).unwrap_or(name).clone()
    }

    /// The column's name now, by the relation's old name.
    pub fn column<'a>(&'a self, relation: &ObjectName, column: &'a str) -> &'a str {
        // Few columns are renamed: a look at each costs less than a key made for the search.
        let found = self
            .columns
            .iter()
            .find(|(name, _)| name.relation == *relation && name.column == column);
        found.map_or(column, |(_, new)| new)
    }

    /// The label now, by the enum's old name.
    pub fn label<'a>(&'a self, enumeration: &ObjectName, label: &'a str) -> &'a str {
        let found = self
            .labels
            .iter()
            .find(|(name, _)| name.enumeration == *enumeration && name.label == label);
        found.map_or(label, |(_, new)| new)
    }

    /// What the relation was called, by its name now.
    pub(super) fn former_relation(&self, name: &ObjectName) -> ObjectName {
        former(&self.relations, name)
    }

    /// What the enum was called, by its name now.
    pub(super) fn former_enumeration(&self, name: &ObjectName) -> ObjectName {
        former(&self.enums, name)
    }

    /// What the column was called, by its name and that of its relation now.
    pub(super) fn former_column(&self, relation: &ObjectName, column: &str) -> String {
        let relation = self.former_relation(relation);
        let mut columns = self.columns.iter();
        let found = columns.find(|(name, new)| name.relation == relation && *new == column);
        found.map_or(column, |(name, _)| &name.column).to_owned()
    }

    /// What the label was, by what it and its enum are called now.
    pub(super) fn former_label(&self, enumeration: &ObjectName, label: &str) -> String {
        let enumeration = self.former_enumeration(enumeration);
        let mut labels = self.labels.iter();
        let found = labels.find(|(name, new)| name.enumeration == enumeration && *new == label);
        found.map_or(label, |(name, _)| &name.label).to_owned()
    }

    /// Adds a rename in a person's words: `film` → `movie`, `film.description` → `summary`,
    /// `mpaa_rating.R` → `R18`, each with or without the database schema.
    ///
    /// One that is done already, or of something that went away since, changes nothing.
    ///
    /// # Errors
    /// When something came under the new name, and nothing went under the old one.
    pub fn say(
        &mut self,
        before: &Schema,
        after: &Schema,
        old: &str,
        new: &str,
    ) -> Result<(), UnknownName> {
        let new_name = |schema: &str| match new.split_once('.') {
            Some((other, name)) if other == schema => ObjectName::new(other, name),
            _ => ObjectName::new(schema, new),
        };
        for relation in &before.relations {
            let renamed = new_name(&relation.name.schema);
            if is_called(&relation.name, old)
                && relation.name != renamed
                && after.relations.iter().any(|now| now.name == renamed)
            {
                self.relations.insert(relation.name.clone(), renamed);
                return Ok(());
            }
        }
        for item in &before.enums {
            let renamed = new_name(&item.name.schema);
            if is_called(&item.name, old)
                && item.name != renamed
                && after.enums.iter().any(|now| now.name == renamed)
            {
                self.enums.insert(item.name.clone(), renamed);
                return Ok(());
            }
        }
        for relation in &before.relations {
            for column in &relation.columns {
                if is_part(&relation.name, &column.name, old) && column.name != new {
                    self.columns.insert(
                        ColumnName {
                            relation: relation.name.clone(),
                            column: column.name.clone(),
                        },
                        new.to_owned(),
                    );
                    return Ok(());
                }
            }
        }
        for item in &before.enums {
            for label in &item.labels {
                if is_part(&item.name, label, old) && label != new {
                    self.labels.insert(
                        LabelName {
                            enumeration: item.name.clone(),
                            label: label.clone(),
                        },
                        new.to_owned(),
                    );
                    return Ok(());
                }
            }
        }
        // What came under the new name had another old one; anything else was done, or went away, long ago.
        if knows(after, old, new) && !knows(before, old, new) {
            Err(UnknownName(old.to_owned()))
        } else {
            Ok(())
        }
    }

    /// Leaves out what cannot be: what had not the old name, or has not the new one.
    pub fn keep_possible(&mut self, before: &Schema, after: &Schema) {
        self.relations
            .retain(|old, new| relation(before, old).is_some() && relation(after, new).is_some());
        self.enums
            .retain(|old, new| labels(before, old).is_some() && labels(after, new).is_some());
        let Self {
            relations,
            columns,
            enums,
            labels: renamed_labels,
            ..
        } = self;
        columns.retain(|name, new| {
            let now = relations.get(&name.relation).unwrap_or(&name.relation);
            has_column(before, &name.relation, &name.column) && has_column(after, now, new)
        });
        renamed_labels.retain(|name, new| {
            let now = enums.get(&name.enumeration).unwrap_or(&name.enumeration);
            has_label(before, &name.enumeration, &name.label) && has_label(after, now, new)
        });
    }

    /// Leaves out, of what was said, what was done long ago and what something else was called since: the new name was
    /// not free before, and what had it has it still.
    ///
    /// `certain` are the renames that are known besides.
    pub fn keep_new(&mut self, before: &Schema, certain: &Self) {
        let mut known = certain.clone();
        known.add(self.clone());
        self.relations
            .retain(|_, new| relation(before, new).is_none() || known.relations.contains_key(new));
        self.enums
            .retain(|_, new| labels(before, new).is_none() || known.enums.contains_key(new));
        self.columns.retain(|name, new| {
            !has_column(before, &name.relation, new) || known.column(&name.relation, new) != new
        });
        self.labels.retain(|name, new| {
            !has_label(before, &name.enumeration, new) || known.label(&name.enumeration, new) != new
        });
    }

    /// Adds these renames, which stand above those of the same objects.
    pub fn add(&mut self, more: Self) {
        self.relations.extend(more.relations);
        self.columns.extend(more.columns);
        self.enums.extend(more.enums);
        self.labels.extend(more.labels);
        self.denied.extend(more.denied);
    }
}

fn former(renames: &BTreeMap<ObjectName, ObjectName>, name: &ObjectName) -> ObjectName {
    let mut renames = renames.iter();
    let found = renames.find(|(_, new)| *new == name);
    found.map_or(name, |(old, _)| old).clone()
}

/// Whether either schema has something of the old name, or had it and calls it by the new one.
fn knows(schema: &Schema, old: &str, new: &str) -> bool {
    let last = old.rsplit_once('.').map_or(old, |(_, last)| last);
    let renamed = format!("{}{new}", &old[..old.len() - last.len()]);
    let named = |name: &ObjectName| {
        is_called(name, old) || is_called(name, &renamed) || is_called(name, new)
    };
    schema.relations.iter().any(|relation| {
        named(&relation.name)
            || relation.columns.iter().any(|column| {
                is_part(&relation.name, &column.name, old)
                    || is_part(&relation.name, &column.name, &renamed)
            })
    }) || schema.enums.iter().any(|item| {
        named(&item.name)
            || item.labels.iter().any(|label| {
                is_part(&item.name, label, old) || is_part(&item.name, label, &renamed)
            })
    })
}

/// Whether the text means the object: `film`, `public.film`.
fn is_called(name: &ObjectName, text: &str) -> bool {
    name.name == text || name.to_string() == text
}

/// Whether the text means a part of the object: `film.title`, `public.film.title`.
fn is_part(whole: &ObjectName, part: &str, text: &str) -> bool {
    text.strip_suffix(part)
        .and_then(|rest| rest.strip_suffix('.'))
        .is_some_and(|rest| is_called(whole, rest))
}
