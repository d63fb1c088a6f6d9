//! What changed from one schema to the next, a line each: `+ film.tagline text`.

use std::fmt;

use serde::Serialize;

use super::{ColumnName, LabelName, Renames};
use crate::Schema;
use crate::model::{Column, Enum, ObjectName, Relation};
use crate::name::{MAIN, PUBLIC};
use crate::words::parts;

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Added,
    Removed,
    Changed,
    Renamed,
}

/// One difference, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub kind: Kind,
    /// `film`, `film.tagline`
    pub subject: String,
    /// `text`, `now 'R18' too`
    pub detail: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            subject,
            detail,
        } = self;
        match kind {
            Kind::Added => write!(f, "+ {subject} {detail}"),
            Kind::Removed => write!(f, "- {subject} {detail}"),
            Kind::Changed => write!(f, "~ {subject}: {detail}"),
            Kind::Renamed => write!(f, "> {subject} → {detail}"),
        }
    }
}

/// All differences: renames first, then table by table, then types.
pub fn changes(before: &Schema, after: &Schema, renames: &Renames) -> Vec<Change> {
    let mut found = Found {
        changes: Vec::new(),
        whole: renames.making_way(before, after),
    };
    found.renames(renames);
    let before = found.whole.apply(before);
    pair(
        &before.relations,
        &after.relations,
        |relation| relation.name.to_string(),
        |pair| match pair {
            Pair::Old(old) => {
                let name = found.whole.former_relation(&old.name);
                found.add(Kind::Removed, subject(&name), kind(old));
            }
            Pair::New(new) => found.add(
                Kind::Added,
                subject(&new.name),
                format!("{}, {}", kind(new), columns(new)),
            ),
            Pair::Both(old, new) => found.relation(old, new),
        },
    );
    pair(
        &before.enums,
        &after.enums,
        |item| item.name.to_string(),
        |pair| match pair {
            Pair::Old(old) => {
                let name = found.whole.former_enumeration(&old.name);
                found.add(Kind::Removed, subject(&name), "enum");
            }
            Pair::New(new) => found.add(Kind::Added, subject(&new.name), "enum"),
            Pair::Both(old, new) => found.enumeration(old, new),
        },
    );
    pair(
        &before.domains,
        &after.domains,
        |item| item.name.to_string(),
        |pair| match pair {
            Pair::Old(old) => found.add(Kind::Removed, subject(&old.name), "domain"),
            Pair::New(new) => found.add(Kind::Added, subject(&new.name), "domain"),
            Pair::Both(old, new) if old != new => {
                found.add(Kind::Changed, subject(&new.name), "domain");
            }
            Pair::Both(..) => {}
        },
    );
    found.changes
}

struct Found {
    changes: Vec<Change>,
    /// The renames under which the schema before is compared.
    whole: Renames,
}

impl Found {
    fn add(&mut self, kind: Kind, subject: String, detail: impl Into<String>) {
        self.changes.push(Change {
            kind,
            subject,
            detail: detail.into(),
        });
    }

    fn renames(&mut self, renames: &Renames) {
        for (old, new) in renames.relations.iter().chain(&renames.enums) {
            self.add(Kind::Renamed, subject(old), subject(new));
        }
        for (ColumnName { relation, column }, new) in &renames.columns {
            let old = format!("{}.{column}", subject(relation));
            let new = format!("{}.{new}", subject(&renames.relation(relation)));
            self.add(Kind::Renamed, old, new);
        }
        for (LabelName { enumeration, label }, new) in &renames.labels {
            let name = subject(enumeration);
            self.add(
                Kind::Renamed,
                format!("{name}.'{label}'"),
                format!("'{new}'"),
            );
        }
    }

    fn relation(&mut self, old: &Relation, new: &Relation) {
        let name = subject(&new.name);
        if old.kind != new.kind {
            let detail = format!("{} is now {}", kind(old), kind(new));
            self.add(Kind::Changed, name.clone(), detail);
        }
        if old.comment != new.comment {
            self.add(Kind::Changed, name.clone(), "comment");
        }
        pair(
            &old.columns,
            &new.columns,
            |column| column.name.clone(),
            |pair| match pair {
                Pair::Old(old) => {
                    let subject =
                        format!("{name}.{}", self.whole.former_column(&new.name, &old.name));
                    self.add(Kind::Removed, subject, &old.sql_type);
                }
                Pair::New(new) => {
                    let subject = format!("{name}.{}", new.name);
                    self.add(Kind::Added, subject, typed(new));
                }
                Pair::Both(old, new) => {
                    for detail in column(old, new) {
                        self.add(Kind::Changed, format!("{name}.{}", new.name), detail);
                    }
                }
            },
        );
        self.parts(&name, old, new);
    }

    /// Keys, constraints and indexes: by the words that describe them.
    fn parts(&mut self, name: &str, old: &Relation, new: &Relation) {
        let (old_parts, new_parts) = (described(old), described(new));
        for part in old_parts.iter().filter(|part| !new_parts.contains(part)) {
            self.add(Kind::Removed, name.to_owned(), part);
        }
        for part in new_parts.iter().filter(|part| !old_parts.contains(part)) {
            self.add(Kind::Added, name.to_owned(), part);
        }
        if old.privileges != new.privileges {
            self.add(
                Kind::Changed,
                name.to_owned(),
                "what the role may do with it",
            );
        }
        if old.view != new.view {
            self.add(Kind::Changed, name.to_owned(), "the query of the view");
        }
        if old.row_security != new.row_security || old.policies != new.policies {
            self.add(Kind::Changed, name.to_owned(), "row security");
        }
    }

