//! Keys, and what a foreign key is that coincides with one.

use crate::model::{ForeignKey, Relation};

/// The sets of columns of which no two rows are equal: the primary key first, then unique constraints,
/// then unique indexes over plain columns without a condition.
pub fn unique_keys(relation: &Relation) -> Vec<Vec<&str>> {
    let constraints = relation.primary_key.iter().chain(&relation.uniques);
    let mut keys: Vec<Vec<&str>> = constraints
        .map(|key| key.columns.iter().map(String::as_str).collect())
        .collect();
    let indexes = relation
        .indexes
        .iter()
        .filter(|index| index.is_unique_alone() && index.valid && index.predicate.is_none());
    for index in indexes {
        let columns = index
            .columns
            .iter()
            .map(|element| element.column.as_deref());
        if let Some(columns) = columns.collect::<Option<Vec<_>>>()
            && !keys.contains(&columns)
        {
            keys.push(columns);
        }
    }
    keys
}

/// Whether at most one row refers to each target: the foreign key's columns hold a unique key.
pub fn is_one_to_one(relation: &Relation, foreign_key: &ForeignKey) -> bool {
    let holds = |key: &Vec<&str>| key.iter().all(|column| has(&foreign_key.columns, column));
    unique_keys(relation).iter().any(holds)
}

/// The foreign key by which each row extends a row of another table (table per type):
/// it consists of the columns of the primary key.
pub fn parent(relation: &Relation) -> Option<&ForeignKey> {
    let key = relation.primary_key.as_ref()?;
    relation.foreign_keys.iter().find(|foreign_key| {
        foreign_key.target != relation.name
            && foreign_key.columns.len() == key.columns.len()
            && key
                .columns
                .iter()
                .all(|column| has(&foreign_key.columns, column))
    })
}

/// The foreign keys that make the rows a tree: those that refer to the table itself.
/// One that follows from the primary key alone is none: every row would be its own parent.
pub fn trees(relation: &Relation) -> Vec<&ForeignKey> {
    let own = |foreign_key: &&ForeignKey| {
        foreign_key.target == relation.name && foreign_key.columns != foreign_key.target_columns
    };
    relation.foreign_keys.iter().filter(own).collect()
}

fn has(columns: &[String], name: &str) -> bool {
    columns.iter().any(|column| column == name)
}
