//! Which rows are related to a row, as a condition.

use super::tree::{Step, Tree, Via, has_key};
use super::{ColumnDef, Link, On, ReferrerDef, Table};
use crate::error::Result;
use crate::values::{Kind, Value};

/// That a row of the other table is related to the row with a key.
pub fn belongs_to(table: &'static Table, key: &[Value], relation: &ReferrerDef) -> Result<Tree> {
    let other = (relation.table)();
    let via = match relation.link {
        Link::Direct { on, .. } => match (referring(other, on), key_values(table, key, on)) {
            (Some(columns), Some(values)) if are_alike(table, on, &columns) => {
                return Ok(Tree::has_key(columns, values));
            }
            _ => Via::Reversed(on),
        },
        Link::Junction(junction) => match key_values(table, key, junction.mine) {
            Some(values) => return Ok(Tree::Linked(junction.reversed(), values)),
            None => Via::Junction(junction.reversed()),
        },
    };
    Ok(Tree::Exists(
        Step { table, via },
        Box::new(has_key(table, key.to_vec())?),
    ))
}

/// The columns of the other table that refer to the row.
fn referring(other: &'static Table, on: On) -> Option<Vec<&'static ColumnDef>> {
    on.iter().map(|(_, theirs)| other.column(theirs)).collect()
}

/// Whether the columns that refer to a row compare with values as they do with its columns: in SQLite, where nobody has
/// said a type of them, the text `5` refers to the number 5, and is not equal to it.
fn are_alike(table: &'static Table, on: On, columns: &[&ColumnDef]) -> bool {
    let mut pairs = on.iter().zip(columns);
    pairs.all(|((mine, _), theirs)| {
        let is_raw = |column: &ColumnDef| matches!(column.kind, Kind::Raw);
        !is_raw(theirs) || table.column(mine).is_some_and(is_raw)
    })
}

/// The values of the row's own columns, where all of them are part of its key.
fn key_values(table: &'static Table, key: &[Value], on: On) -> Option<Vec<Value>> {
    let position = |mine: &&str| table.key.iter().position(|name| name == mine);
    on.iter()
        .map(|(mine, _)| key.get(position(mine)?).cloned())
        .collect()
}
