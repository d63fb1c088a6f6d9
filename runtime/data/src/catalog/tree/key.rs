//! Conditions on the key of a row.

use super::{Comparison, Test, Tree};
use crate::catalog::{ColumnDef, Table};
use crate::error::{Error, Result};
use crate::values::Value;

impl Tree {
    /// That columns of a key have these values.
    pub fn has_key<'a>(
        columns: impl IntoIterator<Item = &'a ColumnDef>,
        values: Vec<Value>,
    ) -> Self {
        let tests = columns.into_iter().zip(values);
        Self::All(
            tests
                .map(|(column, value)| Self::key(column, Comparison::Equal, value))
                .collect(),
        )
    }
}

/// That a row has the key; a row of a table without a key cannot be found.
pub fn has_key(table: &'static Table, key: Vec<Value>) -> Result<Tree> {
    if table.key.is_empty() || table.key.len() != key.len() {
        return Err(Error::NotFound);
    }
    let columns = table
        .key
        .iter()
        .map(|name| table.column(name).ok_or(Error::NotFound));
    Ok(Tree::has_key(columns.collect::<Result<Vec<_>>>()?, key))
}

/// That columns have one of these combinations of values; what has no Rust type is compared as text, which no typing
/// mistake can break.
pub fn has_one_of(columns: &[ColumnDef], rows: Vec<Vec<Value>>) -> Tree {
    if let [column] = columns {
        return Tree::test(column, Test::In(rows.into_iter().flatten().collect()));
    }
    let compare =
        |(column, value): (&ColumnDef, Value)| Tree::compare(column, Comparison::Equal, value);
    let is = |values: Vec<Value>| Tree::All(columns.iter().zip(values).map(compare).collect());
    Tree::Any(rows.into_iter().map(is).collect())
}