    fn enumeration(&mut self, old: &Enum, new: &Enum) {
        let name = subject(&new.name);
        for label in new
            .labels
            .iter()
            .filter(|label| !old.labels.contains(label))
        {
            self.add(
                Kind::Changed,
                name.clone(),
                format!("enum gained '{label}'"),
            );
        }
        for label in old
            .labels
            .iter()
            .filter(|label| !new.labels.contains(label))
        {
            let label = self.whole.former_label(&new.name, label);
            self.add(Kind::Changed, name.clone(), format!("enum lost '{label}'"));
        }
        let kept = |of: &Enum, other: &Enum| -> Vec<String> {
            let labels = of
                .labels
                .iter()
                .filter(|label| other.labels.contains(label));
            labels.cloned().collect()
        };
        if kept(old, new) != kept(new, old) {
            self.add(Kind::Changed, name.clone(), "order of the labels");
        }
        if old.comment != new.comment {
            self.add(Kind::Changed, name, "comment");
        }
    }
}

/// How the same column differs, in words.
fn column(old: &Column, new: &Column) -> Vec<String> {
    let mut details = Vec::new();
    let differs = old.sql_type != new.sql_type || old.data_type != new.data_type;
    if differs && old.sql_type == new.sql_type {
        details.push("type".to_owned());
    } else if differs {
        details.push(format!("{} is now {}", old.sql_type, new.sql_type));
    }
    match (old.not_null, new.not_null) {
        (false, true) => details.push("now not null".to_owned()),
        (true, false) => details.push("now nullable".to_owned()),
        _ => {}
    }
    if parts::source(old) != parts::source(new) || old.identity != new.identity {
        let source = parts::source(new);
        let now = if source.is_empty() {
            "no default"
        } else {
            &source
        };
        details.push(format!("now {now}"));
    }
    if old.comment != new.comment {
        details.push("comment".to_owned());
    }
    let rights = |column: &Column| {
        let may = (column.can_select, column.can_insert, column.can_update);
        (may, column.locked.clone())
    };
    if rights(old) != rights(new) {
        details.push("what the role may do with it".to_owned());
    }
    details
}

fn described(relation: &Relation) -> Vec<String> {
    let mut found = Vec::new();
    let keys = relation.primary_key.iter().map(|key| ("primary key", key));
    let uniques = relation.uniques.iter().map(|key| ("unique", key));
    found.extend(
        keys.chain(uniques)
            .map(|(word, key)| format!("{word} {}", parts::key(key))),
    );
    let keys = relation.foreign_keys.iter();
    found.extend(keys.map(|key| format!("foreign key {}", parts::foreign_key(key))));
    let checks = relation.checks.iter();
    found.extend(checks.map(|check| format!("check {}", parts::check(check))));
    let exclusions = relation.exclusions.iter();
    found.extend(exclusions.map(parts::exclusion));
    let indexes = relation.indexes.iter();
    found.extend(
        indexes
            .filter(|index| index.constraint.is_none())
            .map(|index| format!("index {}", parts::index(index))),
    );
    found.extend(relation.triggers.iter().map(parts::trigger));
    found
}

/// `text not null default now()`
fn typed(column: &Column) -> String {
    let not_null = if column.not_null { "not null" } else { "" };
    let words = [&column.sql_type, not_null, &parts::source(column)];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn columns(relation: &Relation) -> String {
    match relation.columns.len() {
        1 => "one column".to_owned(),
        columns => format!("{columns} columns"),
    }
}

fn kind(relation: &Relation) -> &'static str {
    use crate::model::RelationKind;
    match relation.kind {
        RelationKind::Table => "table",
        RelationKind::PartitionedTable => "partitioned table",
        RelationKind::ForeignTable => "foreign table",
        RelationKind::View => "view",
        RelationKind::MaterializedView => "materialized view",
    }
}

/// `film` for `public.film` and for the `main.film` of an SQLite file, `sales.order` as it is.
fn subject(name: &ObjectName) -> String {
    if name.schema == PUBLIC || name.schema == MAIN {
        name.name.clone()
    } else {
        name.to_string()
    }
}

/// What stands on one side alone, or on both.
enum Pair<'a, T> {
    Old(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

/// Pairs items by name: first in the order of the old list, then what is new.
fn pair<'a, T>(
    old: &'a [T],
    new: &'a [T],
    name: impl Fn(&T) -> String,
    mut each: impl FnMut(Pair<'a, T>),
) {
    let by_name = |items: &'a [T]| -> std::collections::BTreeMap<String, &'a T> {
        items.iter().map(|item| (name(item), item)).collect()
    };
    let (old_names, new_names) = (by_name(old), by_name(new));
    for item in old {
        each(match new_names.get(&name(item)) {
            Some(new) => Pair::Both(item, new),
            None => Pair::Old(item),
        });
    }
    for item in new
        .iter()
        .filter(|item| !old_names.contains_key(&name(item)))
    {
        each(Pair::New(item));
    }
}
