//! What a schema has, by name.

use crate::Schema;
use crate::model::{ObjectName, Relation};

/// The relation of a name, if there is one.
pub(super) fn relation<'a>(schema: &'a Schema, name: &ObjectName) -> Option<&'a Relation> {
    schema.relations.iter().find(|item| item.name == *name)
}

pub(super) fn has_column(schema: &Schema, name: &ObjectName, column: &str) -> bool {
    let columns = relation(schema, name).map_or(&[][..], |relation| &relation.columns);
    columns.iter().any(|item| item.name == column)
}

/// The labels of an enum, if there is one of the name.
pub(super) fn labels<'a>(schema: &'a Schema, name: &ObjectName) -> Option<&'a [String]> {
    let found = schema.enums.iter().find(|item| item.name == *name)?;
    Some(&found.labels)
}

pub(super) fn has_label(schema: &Schema, name: &ObjectName, label: &str) -> bool {
    labels(schema, name).is_some_and(|labels| labels.iter().any(|item| item == label))
}
