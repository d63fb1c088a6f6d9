//! How the database differs from the one that an application was emitted from.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{ColumnDef, Table};
use crate::database::{Executor, Row, Statement, run_one};
use crate::error::{Error, Result};
use crate::values::Kind;

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

/// How a database is asked for its columns.
pub(in crate::database) struct Question {
    /// Each gives schema, table, column, its type as a person would write it and by its own name, and whether an INSERT
    /// must give it; a table without columns once, with nulls.
    pub(super) statements: Vec<Asked>,
    /// Whether values of a database type, by its own name, can be read as a kind.
    pub(super) suits: fn(&Kind, &str) -> bool,
}

/// A statement, and the table if it asks of one alone: then it is the table that is broken where there is no answer.
pub(super) struct Asked {
    pub(super) table: Option<&'static Table>,
    pub(super) statement: Statement,
}

/// Everything that stands in the way of some page, a sentence each.
pub(in crate::database) async fn differences(
    db: &dyn Executor,
    tables: &[&'static Table],
    question: Question,
) -> Result<Vec<String>> {
    let mut live: BTreeMap<(String, String), Columns> = BTreeMap::new();
    let mut differences = Vec::new();
    let mut broken = Vec::new();
    for Asked { table, statement } in question.statements {
        let rows = match (run_one(db, statement).await.map_err(Error::from), table) {
            (Ok(rows), _) => rows,
            (Err(error), Some(table)) => {
                let Table { schema, name, .. } = table;
                differences.push(format!("{schema}.{name} cannot be looked at: {error}"));
                broken.push((*schema, *name));
                continue;
            }
            (Err(error), None) => return Err(error),
        };
        for mut row in rows.iter() {
            let table = live.entry((row.get()?, row.get()?)).or_default();
            if let Some((name, found)) = column(&mut row)? {
                table.insert(name, found);
            }
        }
    }
    let is_broken = |table: &Table| broken.contains(&(table.schema, table.name));
    for table in tables.iter().filter(|table| !is_broken(table)) {
        let name = (table.schema.to_owned(), table.name.to_owned());
        match live.get(&name) {
            Some(columns) => compare(table, columns, question.suits, &mut differences),
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

fn compare(
    table: &Table,
    live: &Columns,
    suits: fn(&Kind, &str) -> bool,
    differences: &mut Vec<String>,
) {
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
