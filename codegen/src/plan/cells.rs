//! Which values the pages show, and in what order.

use super::value::Family;
use super::{Cell, CellValue, Field, LinkText, ToOne};

/// How many columns a list has at most.
const LIST_COLUMNS: usize = 8;

/// The lines of the page of one row: every visible column in its order, and behind the last of the columns that refer
/// to a row together, that row.
pub(super) fn show(fields: &[Field], to_one: &[ToOne]) -> Vec<Cell> {
    let mut lines = Vec::new();
    for index in (0..fields.len()).filter(|&index| fields[index].visible) {
        lines.push(cell(index, fields, to_one));
        for (relation, to) in to_one.iter().enumerate() {
            let is_last = to.fields.iter().max() == Some(&index);
            if to.linked && to.fields.len() > 1 && is_last {
                lines.push(Cell {
                    heading: to.label.clone(),
                    field: index,
                    value: CellValue::Label(relation),
                    numeric: false,
                    link: LinkText::Row,
                });
            }
        }
    }
    lines
}

/// The columns of the list: the label first, since it is the link to the row, then the others in their
/// order; keys that only count stand last, and what is too long to be read in a line is left out.
pub(super) fn list(
    fields: &[Field],
    key: &[usize],
    label: &[String],
    to_one: &[ToOne],
) -> Vec<Cell> {
    let labels: Vec<usize> = label
        .iter()
        .filter_map(|column| fields.iter().position(|field| field.column == *column))
        .collect();
    let is_counted_key =
        |index: usize| key == [index] && fields[index].insert == super::InsertMode::Never;
    let rank = |&index: &usize| match labels.iter().position(|label| *label == index) {
        Some(position) => position,
        None if is_counted_key(index) && labels.is_empty() => 0,
        None if is_counted_key(index) => 2 * fields.len(),
        None => fields.len() + index,
    };
    let listed = |index: &usize| fields[*index].visible && is_short(&fields[*index].value.family);
    let mut indexes: Vec<usize> = (0..fields.len()).filter(listed).collect();
    indexes.sort_by_key(rank);
    if indexes.is_empty() {
        indexes.extend((0..fields.len()).take(1));
    }
    indexes.truncate(LIST_COLUMNS);
    indexes
        .into_iter()
        .map(|index| cell(index, fields, to_one))
        .collect()
}

/// A column, or the label of the row that it refers to.
pub(super) fn cell(index: usize, fields: &[Field], to_one: &[ToOne]) -> Cell {
    let field = &fields[index];
    let relation = to_one
        .iter()
        .position(|relation| relation.linked && relation.fields == [index]);
    Cell {
        heading: field.label.clone(),
        field: index,
        value: relation.map_or(CellValue::Field(index), CellValue::Label),
        numeric: relation.is_none() && is_numeric(&field.value.family),
        link: match &field.value.family {
            _ if relation.is_some() || field.nullable => LinkText::Row,
            Family::Enum(_) => LinkText::Shown,
            family if is_plain(family) => LinkText::Value,
            _ => LinkText::Row,
        },
    }
}

fn is_short(family: &Family) -> bool {
    !matches!(
        family,
        Family::Bytes | Family::SearchVector | Family::Json | Family::Markup
    )
}

fn is_numeric(family: &Family) -> bool {
    matches!(
        family,
        Family::Integer | Family::Float | Family::Decimal { .. } | Family::Numeric
    )
}

fn is_plain(family: &Family) -> bool {
    is_numeric(family) || matches!(family, Family::Text { .. } | Family::Uuid)
}
