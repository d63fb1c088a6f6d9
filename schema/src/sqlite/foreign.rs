//! Which columns and which changes need something that only the program has that made the file: found by compiling,
//! without running, what an application would ask.

use std::collections::BTreeSet;

use rusqlite::{Connection, Result};

use super::missing::{Lent, Missing};
use crate::model::{Column, Note, Relation, RelationKind};
use crate::name::in_quotes;

/// The collations that SQLite has by itself.
const COLLATIONS: [&str; 3] = ["BINARY", "NOCASE", "RTRIM"];

/// Takes away from a relation what cannot be done without the program that made the file, and says so.
pub(super) fn settle(
    connection: &Connection,
    relation: &mut Relation,
    notes: &mut Vec<Note>,
) -> Result<()> {
    let subject = relation.name.to_string();
    let table = format!("main.{}", in_quotes(&relation.name.name));
    let mut note = |subject: String, message: String| notes.push(Note { subject, message });
    mark_bytewise(connection, &table, relation)?;
    for column in relation.columns.iter().filter(|column| column.bytewise) {
        let collation = column.collation.as_ref();
        let collation = collation.map_or("its collation", |collation| &collation.name);
        note(
            format!("{subject}.{}", column.name),
            format!(
                "compared byte by byte, because only the program that made the file has the collation `{collation}`"
            ),
        );
    }
    for (column, missing) in unreadable(connection, &table, relation)? {
        note(
            format!("{subject}.{column}"),
            format!(
                "left out, because it needs {missing}, which only the program has that made the file"
            ),
        );
        if let Some(column) = relation.columns.iter_mut().find(|own| own.name == column) {
            column.can_select = false;
        }
    }
    let refused = Refused::of(connection, &table, relation);
    if let Some(message) = refused.message(relation) {
        note(subject, message);
        refused.take_away(relation);
    }
    Ok(())
}

/// Marks the columns that have such a collation; of a view, those by which it cannot be sorted without.
fn mark_bytewise(connection: &Connection, table: &str, relation: &mut Relation) -> Result<()> {
    let is_table = relation.kind == RelationKind::Table;
    for column in &mut relation.columns {
        if column.collation.is_none() && !is_table {
            let name = in_quotes(&column.name);
            let sorted = format!("SELECT {name} FROM {table} ORDER BY {name}");
            let collation = collation(connection, &sorted)?;
            column.collation = collation.map(|name| super::name(&name));
        }
        let collation = column.collation.as_ref();
        column.bytewise = collation.is_some_and(|collation| !is_known(&collation.name));
    }
    Ok(())
}

/// The missing collation by which a query compares.
fn collation(connection: &Connection, query: &str) -> Result<Option<String>> {
    let mut lent = Lent::default();
    let compared = match compile_as_shown(connection, query, &mut lent) {
        None => lent.compared(connection, query)?,
        Some(_) => None,
    };
    lent.take_back(connection)?;
    Ok(compared.and_then(|(missing, _)| match missing {
        Missing::Collation(name) => Some(name),
        _ => None,
    }))
}

fn is_known(collation: &str) -> bool {
    COLLATIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(collation))
}

/// The columns that cannot be read, and what each of them needs. What orders rows is not needed for that.
fn unreadable(
    connection: &Connection,
    table: &str,
    relation: &Relation,
) -> Result<Vec<(String, Missing)>> {
    let of_columns = relation.columns.iter();
    let of_columns = of_columns.filter_map(|column| Some(&column.collation.as_ref()?.name));
    let of_indexes = relation.indexes.iter().flat_map(|index| &index.columns);
    let of_indexes = of_indexes.filter_map(|column| column.collation.as_ref());
    let mut lent = Lent::default();
    for name in of_columns.chain(of_indexes).filter(|name| !is_known(name)) {
        lent.lend(connection, Missing::Collation(name.clone()));
    }
    let mut found = Vec::new();
    for column in &relation.columns {
        let read = format!("SELECT {} FROM {table}", in_quotes(&column.name));
        let missing = compile_as_shown(connection, &read, &mut lent);
        found.extend(missing.map(|missing| (column.name.clone(), missing)));
    }
    lent.take_back(connection)?;
    Ok(found)
}

/// What a query needs that is missing, besides collations, which it is lent.
fn compile_as_shown(connection: &Connection, query: &str, lent: &mut Lent) -> Option<Missing> {
    loop {
        let error = connection.prepare(query).err()?;
        if let Err(error) = lent.answer_order(connection, error) {
            return Missing::of(&error);
        }
    }
}

/// What cannot be done with the rows of a relation, and why not.
#[derive(Debug, Default)]
struct Refused {
    insert: bool,
    /// The columns that cannot be changed.
    update: Vec<String>,
    delete: bool,
    missing: BTreeSet<Missing>,
}

