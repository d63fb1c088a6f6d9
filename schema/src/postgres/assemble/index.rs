//! Indexes with their elements.

use crate::model::{Index, IndexColumn};
use crate::postgres::catalog::{IndexColumnRow, IndexRow};

pub(in crate::postgres) fn index(row: IndexRow, elements: Vec<IndexColumnRow>) -> Index {
    let (include, columns): (Vec<_>, Vec<_>) = elements.into_iter().partition(|row| row.included);
    Index {
        name: row.name,
        unique: row.unique,
        constraint: row.constraint,
        method: row.method,
        columns: columns.into_iter().map(element).collect(),
        include: include.into_iter().filter_map(|row| row.column).collect(),
        predicate: row.predicate,
        nulls_not_distinct: row.nulls_not_distinct,
        valid: row.valid,
        definition: row.definition,
        comment: row.comment,
    }
}

fn element(row: IndexColumnRow) -> IndexColumn {
    IndexColumn {
        column: row.column,
        expression: row.expression,
        descending: row.descending,
        nulls_first: row.nulls_first,
        operator_class: row.operator_class,
        collation: row.collation,
    }
}
