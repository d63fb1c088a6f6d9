//! What of a table people see, sort by and search: as the plan and `umbel.toml` have it.

use umbel_schema::model::ObjectName;

use super::indexes::Sorted;
use crate::plan::{Family, Field, Options, Table};

/// The columns of a table by what is done with them.
pub(super) struct Chosen<'a> {
    /// The order of the list by itself: what is said, then the key.
    pub(super) order: Vec<Sorted<'a>>,
    /// How many of these were said.
    pub(super) said: usize,
    /// The columns of the list, of moments and of few values.
    pub(super) moments: Vec<&'a str>,
    pub(super) kinds: Vec<&'a str>,
    /// The columns that a list could be sorted by.
    pub(super) ordered: Vec<&'a str>,
    /// The columns that the search looks into.
    pub(super) searched: Vec<&'a str>,
}

impl<'a> Chosen<'a> {
    pub(super) fn of(table: &'a Table, options: &'a Options) -> Self {
        let mut order = said_order(table, options);
        let said = order.len();
        let descending = order.last().is_some_and(|last| last.descending);
        for field in table.key_fields().filter(|field| !field.row_id) {
            if !order.iter().any(|sorted| sorted.column == field.column) {
                order.push(Sorted {
                    column: &field.column,
                    descending,
                });
            }
        }
        let listed = table.list.iter().map(|cell| &table.fields[cell.field]);
        let listed: Vec<&Field> = listed.filter(|field| is_asked(field)).collect();
        let of = |is: fn(&Family) -> bool| {
            let fields = listed.iter().filter(|field| is(&field.value.family));
            fields.map(|field| field.column.as_str()).collect()
        };
        let fields = table.fields.iter();
        let ordered = fields.clone().filter(|field| is_asked(field));
        let searched = fields.filter(|field| {
            let is_text = matches!(field.value.family, Family::Text { .. });
            field.searchable || field.visible && is_text && table.label.contains(&field.column)
        });
        Self {
            order,
            said,
            moments: of(|family| {
                matches!(family, Family::Date | Family::DateTime | Family::Timestamp)
            }),
            kinds: of(|family| matches!(family, Family::Bool | Family::Enum(_))),
            ordered: ordered.map(|field| field.column.as_str()).collect(),
            searched: searched.map(|field| field.column.as_str()).collect(),
        }
    }
}

/// Whether a list can be sorted by the field.
fn is_asked(field: &Field) -> bool {
    field.visible && !field.secret && !field.row_id && !field.bytewise && field.is_ordered()
}

/// `sort` of `umbel.toml`.
fn said_order<'a>(table: &'a Table, options: &'a Options) -> Vec<Sorted<'a>> {
    let name = ObjectName::new(table.schema.clone(), table.name.clone());
    let mut tables = options.tables.iter();
    let said = tables.find(|said| said.table.names(&name));
    let column = |name: &str| {
        let mut fields = table.fields.iter();
        fields.find(|field| field.column == name)
    };
    let said = said.map_or(&[][..], |said| &said.sort);
    let sorted = said.iter().filter_map(|said| {
        let (field, descending) = match column(&said.value) {
            Some(field) => (field, false),
            None => (column(said.value.strip_prefix('-')?)?, true),
        };
        Some(Sorted {
            column: &field.column,
            descending,
        })
    });
    sorted.collect()
}
