//! The schema with what an application needs and the database leaves unsaid.

use std::borrow::Cow;

use super::row_id::add_row_id;
use super::see_through::see_through;
use super::{is_sensitive, key::unique_keys};
use crate::model::{Key, ObjectName, Relation, Schema};

/// The schema with what follows for a relation as a whole: a table without a primary key has another of its keys for
/// one, else the address of its rows, and a view has what shows through it of the relations that it reads.
pub fn complete(schema: &Schema) -> Cow<'_, Schema> {
    let is_whole = |relation: &Relation| relation.view.is_none() && relation.primary_key.is_some();
    if schema.relations.iter().all(is_whole) {
        return Cow::Borrowed(schema);
    }
    let mut schema = schema.clone();
    for index in 0..schema.relations.len() {
        let table = &mut schema.relations[index];
        if table.view.is_none() && table.primary_key.is_none() {
            table.primary_key = stand_in(table);
            if table.primary_key.is_none() {
                add_row_id(&mut schema, index);
            }
        }
    }
    let mut views: Vec<usize> = (0..schema.relations.len())
        .filter(|&index| schema.relations[index].view.is_some())
        .collect();
    // A view comes after those that it shows; views in a circle, which no query can read, stay as they are.
    loop {
        let waiting: Vec<ObjectName> = (views.iter())
            .map(|&view| schema.relations[view].name.clone())
            .collect();
        let (later, ready): (Vec<usize>, Vec<usize>) = views.into_iter().partition(|&view| {
            let view = schema.relations[view].view.as_ref();
            view.is_some_and(|view| view.sources.iter().any(|source| waiting.contains(source)))
        });
        if ready.is_empty() {
            return Cow::Owned(schema);
        }
        for index in ready {
            let view = see_through(&schema, &schema.relations[index]);
            schema.relations[index] = view;
        }
        views = later;
    }
}

/// The key that tells the rows of a table apart as a primary key would: the shortest without NULL and without secrets.
/// It leaves the place that it had.
fn stand_in(table: &mut Relation) -> Option<Key> {
    let keys = unique_keys(table).into_iter();
    let columns: Vec<String> = keys
        .filter(|columns| !columns.is_empty())
        .filter(|columns| columns.iter().all(|name| tells_apart(table, name)))
        .min_by_key(Vec::len)?
        .into_iter()
        .map(str::to_owned)
        .collect();
    let constraint = table.uniques.iter().position(|key| key.columns == columns);
    if let Some(at) = constraint {
        return Some(table.uniques.remove(at));
    }
    let index = table.indexes.iter_mut().find(|index| {
        let own = index.columns.iter().map(|part| part.column.as_ref());
        let is_whole = index.valid && index.predicate.is_none();
        index.is_unique_alone() && is_whole && own.eq(columns.iter().map(Some))
    })?;
    index.constraint = Some(index.name.clone());
    Some(Key::new(index.name.clone(), columns))
}

fn tells_apart(table: &Relation, name: &str) -> bool {
    let column = table.columns.iter().find(|column| column.name == name);
    column.is_some_and(|column| column.not_null && !is_sensitive(table, column))
}