impl Refused {
    fn of(connection: &Connection, table: &str, relation: &Relation) -> Self {
        let mut refused = Self::default();
        let given = relation.columns.iter();
        let given = given.filter(|column| column.generated.is_none());
        let given: Vec<String> = given.map(|column| in_quotes(&column.name)).collect();
        let view = relation.view.as_ref();
        let is_row = row(relation);
        if relation.privileges.insert && view.is_none_or(|view| view.insertable) {
            let nulls = vec!["NULL"; given.len()].join(", ");
            let columns = given.join(", ");
            let insert = format!("INSERT INTO {table} ({columns}) VALUES ({nulls})");
            refused.insert = refused.is_refused(connection, &insert);
        }
        if relation.privileges.update && view.is_none_or(|view| view.updatable) {
            let update =
                |columns: &str| format!("UPDATE {table} SET {columns} = NULL WHERE {is_row}");
            let all = update(&given.join(" = NULL, "));
            if refused.is_refused(connection, &all) {
                let columns = relation.columns.iter();
                refused.update = columns
                    .filter(|column| column.generated.is_none())
                    .filter(|column| {
                        compile(connection, &update(&in_quotes(&column.name))).is_some()
                    })
                    .map(|column| column.name.clone())
                    .collect();
            }
        }
        if relation.privileges.delete && view.is_none_or(|view| view.deletable) {
            let delete = format!("DELETE FROM {table} WHERE {is_row}");
            refused.delete = refused.is_refused(connection, &delete);
        }
        refused
    }

    fn is_refused(&mut self, connection: &Connection, sql: &str) -> bool {
        let missing = compile(connection, sql);
        let is_refused = missing.is_some();
        self.missing.extend(missing);
        is_refused
    }

    fn message(&self, relation: &Relation) -> Option<String> {
        if self.missing.is_empty() {
            return None;
        }
        let given = relation.columns.iter();
        let given = given.filter(|column| column.generated.is_none()).count();
        let changes_none = self.update.len() == given;
        let verbs = [
            ("added", self.insert),
            ("changed", changes_none),
            ("deleted", self.delete),
        ];
        let verbs = verbs.iter().filter(|(_, refused)| *refused);
        let verbs: Vec<&str> = verbs.map(|(verb, _)| *verb).collect();
        let refused = match verbs.len() {
            3 => "only read, because a change".to_owned(),
            _ => {
                let rows = format!("rows cannot be {}", verbs.join(" or "));
                let columns = format!("`{}` cannot be changed", self.update.join("`, `"));
                let parts = [
                    (rows, !verbs.is_empty()),
                    (columns, !changes_none && !self.update.is_empty()),
                ];
                let parts = parts.into_iter().filter(|(_, refused)| *refused);
                let parts: Vec<String> = parts.map(|(part, _)| part).collect();
                format!("{}, because that", parts.join(", "))
            }
        };
        let missing = self.missing.iter().map(Missing::to_string);
        let missing = missing.collect::<Vec<_>>().join(" and ");
        Some(format!(
            "{refused} needs {missing}, which only the program has that made the file"
        ))
    }

    fn take_away(&self, relation: &mut Relation) {
        for column in &mut relation.columns {
            column.can_insert &= !self.insert;
            column.can_update &= !self.update.contains(&column.name);
        }
        let given = |column: &&Column| column.generated.is_none();
        let is_updatable = |column: &Column| column.can_update;
        let any_update = relation.columns.iter().filter(given).any(is_updatable);
        relation.privileges.insert &= !self.insert;
        relation.privileges.update &= any_update;
        relation.privileges.delete &= !self.delete;
        if let Some(view) = &mut relation.view {
            view.insertable &= !self.insert;
            view.updatable &= any_update;
            view.deletable &= !self.delete;
        }
    }
}

/// The condition that finds a row, as an application has it.
fn row(relation: &Relation) -> String {
    let key = relation.primary_key.iter().flat_map(|key| &key.columns);
    let tests = key.map(|name| {
        let column = relation.columns.iter().find(|column| column.name == *name);
        let collation = match column {
            Some(column) if column.bytewise => " COLLATE BINARY",
            _ => "",
        };
        format!("{}{collation} = ?1", in_quotes(name))
    });
    let tests: Vec<String> = tests.collect();
    match tests.is_empty() {
        true => "TRUE".to_owned(),
        false => tests.join(" AND "),
    }
}

/// What a statement needs that is missing; nothing if it compiles, or does not for another reason.
fn compile(connection: &Connection, sql: &str) -> Option<Missing> {
    Missing::of(&connection.prepare(sql).err()?)
}

/// Foreign keys over columns with such collations are plain values: SQLite would look for what they refer to in the
/// order of the collation.
pub(super) fn without_bytewise_keys(relations: &mut [Relation], notes: &mut Vec<Note>) {
    let bytewise: BTreeSet<_> = relations
        .iter()
        .flat_map(|relation| {
            let columns = relation.columns.iter().filter(|column| column.bytewise);
            columns.map(|column| (relation.name.clone(), column.name.clone()))
        })
        .collect();
    for relation in relations {
        let own = relation.name.clone();
        relation.foreign_keys.retain(|key| {
            let is = |name: &_, column: &String| bytewise.contains(&(Clone::clone(name), column.clone()));
            let compares = key.columns.iter().any(|column| is(&own, column))
                || key.target_columns.iter().any(|column| is(&key.target, column));
            if compares {
                notes.push(Note {
                    subject: format!("{own}.{}", key.columns.join(", ")),
                    message: format!(
                        "a plain value: only the program that made the file can tell to which row of `{}` it refers",
                        key.target
                    ),
                });
            }
            !compares
        });
    }
}
