//! Junction tables: rows that do nothing but relate rows of two tables.

use std::collections::BTreeSet;

use super::key::unique_keys;
use crate::model::{Column, ForeignKey, ObjectName, Relation, RelationKind, Schema};

/// A table of which a key is covered by two foreign keys: each target is related to many of the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Junction<'a> {
    pub table: &'a Relation,
    /// The foreign key whose columns come first in the table.
    pub left: &'a ForeignKey,
    pub right: &'a ForeignKey,
    /// Whether a row tells nothing else: besides the two there is at most a surrogate key that the database fills
    /// and that nobody refers to.
    pub pure: bool,
    /// Whether a row can be made from the two keys alone: every other column may be left out.
    pub insertable: bool,
}

/// The junction tables of a schema, in the order of its relations.
pub fn junctions(schema: &Schema) -> Vec<Junction<'_>> {
    let referred: BTreeSet<&ObjectName> = schema
        .relations
        .iter()
        .flat_map(|relation| &relation.foreign_keys)
        .map(|foreign_key| &foreign_key.target)
        .collect();
    let tables = schema.relations.iter().filter(|relation| {
        matches!(
            relation.kind,
            RelationKind::Table | RelationKind::PartitionedTable
        )
    });
    tables
        .filter_map(|table| junction(table, referred.contains(&table.name)))
        .collect()
}

fn junction(table: &Relation, is_referred_to: bool) -> Option<Junction<'_>> {
    let keys = unique_keys(table);
    let (left, right) = keys.iter().find_map(|key| pair(table, key))?;
    let mut others = table.columns.iter().filter(|column| {
        !left.columns.contains(&column.name) && !right.columns.contains(&column.name)
    });
    Some(Junction {
        table,
        left,
        right,
        insertable: others.clone().all(|column| !is_required(column)),
        pure: !is_referred_to && others.all(|column| is_surrogate(table, column)),
    })
}

/// The two foreign keys that cover the key, neither of them alone.
fn pair<'a>(table: &'a Relation, key: &[&str]) -> Option<(&'a ForeignKey, &'a ForeignKey)> {
    let covers = |foreign_key: &ForeignKey, column: &str| {
        foreign_key.columns.iter().any(|own| own == column)
    };
    let position = |foreign_key: &ForeignKey| {
        let first = |column: &Column| covers(foreign_key, &column.name);
        (
            table.columns.iter().position(first),
            foreign_key.name.clone(),
        )
    };
    let mut within: Vec<&ForeignKey> = table
        .foreign_keys
        .iter()
        .filter(|foreign_key| {
            let all = foreign_key
                .columns
                .iter()
                .all(|column| key.contains(&column.as_str()));
            all && !key.iter().all(|column| covers(foreign_key, column))
        })
        .filter(|foreign_key| !is_optional(table, foreign_key))
        .collect();
    within.sort_by_key(|foreign_key| position(foreign_key));
    within.iter().enumerate().find_map(|(index, left)| {
        let right = within[index + 1..].iter().find(|right| {
            key.iter()
                .all(|column| covers(left, column) || covers(right, column))
        })?;
        Some((*left, *right))
    })
}

fn is_optional(table: &Relation, foreign_key: &ForeignKey) -> bool {
    let own = |column: &&Column| foreign_key.columns.contains(&column.name);
    table
        .columns
        .iter()
        .filter(own)
        .any(|column| !column.not_null)
}

/// Whether an INSERT must give the column a value.
pub(super) fn is_required(column: &Column) -> bool {
    column.not_null
        && column.default.is_none()
        && column.identity.is_none()
        && column.generated.is_none()
}

fn is_surrogate(table: &Relation, column: &Column) -> bool {
    let key = table.primary_key.as_ref();
    let alone = key.is_some_and(|key| key.columns == [column.name.as_str()]);
    alone && (column.identity.is_some() || column.default.is_some())
}
