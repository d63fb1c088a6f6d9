//! Tables and views, put together from the pragmas and the texts.

use rusqlite::{Connection, Result};

use super::catalog::{self, Catalog, ColumnRow, TableKind, TableRow};
use super::expression::{expression, same};
use super::foreign_key::{Targets, foreign_keys, primary_key};
use super::index::{self, constraint_name, indexes};
use super::missing::{Lent, Missing};
use super::{create, foreign, name, trigger, types, view};
use crate::model::{
    Check, Column, DataType, ForeignKey, Generated, Identity, IdentityMode, Key, Note, Persistence,
    Privileges, Relation, RelationKind, Sequence, Trigger,
};

/// Every relation of the file, sorted by name; what cannot be read is noted.
pub(super) fn relations(
    connection: &mut Connection,
    catalog: &Catalog,
    notes: &mut Vec<Note>,
) -> Result<Vec<Relation>> {
    let columns: Vec<Result<Vec<ColumnRow>>> = catalog
        .tables
        .iter()
        .map(|table| columns(connection, &table.name))
        .collect();
    let mut known = Vec::with_capacity(columns.len());
    let mut broken = Vec::with_capacity(columns.len());
    for found in columns {
        match found {
            Ok(columns) => {
                known.push(columns);
                broken.push(None);
            }
            // A view of tables that are gone, a virtual table whose module is not there.
            Err(error) => {
                known.push(Vec::new());
                broken.push(Some(error));
            }
        }
    }
    let targets = Targets {
        catalog,
        columns: &known,
    };
    // What refers to a row has a part in changing it.
    connection.pragma_update(None, "foreign_keys", true)?;
    let mut relations = Vec::new();
    for ((table, columns), broken) in catalog.tables.iter().zip(&known).zip(broken) {
        let outcome = match broken {
            Some(error) => Err(error),
            None => relation(connection, table, columns, &targets, notes),
        };
        match outcome {
            Ok(mut relation) => {
                foreign::settle(connection, &mut relation, notes)?;
                relations.push(relation);
            }
            Err(error) if table.kind == TableKind::Table => return Err(error),
            Err(error) => notes.push(Note {
                subject: name(&table.name).to_string(),
                message: match Missing::of(&error) {
                    Some(missing) => format!(
                        "left out, because it needs {missing}, which only the program has that made the file"
                    ),
                    None => format!("left out, because SQLite cannot read it: {error}"),
                },
            }),
        }
    }
    foreign::without_bytewise_keys(&mut relations, notes);
    Ok(relations)
}

/// The columns of a table or view; of what order they are, nobody asks.
fn columns(connection: &Connection, table: &str) -> Result<Vec<ColumnRow>> {
    let mut lent = Lent::default();
    let columns = loop {
        match catalog::columns(connection, table) {
            Ok(columns) => break Ok(columns),
            Err(error) => {
                if let Err(error) = lent.answer_order(connection, error) {
                    break Err(error);
                }
            }
        }
    };
    lent.take_back(connection)?;
    columns
}

fn relation(
    connection: &mut Connection,
    table: &TableRow,
    rows: &[ColumnRow],
    targets: &Targets<'_>,
    notes: &mut Vec<Note>,
) -> Result<Relation> {
    let catalog = targets.catalog;
    let is_table = table.kind == TableKind::Table;
    let text = match table.kind {
        TableKind::Table => create::table(catalog.text("table", &table.name)),
        TableKind::View | TableKind::Virtual => create::Table::default(),
    };
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let keys = match is_table {
        true => catalog::foreign_keys(connection, &table.name)?,
        false => Vec::new(),
    };
    let foreign_keys = foreign_keys(&table.name, keys, &text, targets, notes);
    let checks = checks(&table.name, &text, &names);
    let found = match is_table {
        true => indexes(connection, catalog, &table.name, &text, &names)?,
        false => index::Indexes::default(),
    };
    let triggers: Vec<Trigger> = catalog
        .triggers
        .iter()
        .filter(|row| same(&row.relation, &table.name))
        .map(trigger::trigger)
        .collect();
    let shown = rows.iter().filter(|row| row.hidden != 1);
    let is_rowid = |row: &ColumnRow| is_rowid(table, rows, row) && !found.has_key;
    let columns = shown.map(|row| {
        let column = column(table, rows, row, &text, &checks);
        match is_rowid(row) {
            true => count(column, &foreign_keys),
            false => column,
        }
    });
    Ok(Relation {
        name: name(&table.name),
        kind: match table.kind {
            TableKind::Table => RelationKind::Table,
            TableKind::View => RelationKind::View,
            TableKind::Virtual => RelationKind::ForeignTable,
        },
        persistence: Persistence::Permanent,
        comment: None,
        columns: columns.collect(),
        primary_key: key(&table.name, rows, &text).filter(|_| is_table),
        uniques: found.uniques,
        foreign_keys,
        checks,
        exclusions: Vec::new(),
        indexes: found.indexes,
        view: match table.kind {
            TableKind::View => Some(view::view(connection, catalog, &table.name, &triggers)?),
            TableKind::Table | TableKind::Virtual => None,
        },
        triggers,
        parents: Vec::new(),
        partition_key: None,
        partitions: Vec::new(),
        row_security: false,
        policies: Vec::new(),
        estimated_rows: catalog.estimates.get(&table.name).copied(),
        privileges: Privileges {
            select: true,
            // What a virtual table does with a row is its module's affair.
            insert: is_table,
            update: is_table,
            delete: is_table,
        },
        identifier: None,
    })
}

