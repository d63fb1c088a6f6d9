//! Catalogs and views of `information_schema` as rows, with the columns that migrations ask for.
//!
//! A column that a row does not have is unknown, and so is a catalog that is not here.

mod standard;
mod system;

use super::value::Value;
use crate::sql::catalog::{Catalog, Constraint, Index, Table};

pub(super) type Cells = Vec<(&'static str, Value)>;

/// The name of the database, which no file tells: it is only ever compared with itself.
pub(super) const DATABASE: &str = "the database";

/// The rows of a catalog, and whether they are all; none if the catalog is not known here.
pub(super) fn of(catalog: &Catalog, path: &[String]) -> Option<(Vec<Cells>, bool)> {
    let (schema, name) = match path {
        [.., schema, name] => (schema.as_str(), name.as_str()),
        [name] => ("pg_catalog", name.as_str()),
        [] => return None,
    };
    let rows = match schema {
        "pg_catalog" => system::rows(catalog, name)?,
        "information_schema" => standard::rows(catalog, name)?,
        _ => return None,
    };
    // A function of types that are not known is not kept.
    let complete = !matches!(name, "pg_proc" | "routines");
    Some((rows, complete))
}

/// The number of a schema, as `relnamespace` holds it.
pub(super) fn schema_number(catalog: &Catalog, name: &str) -> Value {
    let place = schemas(catalog).position(|schema| schema == name);
    let number = place.and_then(|place| i64::try_from(place).ok());
    number.map_or(Value::Null, Value::Int)
}

fn schemas(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let own = catalog.schemas.iter().map(String::as_str);
    ["pg_catalog", "information_schema", "pg_temp"]
        .into_iter()
        .chain(own)
}

fn indexes(catalog: &Catalog) -> impl Iterator<Item = (&Table, &Index)> {
    let indexes = catalog.indexes.values();
    indexes.filter_map(|index| Some((catalog.tables.get(&index.table)?, index)))
}

fn constraints(catalog: &Catalog) -> impl Iterator<Item = (&Table, &Constraint)> {
    let tables = catalog.tables.values();
    tables.flat_map(|table| {
        table
            .constraints
            .iter()
            .map(move |constraint| (table, constraint))
    })
}

fn letter(constraint: &Constraint) -> &'static str {
    match constraint {
        Constraint::Key(key) if key.primary => "p",
        Constraint::Key(_) => "u",
        Constraint::Foreign(_) => "f",
        Constraint::Check(_) => "c",
        Constraint::Exclusion(_) => "x",
    }
}
