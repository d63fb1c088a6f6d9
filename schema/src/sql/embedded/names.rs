//! What SQLite's statements rename: it numbers neither tables nor columns, so that their names are followed.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::token::{Token, tokens};
use crate::model::{FormerNames, ObjectName};
use crate::name::MAIN;
use crate::sql::builtin::Oid;
use crate::sql::renames::Record;

/// The tables that were renamed, or had a column renamed, by their name now.
#[derive(Debug, Default)]
pub(super) struct Names {
    tables: BTreeMap<String, Table>,
    record: Record,
    next: Oid,
}

#[derive(Debug, Default)]
struct Table {
    number: Oid,
    /// Those that were renamed, by their name now.
    columns: BTreeMap<String, i32>,
    last: i32,
}

/// What a statement does to names, spelled as the database spells them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    TableRenamed {
        old: String,
        new: String,
    },
    ColumnRenamed {
        table: String,
        old: String,
        new: String,
    },
    TableDropped(String),
    ColumnDropped {
        table: String,
        column: String,
    },
}

impl Change {
    /// What a statement is about to do.
    pub(super) fn of(connection: &Connection, statement: &str) -> Option<Self> {
        let words = tokens(statement);
        let is = |at: usize, keyword: &str| words.get(at).is_some_and(|word| word.is(keyword));
        if is(0, "DROP") && is(1, "TABLE") {
            let named = words.get(if is(2, "IF") { 4 } else { 2 }..)?;
            let (table, _) = table(connection, named)?;
            return Some(Self::TableDropped(table));
        }
        if !is(0, "ALTER") || !is(1, "TABLE") {
            return None;
        }
        let (table, action) = table(connection, &words[2..])?;
        let (verb, action) = action.split_first()?;
        if verb.is("RENAME")
            && let [to, new, ..] = action
            && to.is("TO")
        {
            let (old, new) = (table, new.name());
            return Some(Self::TableRenamed { old, new });
        }
        let names_column = action.len() > 1 && action[0].is("COLUMN") && !action[1].is("TO");
        let action = &action[usize::from(names_column)..];
        let column = column(connection, &table, &action.first()?.name())?;
        if verb.is("DROP") {
            return Some(Self::ColumnDropped { table, column });
        }
        (verb.is("RENAME") && action.get(1)?.is("TO")).then_some(Self::ColumnRenamed {
            new: action.get(2)?.name(),
            old: column,
            table,
        })
    }
}

/// The table that a statement names, and what it says after the name.
fn table<'w, 'a>(
    connection: &Connection,
    words: &'w [Token<'a>],
) -> Option<(String, &'w [Token<'a>])> {
    let (schema, rest) = match words {
        [schema, dot, rest @ ..] if dot.is_symbol(".") => (schema.name(), rest),
        rest => (MAIN.to_owned(), rest),
    };
    let (name, rest) = rest.split_first()?;
    let spelled = connection.query_row(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE",
        [name.name()],
        |row| row.get(0),
    );
    let spelled = spelled.optional().ok()??;
    schema.eq_ignore_ascii_case(MAIN).then_some((spelled, rest))
}

fn column(connection: &Connection, table: &str, name: &str) -> Option<String> {
    let spelled = connection.query_row(
        "SELECT name FROM pragma_table_xinfo(?1) WHERE name = ?2 COLLATE NOCASE",
        [table, name],
        |row| row.get(0),
    );
    spelled.optional().ok()?
}

impl Names {
    /// Follows what a statement has done.
    pub(super) fn follow(&mut self, change: Change) {
        match change {
            Change::TableRenamed { old, new } => {
                let table = self.take(&old);
                let old = ObjectName::new(MAIN, old);
                self.record.relation(table.number, old);
                self.tables.insert(new, table);
            }
            Change::ColumnRenamed { table, old, new } => {
                let mut renamed = self.take(&table);
                let number = renamed.columns.remove(&old).unwrap_or(renamed.last + 1);
                renamed.last = renamed.last.max(number);
                self.record.column(renamed.number, number, &old);
                renamed.columns.insert(new, number);
                self.tables.insert(table, renamed);
            }
            Change::TableDropped(table) => drop(self.tables.remove(&table)),
            Change::ColumnDropped { table, column } => {
                if let Some(table) = self.tables.get_mut(&table) {
                    table.columns.remove(&column);
                }
            }
        }
    }

    fn take(&mut self, name: &str) -> Table {
        self.tables.remove(name).unwrap_or_else(|| {
            self.next += 1;
            Table {
                number: self.next,
                ..Table::default()
            }
        })
    }

    /// What the tables were called before, the one that was renamed first before the others.
    pub(super) fn former(&self) -> FormerNames {
        let mut tables: Vec<(&String, &Table)> = self.tables.iter().collect();
        tables.sort_by_key(|(_, table)| table.number);
        let relations = tables.into_iter().filter_map(|(name, table)| {
            let name = ObjectName::new(MAIN, name);
            let column = |number| {
                let mut columns = table.columns.iter();
                let column = columns.find(|(_, other)| **other == number);
                column.map(|(name, _)| name.clone())
            };
            self.record.of_relation(table.number, &name, column)
        });
        FormerNames {
            relations: relations.collect(),
            enums: Vec::new(),
        }
    }
}
