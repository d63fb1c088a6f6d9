//! Lists: their own order, what people sort them by, and what they look for in them.

use umbel_schema::model::RelationKind;

use super::chosen::Chosen;
use super::indexes::Sorted;
use super::statement::Writer;
use super::{Area, Finding, Patient, Record, estimate};

/// Proposes an index for the order of the list, for each moment, and for each column of few values.
pub(super) fn examine(
    patient: &Patient<'_>,
    chosen: &Chosen<'_>,
    writer: &mut Writer<'_>,
    record: &mut Record<'_>,
) {
    let order = match chosen.said {
        0 => &chosen.order[..],
        said => &chosen.order[..said],
    };
    if order.is_empty() {
        record.remarks.push(match patient.relation.kind {
            RelationKind::MaterializedView => {
                "No key is known: the further down its list, the longer a page takes. `key` in `umbel.toml` says one."
                    .to_owned()
            }
            _ => {
                "It has no key: the further down its list, the longer a page takes. A primary key helps."
                    .to_owned()
            }
        });
    } else if !record.indexes.sort(order) {
        let subject = "its own order".to_owned();
        propose(patient, order, subject, writer, record);
    }
    for column in &chosen.moments {
        let order = [up(column)];
        if !record.indexes.sort(&order) {
            let subject = "newest first, or of one day".to_owned();
            propose(patient, &order, subject, writer, record);
        }
    }
    for column in &chosen.kinds {
        if !record.indexes.sort(&[up(column)]) {
            // Among the rows of one kind, those of a page come in the order of the list.
            let rest = chosen
                .order
                .iter()
                .filter(|sorted| sorted.column != *column);
            let order: Vec<Sorted<'_>> = [up(column)].into_iter().chain(rest.copied()).collect();
            let subject = format!("filtered by {}", writer.columns([*column]));
            propose(patient, &order, subject, writer, record);
        }
    }
}

/// Says what lists are not sorted and filtered by.
pub(super) fn remark(
    patient: &Patient<'_>,
    chosen: &Chosen<'_>,
    writer: &mut Writer<'_>,
    record: &mut Record<'_>,
) {
    let columns = chosen.ordered.iter().copied();
    let without: Vec<&str> = columns
        .filter(|column| !record.indexes.sort(&[up(column)]))
        .collect();
    // What is too long for an index is a text.
    let is_short = |column: &&&str| !chosen.searched.contains(column);
    let first = without.iter().find(is_short).or_else(|| without.first());
    let Some(first) = first else { return };
    let example = writer.btree(patient.relation, &[up(first)]);
    record.remarks.push(format!(
        "Not sorted or filtered by {} until there is an index, such as {}",
        writer.columns(without.iter().copied()),
        example.definition
    ));
}

fn propose(
    patient: &Patient<'_>,
    order: &[Sorted<'_>],
    subject: String,
    writer: &mut Writer<'_>,
    record: &mut Record<'_>,
) {
    let index = writer.btree(patient.relation, order);
    let columns: Vec<&str> = order.iter().map(|sorted| sorted.column).collect();
    record.findings.push(Finding {
        area: Area::List,
        subject,
        statements: vec![index.definition.clone()],
        bytes: Some(estimate::btree(
            patient.relation,
            patient.size,
            patient.rows,
            &columns,
        )),
    });
    record.indexes.add(index);
}

fn up(column: &str) -> Sorted<'_> {
    Sorted {
        column,
        descending: false,
    }
}
