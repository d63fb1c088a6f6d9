//! What the pragmas tell, as rows.
//!
//! The database lives in this process: a pragma per table costs microseconds, not a round trip.

use std::collections::BTreeMap;

use rusqlite::{Connection, Result, Row};

/// The objects of the file.
#[derive(Debug)]
pub(super) struct Catalog {
    pub(super) tables: Vec<TableRow>,
    /// The text of every CREATE statement, by the object's kind and name.
    pub(super) texts: BTreeMap<(String, String), String>,
    pub(super) triggers: Vec<TriggerRow>,
    /// How many rows ANALYZE has counted.
    pub(super) estimates: BTreeMap<String, u64>,
}

/// A row of `PRAGMA table_list`.
#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) name: String,
    pub(super) kind: TableKind,
    pub(super) without_rowid: bool,
    pub(super) strict: bool,
}

/// What kind of relation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableKind {
    Table,
    View,
    Virtual,
}

/// A trigger and the relation that it belongs to.
#[derive(Debug)]
pub(super) struct TriggerRow {
    pub(super) name: String,
    pub(super) relation: String,
    pub(super) sql: String,
}

/// A row of `PRAGMA table_xinfo`.
#[derive(Debug)]
pub(super) struct ColumnRow {
    pub(super) name: String,
    pub(super) declared: String,
    pub(super) not_null: bool,
    pub(super) default: Option<String>,
    /// Its place in the primary key, from 1; 0 if it is no part of it.
    pub(super) key: usize,
    /// 1 hidden, 2 generated when read, 3 generated when written.
    pub(super) hidden: u8,
}

/// A row of `PRAGMA index_list`.
#[derive(Debug)]
pub(super) struct IndexRow {
    pub(super) name: String,
    pub(super) unique: bool,
    /// `c` for CREATE INDEX, `u` for UNIQUE, `pk` for PRIMARY KEY.
    pub(super) origin: String,
}

/// A row of `PRAGMA index_xinfo`.
#[derive(Debug)]
pub(super) struct IndexColumnRow {
    /// Nothing for an expression and for the rowid.
    pub(super) column: Option<String>,
    pub(super) descending: bool,
    pub(super) collation: Option<String>,
    /// Whether it is part of the key, and not only stored with it.
    pub(super) key: bool,
}

/// A row of `PRAGMA foreign_key_list`.
#[derive(Debug)]
pub(super) struct ForeignKeyRow {
    pub(super) id: i64,
    pub(super) target: String,
    pub(super) column: String,
    /// Nothing where the primary key is meant.
    pub(super) target_column: Option<String>,
    pub(super) on_update: String,
    pub(super) on_delete: String,
}

impl Catalog {
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut texts = BTreeMap::new();
        let mut triggers = Vec::new();
        let objects = rows(
            connection,
            "SELECT type, name, tbl_name, sql
             FROM sqlite_schema
             WHERE sql IS NOT NULL
             ORDER BY name",
            &[],
            |row| {
                let kind: String = row.get(0)?;
                Ok((kind, row.get(1)?, row.get(2)?, row.get(3)?))
            },
        )?;
        for (kind, name, relation, sql) in objects {
            if kind == "trigger" {
                triggers.push(TriggerRow {
                    name,
                    relation,
                    sql,
                });
            } else {
                texts.insert((kind, name), sql);
            }
        }
        Ok(Self {
            tables: tables(connection)?,
            texts,
            triggers,
            estimates: estimates(connection)?,
        })
    }

    /// The text of the statement that made an object.
    pub(super) fn text(&self, kind: &str, name: &str) -> &str {
        let found = self.texts.get(&(kind.to_owned(), name.to_owned()));
        found.map_or("", String::as_str)
    }
}

/// The tables and views that people made; what SQLite and virtual tables keep for themselves is left out.
fn tables(connection: &Connection) -> Result<Vec<TableRow>> {
    let all = rows(
        connection,
        "SELECT name, type, wr, strict
         FROM pragma_table_list
         WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY name",
        &[],
        |row| {
            let kind: String = row.get(1)?;
            let kind = match kind.as_str() {
                "table" => Some(TableKind::Table),
                "view" => Some(TableKind::View),
                "virtual" => Some(TableKind::Virtual),
                _ => None,
            };
            Ok(kind.map(|kind| TableRow {
                name: row.get_unwrap(0),
                kind,
                without_rowid: row.get_unwrap(2),
                strict: row.get_unwrap(3),
            }))
        },
    )?;
    Ok(all.into_iter().flatten().collect())
}

/// The number of rows per table, where ANALYZE has been run.
fn estimates(connection: &Connection) -> Result<BTreeMap<String, u64>> {
    let analysed: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1')",
        [],
        |row| row.get(0),
    )?;
    if !analysed {
        return Ok(BTreeMap::new());
    }
    // `stat` begins with the number of rows: `16049 3 1`.
    let counted = rows(
        connection,
        "SELECT tbl, max(CAST(stat AS INTEGER)) FROM sqlite_stat1 GROUP BY tbl",
        &[],
        |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)),
    )?;
    Ok(counted
        .into_iter()
        .filter_map(|(name, rows)| Some((name, u64::try_from(rows).ok()?)))
        .collect())
}

pub(super) fn columns(connection: &Connection, table: &str) -> Result<Vec<ColumnRow>> {
    rows(
        connection,
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)",
        &[table],
        |row| {
            Ok(ColumnRow {
                name: row.get(0)?,
                declared: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                not_null: row.get(2)?,
                default: row.get(3)?,
                key: row.get::<_, u32>(4)? as usize,
                hidden: row.get(5)?,
            })
        },
    )
}

pub(super) fn indexes(connection: &Connection, table: &str) -> Result<Vec<IndexRow>> {
    rows(
        connection,
        "SELECT name, \"unique\", origin FROM pragma_index_list(?1) ORDER BY name",
        &[table],
        |row| {
            Ok(IndexRow {
                name: row.get(0)?,
                unique: row.get(1)?,
                origin: row.get(2)?,
            })
        },
    )
}

pub(super) fn index_columns(connection: &Connection, index: &str) -> Result<Vec<IndexColumnRow>> {
    rows(
        connection,
        "SELECT name, \"desc\", coll, \"key\" FROM pragma_index_xinfo(?1) ORDER BY seqno",
        &[index],
        |row| {
            Ok(IndexColumnRow {
                column: row.get(0)?,
                descending: row.get(1)?,
                collation: row.get(2)?,
                key: row.get(3)?,
            })
        },
    )
}

pub(super) fn foreign_keys(connection: &Connection, table: &str) -> Result<Vec<ForeignKeyRow>> {
    rows(
        connection,
        "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete
         FROM pragma_foreign_key_list(?1)
         ORDER BY id DESC, seq",
        &[table],
        |row| {
            Ok(ForeignKeyRow {
                id: row.get(0)?,
                target: row.get(1)?,
                column: row.get(2)?,
                target_column: row.get(3)?,
                on_update: row.get(4)?,
                on_delete: row.get(5)?,
            })
        },
    )
}

fn rows<T>(
    connection: &Connection,
    sql: &str,
    parameters: &[&str],
    read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare(sql)?;
    let parameters = rusqlite::params_from_iter(parameters);
    statement.query_map(parameters, read)?.collect()
}
