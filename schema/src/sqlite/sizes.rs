//! How large the tables of a file are, without reading a large one from end to end.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result};

use crate::model::{Relation, RelationKind, Schema, Size, Sizes, Trigrams};
use crate::name::in_quotes;

/// The largest file of which every page may be looked at.
const SMALL_FILE: u64 = 256 << 20;

/// The least that a row takes: its length, its number, its header and a value.
const SMALLEST_ROW: u64 = 4;

/// How large each table is; up to `exact` rows are counted.
pub(super) fn sizes(connection: &Connection, schema: &Schema, exact: u64) -> Result<Sizes> {
    let pages = number(connection, "PRAGMA page_count")?;
    let file = pages.saturating_mul(number(connection, "PRAGMA page_size")?);
    let bytes = match file <= SMALL_FILE {
        true => Some(bytes(connection)?),
        false => None,
    };
    let tables = schema.relations.iter();
    let mut relations = BTreeMap::new();
    for table in tables.filter(|relation| relation.kind == RelationKind::Table) {
        let of = |name: &str| {
            let bytes = bytes.as_ref()?;
            Some(bytes.get(name).copied().unwrap_or(0))
        };
        let indexes = table.indexes.iter();
        let size = Size {
            rows: rows(connection, table, exact, file)?,
            bytes: of(&table.name.name),
            index_bytes: indexes.map(|index| of(&index.name)).sum(),
            analysed: table.estimated_rows.is_some(),
            ..Size::default()
        };
        relations.insert(table.name.clone(), size);
    }
    Ok(Sizes {
        relations,
        trigrams: Trigrams::Missing,
        ..Sizes::default()
    })
}

/// The bytes of each table and index, by its name.
fn bytes(connection: &Connection) -> Result<BTreeMap<String, u64>> {
    let mut query = connection.prepare("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE")?;
    let rows = query.query_map([], |row| {
        let bytes: i64 = row.get(1)?;
        Ok((row.get(0)?, bytes.unsigned_abs()))
    })?;
    rows.collect()
}

/// How many rows a table has: counted where they are few, else as ANALYZE has counted them, else at most as many as
/// the numbers of the first and the last one leave room for.
fn rows(connection: &Connection, table: &Relation, exact: u64, file: u64) -> Result<u64> {
    let name = in_quotes(&table.name.name);
    let limit = i64::try_from(exact).unwrap_or(i64::MAX).saturating_add(1);
    let count = format!("SELECT count(*) FROM (SELECT 1 FROM main.{name} LIMIT {limit})");
    let counted = number(connection, &count)?;
    if counted <= exact {
        return Ok(counted);
    }
    let analysed = table.estimated_rows.filter(|rows| *rows >= counted);
    let estimate = match analysed {
        Some(rows) => rows,
        None => span(connection, table)?.unwrap_or(counted),
    };
    Ok(estimate.min(file / SMALLEST_ROW).max(counted))
}

/// From the number of the first row to that of the last; none where rows have no numbers, or a column has their name.
fn span(connection: &Connection, table: &Relation) -> Result<Option<u64>> {
    let is_column = |name: &str| {
        let mut columns = table.columns.iter();
        columns.any(|column| column.name.eq_ignore_ascii_case(name))
    };
    let Some(number) = ["rowid", "_rowid_", "oid"]
        .into_iter()
        .find(|name| !is_column(name))
    else {
        return Ok(None);
    };
    let name = in_quotes(&table.name.name);
    let ends = format!(
        "SELECT (SELECT min({number}) FROM main.{name}), (SELECT max({number}) FROM main.{name})"
    );
    // A table WITHOUT ROWID has no such column.
    let Ok(mut ends) = connection.prepare(&ends) else {
        return Ok(None);
    };
    let ends: (Option<i64>, Option<i64>) =
        ends.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let ends = ends.0.zip(ends.1);
    Ok(ends.map(|(first, last)| last.abs_diff(first).saturating_add(1)))
}

fn number(connection: &Connection, sql: &str) -> Result<u64> {
    let number: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(number.unsigned_abs())
}
