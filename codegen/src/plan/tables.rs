//! Relations → tables of the application.

use umbel_schema::derive;
use umbel_schema::model::{Relation, RelationKind, Schema};

use super::custom::{Custom, CustomTable};
use super::options::{Said, SettingError, suggestion};
use super::relations::{Neighbours, relations};
use super::{
    Enum, Field, InsertMode, LinkText, Pages, Refresh, Table, TableKind, TableNames, ToOne,
};
use super::{cells, constraints, fields, glob, inputs, rules};

/// Every table that gets a module: all but the pure junctions.
pub(super) fn tables(
    schema: &Schema,
    enums: &[Enum],
    neighbours: &Neighbours<'_>,
    custom: &Custom<'_>,
    errors: &mut Vec<SettingError>,
) -> Vec<Table> {
    let with_pages = neighbours
        .tables
        .iter()
        .filter(|(relation, _)| !neighbours.is_pure_junction(relation));
    with_pages
        .map(|(relation, names)| {
            let custom = custom.of(&relation.name);
            table(schema, enums, neighbours, relation, names, custom, errors)
        })
        .collect()
}

fn table(
    schema: &Schema,
    enums: &[Enum],
    neighbours: &Neighbours<'_>,
    relation: &Relation,
    names: &TableNames,
    custom: CustomTable<'_>,
    errors: &mut Vec<SettingError>,
) -> Table {
    let kept = neighbours.kept.members(&relation.name);
    let mut names = names.clone();
    custom.nouns(&mut names);
    let mut fields = fields::fields(schema, enums, relation, kept);
    custom.fields(schema, relation, &mut fields, errors);
    let mut related = relations(relation, &fields, neighbours);
    name_references(&mut fields, &related.to_one);
    custom.labels(&mut fields, &mut related.to_one);
    let rules = rules::rules(relation);
    let limits = rules::limits(schema, relation, &rules, &fields);
    let key = key(relation, &fields);
    let label = custom.label(label(schema, relation, &fields), &fields, errors);
    let pages = custom.pages(pages(relation, &fields, &key));
    let mut inputs = inputs::inputs(
        relation,
        &fields,
        &limits,
        &related.to_one,
        &related.many_to_many,
    );
    if pages.new || pages.edit {
        inputs::divide(&mut inputs, relation, &fields, pages);
        custom.inputs(&fields, &mut inputs, errors);
    } else {
        inputs.clear();
    }
    let list = cells::list(&fields, &key, &label, &related.to_one);
    let mut list = custom.list(list, &fields, &related.to_one, errors);
    let mut show = custom.show(cells::show(&fields, &related.to_one), &fields, errors);
    // The first cell of a list leads to the row, if that has a page.
    for cell in list
        .iter_mut()
        .skip(usize::from(pages.show))
        .chain(&mut show)
    {
        cell.link = LinkText::Shown;
    }
    Table {
        schema: relation.name.schema.clone(),
        name: relation.name.name.clone(),
        kind: kind(relation),
        comment: custom.help(relation.comment.clone()),
        constraints: match &relation.view {
            // What is only read breaks no rule.
            Some(_) if !pages.new && !pages.edit => Vec::new(),
            _ => constraints::constraints(schema, relation, &rules, &names.plural, &fields),
        },
        list,
        show,
        sort: custom.sort(&fields, errors),
        names,
        inputs,
        to_one: related.to_one,
        to_many: related.to_many,
        many_to_many: related.many_to_many,
        fields,
        key,
        label,
        has_pages: true,
        pages,
        hooks: custom.hooks(pages, errors),
        policy: custom.policy(),
    }
}

/// Leaves pages to those tables alone that people name.
pub(super) fn choose(
    named: Option<&[Said<String>]>,
    tables: &mut [Table],
    wrong: &mut Vec<SettingError>,
) {
    let Some(named) = named else { return };
    let matches = |said: &Said<String>, table: &Table| {
        glob(&said.value, &table.name) || glob(&said.value, &table.qualified_name())
    };
    for said in named {
        if !tables.iter().any(|table| matches(said, table)) {
            let known = tables.iter().map(|table| table.name.as_str());
            let hint = suggestion(&said.value, known).unwrap_or_default();
            wrong.push(said.wrong(format!("no table is called `{}`{hint}", said.value)));
        }
    }
    for table in tables {
        table.has_pages = named.iter().any(|said| matches(said, table));
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

fn kind(relation: &Relation) -> TableKind {
    match relation.kind {
        RelationKind::Table | RelationKind::PartitionedTable if relation.privileges.select => {
            TableKind::Table
        }
        RelationKind::Table | RelationKind::PartitionedTable => TableKind::PartialTable,
        RelationKind::ForeignTable => TableKind::ForeignTable,
        RelationKind::View => TableKind::View,
        RelationKind::MaterializedView => TableKind::MaterializedView,
    }
}

/// How many columns a key of the runtime has at most, as in PostgreSQL; SQLite takes more.
const WIDEST_KEY: usize = 32;

/// The fields of the primary key; none where there is no key, it is too wide, or a part of it cannot be read.
fn key(relation: &Relation, fields: &[Field]) -> Vec<usize> {
    let Some(primary) =
        (relation.primary_key.as_ref()).filter(|key| key.columns.len() <= WIDEST_KEY)
    else {
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

/// Which pages make sense: a row without a key has no address, and few views pass on what is written to them.
fn pages(relation: &Relation, fields: &[Field], key: &[usize]) -> Pages {
    let has_key = !key.is_empty();
    let (updates, deletes) = match (&relation.view, relation.kind) {
        (_, RelationKind::MaterializedView) => (false, false),
        // The address of a row may be another's by the time that it is written to.
        _ if derive::has_row_id(relation) => (false, false),
        (Some(view), _) => (view.updatable, view.deletable),
        (None, _) => (true, true),
    };
    let is_insertable = fields.iter().any(|field| field.insert != InsertMode::Never);
    let is_updatable = fields.iter().any(|field| field.update);
    Pages {
        show: has_key,
        new: has_key && fields::takes_inserts(relation) && is_insertable,
        edit: has_key && updates && is_updatable,
        delete: has_key && deletes && relation.privileges.delete,
        refresh: (relation.kind == RelationKind::MaterializedView).then(|| Refresh {
            concurrently: has_whole_unique_index(relation),
        }),
    }
}

/// Whether a unique index over plain columns tells all rows apart.
fn has_whole_unique_index(relation: &Relation) -> bool {
    relation.indexes.iter().any(|index| {
        let is_plain = index.columns.iter().all(|column| column.column.is_some());
        index.unique && index.valid && index.predicate.is_none() && is_plain
    })
}
