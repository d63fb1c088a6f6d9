//! A condition that a column has one of several values, however it is said.

use crate::catalog::{ColumnDef, Comparison, Test, Tree};
use crate::values::{Kind, Value};

/// The column and the values, where all that the conditions ask of a row is one of several values of a column.
pub(super) fn in_list(trees: &[Tree]) -> Option<(ColumnDef, Vec<Value>)> {
    let [first, _, ..] = trees else { return None };
    let (column, _) = equal(first)?;
    let plain = !matches!(column.kind, Kind::Raw | Kind::Json);
    let values = trees.iter().map(|tree| {
        let (other, value) = equal(tree)?;
        let same = other.name == column.name && *value != Value::Null;
        (plain && same).then(|| value.clone())
    });
    Some((*column, values.collect::<Option<_>>()?))
}

/// The column and the value, where all that the condition asks is that they are equal.
fn equal(tree: &Tree) -> Option<(&ColumnDef, &Value)> {
    match tree {
        Tree::All(trees) => match trees.as_slice() {
            [tree] => equal(tree),
            _ => None,
        },
        Tree::Test(
            of,
            Test::Compare(Comparison::Equal, value) | Test::Key(Comparison::Equal, value),
        ) => match &**of {
            Tree::Column(column) => Some((column, value)),
            _ => None,
        },
        _ => None,
    }
}
