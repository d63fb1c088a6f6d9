//! Foreign keys as seen from the table that they refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::key::is_one_to_one;
use super::words::{alike, snake, words};
use crate::model::{ForeignKey, ObjectName, Relation, Schema};

/// A foreign key of another table, seen from its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Inverse<'a> {
    /// `film`, or `film_by_original_language` where the column says more than which table it means.
    pub name: String,
    /// The table that refers.
    pub source: &'a Relation,
    pub foreign_key: &'a ForeignKey,
    /// Whether at most one row of the source refers to each row of the target.
    pub one_to_one: bool,
}

/// The inverse relations of every table that is referred to, in the order of sources and constraints.
///
/// A name follows from its own foreign key alone, so another one does not change it; only where two would have
/// the same name, one of them (not the one in the target's schema, nor the one whose constraint has the name that
/// the database gives by itself) takes the name of its constraint, and then that of its schema too.
pub fn inverses(schema: &Schema) -> BTreeMap<&ObjectName, Vec<Inverse<'_>>> {
    let mut all: BTreeMap<&ObjectName, Vec<Inverse<'_>>> = BTreeMap::new();
    // What a view shows is in a table, too.
    let tables = schema.relations.iter().filter(|table| table.view.is_none());
    for source in tables {
        for foreign_key in &source.foreign_keys {
            all.entry(&foreign_key.target).or_default().push(Inverse {
                name: name(source, foreign_key),
                source,
                foreign_key,
                one_to_one: is_one_to_one(source, foreign_key),
            });
        }
    }
    for inverses in all.values_mut() {
        make_unique(inverses);
    }
    all
}

/// What the row that a foreign key refers to is to the row that refers:
/// `language_id` → `language`, `originalLanguageId` → `original_language`.
pub fn role(foreign_key: &ForeignKey) -> String {
    let pairs = foreign_key.columns.iter().zip(&foreign_key.target_columns);
    // In a composite key the columns that both sides name alike say least (`tenant_id`).
    let own = pairs
        .filter(|(column, target)| column != target)
        .map(|(column, _)| column)
        .next_back();
    match (own, foreign_key.columns.as_slice()) {
        (Some(column), _) => stem(column),
        (None, [column]) => stem(column),
        (None, _) => snake(&foreign_key.target.name),
    }
}

/// A column's name without what marks it as a reference.
fn stem(column: &str) -> String {
    let mut words = words(column);
    let marks = ["id", "fk", "uuid", "oid", "ref"];
    while words.len() > 1
        && words
            .last()
            .is_some_and(|word| marks.contains(&word.as_str()))
    {
        words.pop();
    }
    if words.len() > 1
        && words
            .first()
            .is_some_and(|word| word == "id" || word == "fk")
    {
        words.remove(0);
    }
    words.join("_")
}

fn name(source: &Relation, foreign_key: &ForeignKey) -> String {
    let table = snake(&source.name.name);
    let role = role(foreign_key);
    let column = foreign_key.columns.last().map_or("", String::as_str);
    let plain = alike(&role, &foreign_key.target.name)
        // `businessentityid` refers to a column of the same name: it says nothing of its own.
        || foreign_key.target != source.name && foreign_key.columns == foreign_key.target_columns
        || alike(column, &foreign_key.target.name);
    if plain && foreign_key.target != source.name {
        table
    } else {
        format!("{table}_by_{role}")
    }
}

fn make_unique(inverses: &mut [Inverse<'_>]) {
    let mut order: Vec<usize> = (0..inverses.len()).collect();
    order.sort_by_key(|&index| {
        let Inverse {
            source,
            foreign_key,
            ..
        } = &inverses[index];
        let foreign = source.name.schema != foreign_key.target.schema;
        let columns = foreign_key.columns.join("_");
        let usual = format!("{}_{columns}_fkey", source.name.name);
        (
            foreign,
            foreign_key.name != usual,
            source.name.clone(),
            foreign_key.name.clone(),
        )
    });
    let mut taken = BTreeSet::new();
    for index in order {
        let inverse = &mut inverses[index];
        let table = snake(&inverse.source.name.name);
        let by_constraint = format!("{table}_by_{}", snake(&inverse.foreign_key.name));
        let by_schema = format!("{}_{}", snake(&inverse.source.name.schema), inverse.name);
        let foreign = inverse.source.name.schema != inverse.foreign_key.target.schema;
        let (second, third) = if foreign {
            (by_schema, by_constraint)
        } else {
            (by_constraint, by_schema)
        };
        let numbered = (2..).map(|number| format!("{third}_{number}"));
        let candidates = [inverse.name.clone(), second, third.clone()];
        let free = candidates
            .into_iter()
            .chain(numbered)
            .find(|name| !taken.contains(name));
        inverse.name = free.unwrap_or_default();
        taken.insert(inverse.name.clone());
    }
}
