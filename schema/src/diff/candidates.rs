//! What may have been renamed, for all that can be told: one went and one came that is alike.

use std::fmt;

use super::Renames;
use crate::Schema;
use crate::model::{Column, ObjectName, Relation};

/// A question to a person: the same under another name, or something else?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What went, as `umbel.toml` calls it: `public.film.description`.
    pub old: String,
    /// What came, of which one is it if any: `summary`, …
    pub new: Vec<String>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} → {}", self.old, self.new.join(" or "))
    }
}

/// The questions that are open after the renames that are known; `certain` says of which relations (by
/// their old name) the columns need no question.
pub fn candidates(
    before: &Schema,
    after: &Schema,
    renames: &Renames,
    certain: impl Fn(&ObjectName) -> bool,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    let came: Vec<&Relation> = after
        .relations
        .iter()
        .filter(|relation| {
            !before.relations.iter().any(|old| old.name == relation.name)
                && !renames.relations.values().any(|new| *new == relation.name)
        })
        .collect();
    for old in &before.relations {
        let now = renames.relation(&old.name);
        match after.relations.iter().find(|relation| relation.name == now) {
            Some(new) if !certain(&old.name) => found.extend(columns(old, new, renames)),
            Some(_) => {}
            None if certain(&old.name) => {}
            None => found.extend(candidate(
                old.name.to_string(),
                came.iter()
                    .filter(|new| is_alike(old, new))
                    .map(|new| new.name.name.clone()),
            )),
        }
    }
    for old in &before.enums {
        let now = renames.enumeration(&old.name);
        if after.enums.iter().any(|item| item.name == now) {
            continue;
        }
        let alike = after.enums.iter().filter(|item| {
            item.labels == old.labels
                && item.name.schema == old.name.schema
                && !before.enums.iter().any(|old| old.name == item.name)
                && !renames.enums.values().any(|new| *new == item.name)
        });
        found.extend(candidate(
            old.name.to_string(),
            alike.map(|item| item.name.name.clone()),
        ));
    }
    let is_denied = |old: &str| {
        let mut denied = renames.denied.iter();
        denied.any(|name| old == name || old.ends_with(&format!(".{name}")))
    };
    found.retain(|candidate| !is_denied(&candidate.old));
    found
}

fn columns(old: &Relation, new: &Relation, renames: &Renames) -> Vec<Candidate> {
    let has =
        |relation: &Relation, name: &str| relation.columns.iter().any(|column| column.name == name);
    let renamed = |column: &str| renames.column(&old.name, column) != column;
    let went = old
        .columns
        .iter()
        .filter(|column| !has(new, &column.name) && !renamed(&column.name));
    let is_new = |column: &&Column| {
        let taken = old
            .columns
            .iter()
            .any(|other| renames.column(&old.name, &other.name) == column.name);
        !taken
    };
    went.filter_map(|column| {
        let alike = new
            .columns
            .iter()
            .filter(is_new)
            .filter(|other| is_alike_column(column, other));
        candidate(
            format!("{}.{}", old.name, column.name),
            alike.map(|column| column.name.clone()),
        )
    })
    .collect()
}

fn candidate(old: String, new: impl Iterator<Item = String>) -> Option<Candidate> {
    let new: Vec<String> = new.collect();
    (!new.is_empty()).then_some(Candidate { old, new })
}

fn is_alike_column(old: &Column, new: &Column) -> bool {
    old.data_type == new.data_type
        && old.not_null == new.not_null
        && old.default == new.default
        && old.identity.is_some() == new.identity.is_some()
        && old.generated == new.generated
}

/// Whether two relations have the same columns.
fn is_alike(old: &Relation, new: &Relation) -> bool {
    old.name.schema == new.name.schema
        && old.kind == new.kind
        && old.columns.len() == new.columns.len()
        && old
            .columns
            .iter()
            .zip(&new.columns)
            .all(|(old, new)| old.name == new.name && old.data_type == new.data_type)
}
