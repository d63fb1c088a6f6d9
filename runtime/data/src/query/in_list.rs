//! A condition that a column has one of several values, however it is said.

use crate::catalog::{ColumnDef, Comparison, Node, Test};
use crate::values::{Kind, Value};

/// The column and the values, where all that the conditions ask of a row is one of several values of a column.
pub(super) fn in_list(nodes: &[Node]) -> Option<(ColumnDef, Vec<Value>)> {
    let [first, _, ..] = nodes else { return None };
    let (column, _) = equal(first)?;
    let plain = !matches!(column.kind, Kind::Raw | Kind::Json);
    let values = nodes.iter().map(|node| {
        let (other, value) = equal(node)?;
        let same = other.name == column.name && *value != Value::Null;
        (plain && same).then(|| value.clone())
    });
    Some((*column, values.collect::<Option<_>>()?))
}

/// The column and the value, where all that the condition asks is that they are equal.
fn equal(node: &Node) -> Option<(&ColumnDef, &Value)> {
    match node {
        Node::All(nodes) => match nodes.as_slice() {
            [node] => equal(node),
            _ => None,
        },
        Node::Test(
            column,
            Test::Compare(Comparison::Equal, value) | Test::Key(Comparison::Equal, value),
        ) => Some((column, value)),
        _ => None,
    }
}
