//! Columns → fields.

use umbel_schema::derive;
use umbel_schema::model::{Column, Relation, RelationKind, Schema};

use super::kept::Members;
use super::names::{Naming, Scope, ident, label, reserved, shouty, snake, words};
use super::value::{Family, value_type};
use super::{Enum, Field, InsertMode};

/// The fields of a relation's model, in the order of its columns.
pub(super) fn fields(
    schema: &Schema,
    enums: &[Enum],
    relation: &Relation,
    kept: Members<'_>,
) -> Vec<Field> {
    let mut names = Naming::new(Scope::default(), kept.field_names());
    // A form has the fields and what a row is linked with beside each other.
    names.set_aside(kept.link_names(relation).map(|(_, name)| name));
    // The constants of columns share their namespace with those of relations and of the trait `Model`.
    let mut constants = Naming::new(Scope::with(reserved::CONSTANTS), kept.field_constants());
    constants.set_aside(kept.relation_constants().map(|(_, constant)| constant));
    let takes_inserts = takes_inserts(relation);
    let readable = relation.columns.iter().filter(|column| column.can_select);
    readable
        .map(|column| {
            let words = words(&column.name);
            let own = column.name.as_str();
            let mut value = value_type(schema, enums, &column.data_type);
            if is_key(relation, column) {
                value = value.of_key(schema.dialect);
            }
            let visible = !derive::is_sensitive(relation, column);
            let filled = is_filled_by_database(relation, column, &value.family);
            let mut name = snake(&words);
            if name == KEY && is_mistaken_for_key(schema, enums, relation, column) {
                name.push('_');
            }
            Field {
                name: ident(&names.name(own, &[name])),
                constant: ident(&constants.name(own, &[shouty(&words)])),
                label: label(&words),
                comment: column.comment.clone(),
                nullable: !column.not_null,
                null_key: column.null_key,
                // What tells rows apart is of its type: by other values, a row has no address.
                loose: column.loose && !is_key(relation, column),
                insert: insert_mode(column, filled, takes_inserts),
                update: column.can_update && !filled,
                read_only: derive::automatic(relation, column).is_some(),
                nondeterministic: column.nondeterministic,
                bytewise: column.bytewise,
                searchable: visible && matches!(value.family, Family::Text { .. }),
                is_hex: is_hex(&value.family),
                displayed: is_displayed(&value.family),
                visible,
                secret: !visible,
                row_id: derive::is_row_id(column),
                column: column.name.clone(),
                value,
            }
        })
        .collect()
}

/// The method of a model that returns its key.
const KEY: &str = "key";

/// Whether a field called like the method that returns the key could be taken for what that returns: the key is another
/// column, of the same type.
fn is_mistaken_for_key(
    schema: &Schema,
    enums: &[Enum],
    relation: &Relation,
    column: &Column,
) -> bool {
    let Some([key]) = relation.primary_key.as_ref().map(|key| &*key.columns) else {
        return false;
    };
    let key = relation.columns.iter().find(|other| other.name == *key);
    key.is_some_and(|key| {
        let [key_type, own_type] =
            [key, column].map(|column| value_type(schema, enums, &column.data_type).base);
        key.name != column.name && key.not_null == column.not_null && key_type == own_type
    })
}

fn is_key(relation: &Relation, column: &Column) -> bool {
    let mut keys = relation.primary_key.iter();
    keys.any(|key| key.columns.contains(&column.name))
}

fn is_hex(family: &Family) -> bool {
    match family {
        Family::Bytes => true,
        Family::List(element) => is_hex(element),
        _ => false,
    }
}

fn is_displayed(family: &Family) -> bool {
    !matches!(
        family,
        Family::Enum(_) | Family::Bytes | Family::List(_) | Family::Range(_) | Family::Json
    )
}

/// Whether rows can be added to the relation, by giving those columns values that the role may give.
pub(super) fn takes_inserts(relation: &Relation) -> bool {
    let view = relation.view.as_ref();
    let columns = || relation.columns.iter();
    let is_granted = relation.privileges.insert || columns().any(|column| column.can_insert);
    is_granted
        && columns().all(|column| column.locked.is_none())
        && columns().all(|column| column.can_insert || !must_be_given(column))
        && relation.kind != RelationKind::MaterializedView
        && view.is_none_or(|view| view.insertable)
}

/// Whether a new row cannot do without a value.
fn must_be_given(column: &Column) -> bool {
    let is_filled = column.default.is_some()
        || column.sequence.is_some()
        || column.identity.is_some()
        || column.generated.is_some();
    column.not_null && !is_filled && !derive::is_row_id(column)
}

/// How a value is given; where rows can only be changed, a form has what can be changed.
fn insert_mode(column: &Column, filled: bool, takes_inserts: bool) -> InsertMode {
    if filled || !(column.can_update || takes_inserts && column.can_insert) {
        InsertMode::Never
    } else if column.default.is_some() || takes_inserts && !column.can_insert {
        // A column that can only be changed is given its value later.
        InsertMode::OrDefault
    } else {
        InsertMode::Given
    }
}

/// Whether the database alone fills the column: from an expression, a sequence or a trigger.
fn is_filled_by_database(relation: &Relation, column: &Column, family: &Family) -> bool {
    let counted = column.sequence.is_some()
        || column
            .default
            .as_deref()
            .is_some_and(|default| default.starts_with("nextval("));
    let by_trigger = *family == Family::SearchVector
        && (!column.not_null
            || relation
                .triggers
                .iter()
                .any(|trigger| trigger.before && trigger.on_insert));
    column.generated.is_some() || counted || column.identity.is_some() || by_trigger
}
