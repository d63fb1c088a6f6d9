//! What may have been renamed, for all that can be told: one went and one came that is alike.

use std::fmt;

use super::{Fate, Identity, Renames};
use crate::Schema;
use crate::model::{Column, Relation};

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

/// The questions that are open after the renames that are known. What has an identifier in both `identities`, those of
/// before and those of now, needs none, nor has what was dropped become anything else.
pub fn candidates(
    before: &Schema,
    after: &Schema,
    renames: &Renames,
    identities: Option<[&Identity; 2]>,
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
        let fate = identities.and_then(|[before, now]| before.relation_now(&old.name, now));
        let is_gone = fate == Some(Fate::Gone);
        let is_taken = now == old.name && renames.relations.values().any(|new| *new == now);
        let same_name = after.relations.iter().find(|relation| relation.name == now);
        match same_name.filter(|_| !is_taken) {
            _ if fate == Some(Fate::Stays) => {}
            // Where a view has the name of a table, the table may be there under another.
            Some(new)
                if is_gone
                    || new.kind == old.kind
                    || came.iter().all(|new| !is_alike(old, new)) =>
            {
                found.extend(columns(old, new, renames));
            }
            None if is_gone => {}
            _ => found.extend(candidate(
                old.name.to_string(),
                came.iter()
                    .filter(|new| is_alike(old, new))
                    .map(|new| new.name.name.clone()),
            )),
        }
    }
    for old in &before.enums {
        let now = renames.enumeration(&old.name);
        let fate = identities.and_then(|[before, now]| before.enum_now(&old.name, now));
        if fate.is_some() || after.enums.iter().any(|item| item.name == now) {
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
    // Column by column the name now, and of those that came the place among those that stayed.
    let now: Vec<&str> = old
        .columns
        .iter()
        .map(|column| renames.column(&old.name, &column.name))
        .collect();
    let has = |name: &str| new.columns.iter().any(|column| column.name == name);
    let mut found = Vec::new();
    for (index, column) in old.columns.iter().enumerate() {
        if has(now[index]) {
            continue;
        }
        let before = now[..index].iter().rev().find(|name| has(name)).copied();
        let alike = (0..new.columns.len()).filter(|&at| {
            let came = &new.columns[at];
            let stays_behind = new.columns[..at]
                .iter()
                .rev()
                .map(|column| column.name.as_str())
                .find(|name| now.contains(name));
            !now.contains(&came.name.as_str())
                && stays_behind == before
                && is_alike_column(column, came)
        });
        found.extend(candidate(
            format!("{}.{}", old.name, column.name),
            alike.map(|at| new.columns[at].name.clone()),
        ));
    }
    found
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