fn column(
    table: &TableRow,
    rows: &[ColumnRow],
    row: &ColumnRow,
    text: &create::Table,
    checks: &[Check],
) -> Column {
    let told = text.columns.iter().find(|told| same(&told.name, &row.name));
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let generated = told.and_then(|told| told.generated.as_deref());
    let generated = generated.map(|text| Generated {
        expression: expression(text, &table.name, &names).text,
        stored: row.hidden == 3,
    });
    let declared = types::data_type(&row.declared);
    let checked = types::checked(&declared, &row.name, checks);
    let data_type = checked.clone().unwrap_or(declared);
    let sure = table.strict || checked.is_some() || types::holds_anything(&data_type);
    let has_key = table.kind == TableKind::Table && row.key > 0;
    let collation = told.and_then(|told| told.collation.as_deref());
    Column {
        name: row.name.clone(),
        default: default(row, &data_type),
        data_type,
        loose: !sure,
        sql_type: types::sql_type(&row.declared),
        // A key without NOT NULL takes NULL by an old mistake; nobody means it.
        not_null: row.not_null || row.key > 0,
        null_key: has_key && !(row.not_null || table.without_rowid || table.strict),
        identity: None,
        sequence: None,
        generated,
        collation: collation.map(super::name),
        nondeterministic: false,
        bytewise: false,
        comment: None,
        inherited: false,
        can_select: true,
        can_insert: true,
        can_update: true,
        locked: None,
        identifier: None,
    }
}

/// The default, unless it is NULL; a truth value in words, a text in the quotes that are meant for texts.
fn default(row: &ColumnRow, data_type: &DataType) -> Option<String> {
    let text = row.default.as_deref()?.trim();
    match (data_type, text) {
        (_, text) if text.eq_ignore_ascii_case("null") => None,
        (DataType::Bool, "1") => Some("true".to_owned()),
        (DataType::Bool, "0") => Some("false".to_owned()),
        (_, text) if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") => {
            Some(text.to_lowercase())
        }
        (_, text) => Some(expression(text, "", &[]).text),
    }
}

/// Whether the column is the rowid under another name, unless its key has an index of its own: `DESC` behind
/// `INTEGER PRIMARY KEY` gives it one.
fn is_rowid(table: &TableRow, rows: &[ColumnRow], row: &ColumnRow) -> bool {
    table.kind == TableKind::Table
        && !table.without_rowid
        && row.key == 1
        && row.declared.eq_ignore_ascii_case("INTEGER")
        && rows.iter().filter(|row| row.key > 0).count() == 1
}

/// The rowid under another name: it is a number, and counts by itself. One that refers to another row is given its
/// value.
fn count(mut column: Column, foreign_keys: &[ForeignKey]) -> Column {
    let refers = foreign_keys
        .iter()
        .any(|key| key.columns == [column.name.as_str()]);
    column.loose = false;
    column.null_key = false;
    column.identity = (!refers).then(rowid);
    column
}

/// How rowids are counted.
fn rowid() -> Identity {
    Identity {
        mode: IdentityMode::ByDefault,
        sequence: Sequence {
            start: 1,
            increment: 1,
            min: 1,
            max: i64::MAX,
            cache: 1,
            cycle: false,
        },
    }
}

fn key(table: &str, rows: &[ColumnRow], text: &create::Table) -> Option<Key> {
    let columns = primary_key(rows);
    if columns.is_empty() {
        return None;
    }
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    Some(Key {
        name: constraint_name(table, true, &names, text),
        columns,
        include: Vec::new(),
        nulls_not_distinct: false,
        deferrable: None,
        comment: None,
    })
}

fn checks(table: &str, text: &create::Table, columns: &[&str]) -> Vec<Check> {
    let build = |check: &create::Check| {
        let condition = expression(&check.condition, table, columns);
        Check {
            name: check.name.clone(),
            expression: condition.text,
            columns: condition.columns,
            validated: true,
            no_inherit: false,
            comment: None,
        }
    };
    let mut checks: Vec<Check> = text.checks.iter().map(build).collect();
    checks.sort_by(|a, b| a.name.cmp(&b.name));
    checks
}
