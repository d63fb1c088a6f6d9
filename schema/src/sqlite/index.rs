//! Indexes, and the keys that stand on them.

use rusqlite::{Connection, Result};

use super::catalog::{self, Catalog, IndexRow};
use super::create;
use super::expression::{expression, same};
use crate::model::{Index, IndexColumn, Key};

/// The unique constraints of a table, and all its indexes.
#[derive(Default)]
pub(super) struct Indexes {
    pub(super) uniques: Vec<Key>,
    pub(super) indexes: Vec<Index>,
    /// Whether the primary key has an index of its own: it is not the rowid under another name.
    pub(super) has_key: bool,
}

/// Reads the indexes of a table.
pub(super) fn indexes(
    connection: &Connection,
    catalog: &Catalog,
    table: &str,
    text: &create::Table,
    columns: &[&str],
) -> Result<Indexes> {
    let mut all = Indexes::default();
    for row in catalog::indexes(connection, table)? {
        all.has_key |= row.origin == "pk";
        let sql = catalog.text("index", &row.name);
        let told = create::index(sql);
        let elements = catalog::index_columns(connection, &row.name)?;
        let elements: Vec<IndexColumn> = elements
            .into_iter()
            .filter(|element| element.key)
            .enumerate()
            .map(|(at, element)| IndexColumn {
                expression: match (&element.column, told.elements.get(at)) {
                    (None, Some(text)) => Some(expression(text, table, columns).text),
                    (None, None) => Some("rowid".to_owned()),
                    (Some(_), _) => None,
                },
                column: element.column,
                descending: element.descending,
                // Nothing is less than null here.
                nulls_first: !element.descending,
                operator_class: None,
                collation: element.collation.filter(|name| name != "BINARY"),
            })
            .collect();
        let constraint = constraint(table, &row, &elements, text);
        if let (Some(name), "u") = (&constraint, row.origin.as_str()) {
            all.uniques.push(key(name.clone(), &elements));
        }
        let predicate = told.predicate.as_deref();
        all.indexes.push(Index {
            name: row.name,
            unique: row.unique,
            constraint,
            method: "btree".to_owned(),
            columns: elements,
            include: Vec::new(),
            predicate: predicate.map(|text| expression(text, table, columns).text),
            nulls_not_distinct: false,
            valid: true,
            definition: sql.to_owned(),
            comment: None,
        });
    }
    all.uniques.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(all)
}

/// The constraint that an index stands behind, by the name that it has or that PostgreSQL would give it.
fn constraint(
    table: &str,
    row: &IndexRow,
    elements: &[IndexColumn],
    text: &create::Table,
) -> Option<String> {
    let primary = match row.origin.as_str() {
        "pk" => true,
        "u" => false,
        _ => return None,
    };
    let columns: Vec<&str> = elements
        .iter()
        .filter_map(|element| element.column.as_deref())
        .collect();
    Some(constraint_name(table, primary, &columns, text))
}

/// The name of a key, as the text gives it or as PostgreSQL would.
pub(super) fn constraint_name(
    table: &str,
    primary: bool,
    columns: &[&str],
    text: &create::Table,
) -> String {
    let told = text.keys.iter().find(|key| {
        key.primary == primary
            && key.columns.len() == columns.len()
            && key.columns.iter().zip(columns).all(|(a, b)| same(a, b))
    });
    let usual = || match primary {
        true => format!("{table}_pkey"),
        false => format!("{table}_{}_key", columns.join("_")),
    };
    told.and_then(|key| key.name.clone()).unwrap_or_else(usual)
}

fn key(name: String, elements: &[IndexColumn]) -> Key {
    let columns = elements.iter().filter_map(|element| element.column.clone());
    Key {
        name,
        columns: columns.collect(),
        include: Vec::new(),
        nulls_not_distinct: false,
        deferrable: None,
        comment: None,
    }
}
