//! Relations → tables of the application.

use umbel_schema::derive;
use umbel_schema::model::{Relation, RelationKind, Schema};

use super::relations::{Neighbours, relations};
use super::{Enum, Field, InsertMode, Pages, Table, TableKind, TableNames, ToOne};
use super::{cells, constraints, fields, inputs, rules};

/// Every table that gets a module: all but the pure junctions.
pub(super) fn tables(schema: &Schema, enums: &[Enum], neighbours: &Neighbours<'_>) -> Vec<Table> {
    let with_pages = neighbours
        .tables
        .iter()
        .filter(|(relation, _)| !neighbours.is_pure_junction(relation));
    with_pages
        .map(|(relation, names)| table(schema, enums, neighbours, relation, names))
        .collect()
}

fn table(
    schema: &Schema,
    enums: &[Enum],
    neighbours: &Neighbours<'_>,
    relation: &Relation,
    names: &TableNames,
) -> Table {
    let kept = neighbours.kept.members(&relation.name);
    let mut fields = fields::fields(schema, enums, relation, kept);
    let related = relations(relation, &fields, neighbours);
    name_references(&mut fields, &related.to_one);
    let limits = rules::limits(schema, relation, &fields);
    let key = key(relation, &fields);
    let label = label(schema, relation, &fields);
    let pages = pages(relation, &fields, &key);
    let inputs = inputs::inputs(
        relation,
        &fields,
        &limits,
        &related.to_one,
        &related.many_to_many,
    );
    Table {
        schema: relation.name.schema.clone(),
        name: relation.name.name.clone(),
        kind: kind(relation.kind),
        names: names.clone(),
        comment: relation.comment.clone(),
        constraints: constraints::constraints(schema, relation, &names.plural, &fields),
        list: cells::list(&fields, &key, &label, &related.to_one),
        show: cells::show(&fields, &related.to_one),
        inputs: if pages.new || pages.edit {
            inputs
        } else {
            Vec::new()
        },
        to_one: related.to_one,
        to_many: related.to_many,
        many_to_many: related.many_to_many,
        fields,
        key,
        label,
        pages,
    }
}

/// A column that refers to a row is called what the row is: not `Language ID` but `Language`.
fn name_references(fields: &mut [Field], to_one: &[ToOne]) {
    for relation in to_one.iter().filter(|relation| relation.linked) {
        if let [field] = relation.fields[..] {
            fields[field].label.clone_from(&relation.label);
        }
    }
}

/// The columns that tell rows apart for people, among those that may be read.
fn label(schema: &Schema, relation: &Relation, fields: &[Field]) -> Vec<String> {
    let columns = derive::label_columns(schema, relation).into_iter();
    columns
        .map(|column| column.name.clone())
        .filter(|name| fields.iter().any(|field| field.column == *name))
        .collect()
}

fn kind(kind: RelationKind) -> TableKind {
    match kind {
        RelationKind::Table | RelationKind::PartitionedTable => TableKind::Table,
        RelationKind::ForeignTable => TableKind::ForeignTable,
        RelationKind::View => TableKind::View,
        RelationKind::MaterializedView => TableKind::MaterializedView,
    }
}

/// The fields of the primary key; none where there is no key, or a part of it cannot be read.
fn key(relation: &Relation, fields: &[Field]) -> Vec<usize> {
    let Some(primary) = &relation.primary_key else {
        return Vec::new();
    };
    let positions = primary
        .columns
        .iter()
        .map(|column| fields.iter().position(|field| field.column == *column));
    positions
        .collect::<Option<Vec<usize>>>()
        .unwrap_or_default()
}

/// Which pages make sense: a row without a key has no address, and a view is not written to.
fn pages(relation: &Relation, fields: &[Field], key: &[usize]) -> Pages {
    let is_table = matches!(
        relation.kind,
        RelationKind::Table | RelationKind::PartitionedTable | RelationKind::ForeignTable
    );
    let writable = is_table && !key.is_empty();
    let new = writable
        && relation.privileges.insert
        && fields.iter().any(|field| field.insert != InsertMode::Never);
    Pages {
        show: !key.is_empty(),
        new,
        edit: new && relation.privileges.update && fields.iter().any(|field| field.update),
        delete: writable && relation.privileges.delete,
    }
}
