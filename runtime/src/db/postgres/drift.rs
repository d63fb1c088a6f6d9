//! How the database differs from the one that an application was emitted from.

use std::collections::{BTreeMap, BTreeSet};

use crate::db::{Executor, Statement};
use crate::error::Result;
use crate::model::{ColumnDef, Table};
use crate::row::Row;
use crate::types::{Kind, Shape};
use crate::value::Value;

/// What a column is now.
#[derive(Debug)]
struct Found {
    /// As a person would write the type.
    sql_type: String,
    /// The type's own name, below any domain.
    base: String,
    /// Whether an INSERT must give it.
    required: bool,
}

/// The columns of a table by name.
type Columns = BTreeMap<String, Found>;

/// Everything that stands in the way of some page, a sentence each.
pub(crate) async fn differences(
    db: &dyn Executor,
    tables: &[&'static Table],
) -> Result<Vec<String>> {
    let names = |name: fn(&Table) -> &'static str| {
        let names = tables
            .iter()
            .map(|table| Value::Text(name(table).to_owned()));
        Value::Array(names.collect(), Shape::default())
    };
    let params = vec![names(|table| table.schema), names(|table| table.name)];
    let statement = Statement::new(include_str!("drift.sql"), params);
    let mut live: BTreeMap<(String, String), Columns> = BTreeMap::new();
    for rows in db.run(&[statement]).await? {
        for mut row in rows.iter() {
            let table = live.entry((row.get()?, row.get()?)).or_default();
            if let Some((name, found)) = column(&mut row)? {
                table.insert(name, found);
            }
        }
    }
    let mut differences = Vec::new();
    for table in tables {
        let name = (table.schema.to_owned(), table.name.to_owned());
        match live.get(&name) {
            Some(columns) => compare(table, columns, &mut differences),
            None => differences.push(format!("{}.{} is gone", table.schema, table.name)),
        }
    }
    Ok(differences)
}

fn column(row: &mut Row<'_>) -> Result<Option<(String, Found)>> {
    let (name, sql_type, base): (Option<String>, Option<String>, Option<String>) =
        (row.get()?, row.get()?, row.get()?);
    let required: Option<bool> = row.get()?;
    let found = Found {
        sql_type: sql_type.unwrap_or_default(),
        base: base.unwrap_or_default(),
        required: required.unwrap_or_default(),
    };
    Ok(name.map(|name| (name, found)))
}

fn compare(table: &Table, live: &Columns, differences: &mut Vec<String>) {
    let Table { schema, name, .. } = table;
    for column in table.columns {
        match live.get(column.name) {
            None => differences.push(format!("{schema}.{name}.{} is gone", column.name)),
            Some(found) if !suits(&column.kind, &found.base) => differences.push(format!(
                "{schema}.{name}.{} is {} now",
                column.name, found.sql_type
            )),
            Some(_) => {}
        }
    }
    let known: BTreeSet<&str> = table
        .columns
        .iter()
        .map(|column: &ColumnDef| column.name)
        .collect();
    // A view takes no rows, and of a table without a key none are added.
    let new = live.iter().filter(|_| !table.key.is_empty());
    for (column, _) in new.filter(|(name, found)| found.required && !known.contains(name.as_str()))
    {
        differences.push(format!(
            "{schema}.{name}.{column} is new and must be given: no rows can be added"
        ));
    }
}

/// Whether values of a database type, by its own name, can be read as this kind.
fn suits(kind: &Kind, base: &str) -> bool {
    match kind {
        Kind::Bool => base == "bool",
        Kind::Int16 => base == "int2",
        Kind::Int32 => base == "int4",
        Kind::Int64 => base == "int8",
        Kind::Oid => base == "oid",
        Kind::Interval => base == "interval",
        Kind::Inet => matches!(base, "inet" | "cidr"),
        Kind::Float32 => base == "float4",
        Kind::Float64 => base == "float8",
        Kind::Text => matches!(base, "text" | "varchar" | "bpchar" | "citext" | "name"),
        Kind::Bytes => base == "bytea",
        Kind::Uuid => base == "uuid",
        Kind::Date => base == "date",
        Kind::Time => base == "time",
        Kind::DateTime => base == "timestamp",
        Kind::Timestamp => base == "timestamptz",
        Kind::Decimal | Kind::Numeric => base == "numeric",
        Kind::Json => matches!(base, "json" | "jsonb"),
        Kind::Enum(def) => {
            let known = def.name.strip_suffix(base);
            known.is_some_and(|schema| schema.ends_with('.'))
        }
        Kind::Array(_) => base.starts_with('_'),
        // Whatever it is, it is read as text; of a range, the name of its type may be anybody's.
        Kind::Raw | Kind::Range(_) => true,
    }
}
