//! Foreign keys: the rows that refer to a row are looked for whenever it is shown, deleted, or given another key.

use umbel_schema::model::ForeignKey;

use super::indexes::Sorted;
use super::statement::Writer;
use super::{Area, Finding, Patient, Record, estimate};

/// Proposes an index for each foreign key that has none: of two, one index where it serves both.
pub(super) fn examine(patient: &Patient<'_>, writer: &mut Writer<'_>, record: &mut Record<'_>) {
    let keys = &patient.completed.foreign_keys;
    let is_missing = |key: &&ForeignKey| !record.indexes.find(&names(key));
    let mut missing: Vec<&ForeignKey> = keys.iter().filter(is_missing).collect();
    // The longest first, so that the others can be its beginning.
    let in_schema: Vec<&ForeignKey> = missing.clone();
    missing.sort_by_key(|key| std::cmp::Reverse(key.columns.len()));
    let mut found = Vec::new();
    for key in &missing {
        if record.indexes.find(&names(key)) {
            continue;
        }
        let columns = beginning_with(key, &missing);
        let order: Vec<Sorted<'_>> = columns
            .iter()
            .map(|column| Sorted {
                column,
                descending: false,
            })
            .collect();
        let index = writer.btree(patient.relation, &order);
        let before: Vec<bool> = in_schema
            .iter()
            .map(|key| record.indexes.find(&names(key)))
            .collect();
        let statement = index.definition.clone();
        record.indexes.add(index);
        let mut targets: Vec<String> = Vec::new();
        for (other, was_served) in in_schema.iter().zip(before) {
            let target = writer.table(&other.target);
            if !was_served && record.indexes.find(&names(other)) && !targets.contains(&target) {
                targets.push(target);
            }
        }
        let at = in_schema.iter().position(|own| own.name == key.name);
        let finding = Finding {
            area: Area::Relation,
            subject: format!("refers to {}", targets.join(" and ")),
            statements: vec![statement],
            bytes: Some(estimate::btree(
                patient.relation,
                patient.size,
                patient.rows,
                &columns,
            )),
        };
        found.push((at, finding));
    }
    found.sort_by_key(|(at, _)| *at);
    let found = found.into_iter().map(|(_, finding)| finding);
    record.findings.extend(found);
}

/// The columns of a foreign key, first those that are another one which has no index either.
fn beginning_with<'k>(key: &'k ForeignKey, missing: &[&'k ForeignKey]) -> Vec<&'k str> {
    let mut columns: Vec<&str> = Vec::new();
    let mut shorter: Vec<&&ForeignKey> = missing
        .iter()
        .filter(|other| other.columns.len() < key.columns.len() && is_within(other, key))
        .collect();
    shorter.sort_by_key(|other| other.columns.len());
    for other in shorter {
        let is_beginning = columns.iter().all(|column| names(other).contains(column));
        if is_beginning {
            let more = names(other).into_iter();
            let more: Vec<&str> = more.filter(|name| !columns.contains(name)).collect();
            columns.extend(more);
        }
    }
    let rest = names(key).into_iter();
    let rest: Vec<&str> = rest.filter(|name| !columns.contains(name)).collect();
    columns.extend(rest);
    columns
}

fn is_within(key: &ForeignKey, other: &ForeignKey) -> bool {
    let mut columns = key.columns.iter();
    columns.all(|column| other.columns.contains(column))
}

fn names(key: &ForeignKey) -> Vec<&str> {
    key.columns.iter().map(String::as_str).collect()
}
