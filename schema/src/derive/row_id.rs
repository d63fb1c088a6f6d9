//! The address of a row of a table that has no key.

use crate::model::{Column, DataType, Dialect, Key, ObjectName, Relation, RelationKind, Schema};

/// The system column of PostgreSQL that says where a row lies.
const ROW_ID: &str = "ctid";

/// Whether the column is the address of a row: it is of use until the row is changed, and then leads nowhere or to
/// another row. One looks at a row by it, and writes nothing.
pub fn is_row_id(column: &Column) -> bool {
    // No column of PostgreSQL can have its name, but one of SQLite can: that has another type.
    column.name == ROW_ID && column.data_type == row_id_type()
}

/// Whether nothing but their addresses tells the rows of a relation apart.
pub fn has_row_id(relation: &Relation) -> bool {
    relation.columns.iter().any(is_row_id)
}

/// Gives the address of its rows to a table that has no key; not where the rows lie in several tables, or elsewhere, or
/// the current role may not read all of it.
pub(super) fn add_row_id(schema: &mut Schema, index: usize) {
    let relation = &schema.relations[index];
    let has_children = |other: &Relation| other.parents.contains(&relation.name);
    let is_plain =
        relation.kind == RelationKind::Table && !schema.relations.iter().any(has_children);
    let is_readable = relation.columns.iter().all(|column| column.can_select);
    if schema.dialect != Dialect::Postgres || !is_plain || !is_readable {
        return;
    }
    let relation = &mut schema.relations[index];
    relation.primary_key = Some(Key::new(ROW_ID.to_owned(), vec![ROW_ID.to_owned()]));
    relation.columns.push(row_id());
}

fn row_id_type() -> DataType {
    DataType::Other(ObjectName::new("pg_catalog", "tid"))
}

fn row_id() -> Column {
    Column {
        name: ROW_ID.to_owned(),
        data_type: row_id_type(),
        sql_type: "tid".to_owned(),
        loose: false,
        not_null: true,
        null_key: false,
        default: None,
        identity: None,
        sequence: None,
        generated: None,
        collation: None,
        nondeterministic: false,
        bytewise: false,
        comment: Some("Where the row lies, until it is changed.".to_owned()),
        inherited: false,
        can_select: true,
        can_insert: false,
        can_update: false,
        locked: None,
        identifier: None,
    }
}
