//! Indexes that cost what indexes cost, and serve nobody: what a `CREATE INDEX CONCURRENTLY` leaves that has failed.

use umbel_schema::model::{Index, ObjectName, RelationKind, Sizes};

use super::statement::Writer;
use super::{Area, Finding, Patient, Record, estimate};

/// Finds those of the table and of its partitions; what is rebuilt serves from then on.
pub(super) fn examine(
    patient: &Patient<'_>,
    sizes: &Sizes,
    writer: &Writer<'_>,
    record: &mut Record<'_>,
) {
    let relation = patient.relation;
    let schema = &relation.name.schema;
    let is_broken = |schema: &str, index: &Index| {
        let name = ObjectName::new(schema, &index.name);
        !index.valid && !sizes.building.contains(&name)
    };
    for index in &relation.indexes {
        if !is_broken(schema, index) {
            continue;
        }
        if relation.kind != RelationKind::PartitionedTable {
            repair(patient, schema, &relation.indexes, index, writer, record);
            continue;
        }
        if index.constraint.is_some() {
            record.remarks.push(format!(
                "The index {} of a constraint is not valid, for not all partitions have theirs.",
                writer.columns([index.name.as_str()])
            ));
            continue;
        }
        record.indexes.mend(&index.name);
        record.findings.push(Finding {
            area: Area::Broken,
            subject: format!(
                "{}, for not all partitions have theirs",
                writer.columns([index.name.as_str()])
            ),
            statements: writer.drop_and_create(schema, index),
            bytes: bytes(patient, index),
        });
    }
    for partition in &patient.size.partitions {
        let schema = &partition.name.schema;
        for index in &partition.indexes {
            if is_broken(schema, index) {
                repair(patient, schema, &partition.indexes, index, writer, record);
            }
        }
    }
}

/// Rebuilds an index, or drops it where it is of no use.
fn repair(
    patient: &Patient<'_>,
    schema: &str,
    all: &[Index],
    index: &Index,
    writer: &Writer<'_>,
    record: &mut Record<'_>,
) {
    let name = writer.columns([index.name.as_str()]);
    let twin = all
        .iter()
        .find(|other| other.valid && is_same(other, index));
    let (subject, statement) = if is_left_over(&index.name) {
        let subject = format!("{name}, which a REINDEX CONCURRENTLY left");
        (subject, writer.drop(schema, &index.name))
    } else if let Some(twin) = twin {
        let subject = format!(
            "{name}, which is {} again",
            writer.columns([twin.name.as_str()])
        );
        (subject, writer.drop(schema, &index.name))
    } else {
        record.indexes.mend(&index.name);
        let subject = match index.unique {
            true => format!("{name}, which stays so while there are duplicates"),
            false => name,
        };
        (subject, writer.rebuild(schema, &index.name))
    };
    record.findings.push(Finding {
        area: Area::Broken,
        subject,
        bytes: bytes(patient, index).filter(|_| statement.starts_with("REINDEX")),
        statements: vec![statement],
    });
}

fn bytes(patient: &Patient<'_>, index: &Index) -> Option<u64> {
    let columns = index.columns.iter();
    let columns: Option<Vec<&str>> = columns.map(|element| element.column.as_deref()).collect();
    let is_partial = index.predicate.is_some() || index.method != "btree";
    let columns = columns.filter(|_| !is_partial)?;
    let Patient {
        relation,
        size,
        rows,
        ..
    } = patient;
    let is_of_all = relation.indexes.contains(index);
    is_of_all.then(|| estimate::btree(relation, size, *rows, &columns))
}

fn is_same(a: &Index, b: &Index) -> bool {
    a.unique == b.unique
        && a.method == b.method
        && a.columns == b.columns
        && a.include == b.include
        && a.predicate == b.predicate
}

/// `event_at_idx_ccnew`, `event_at_idx_ccold1`
fn is_left_over(name: &str) -> bool {
    let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    name.ends_with("_ccnew") || name.ends_with("_ccold")
}
