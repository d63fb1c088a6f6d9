//! Statements about one row: every visit of a page asks the same, but for the values of a key, so that their texts are
//! built once.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ptr;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use crate::catalog::{Link, ReferrerDef, RelationDef, Table};
use crate::database::{Dialect, Statement};
use crate::error::Result;
use crate::values::Value;

/// How many texts are kept: some for each table and each relation of a large schema.
const KEPT: usize = 8192;

static TEXTS: LazyLock<RwLock<HashMap<StatementKey, Arc<str>>>> = LazyLock::new(RwLock::default);

/// What the text of a statement depends on, besides the values of the key.
///
/// What the application knows of its tables never moves: where it lies, and how long it is, says what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementKey {
    dialect: Dialect,
    question: Question,
    places: [Place; 6],
}

/// What a statement asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The row, with the labels of those that it refers to.
    Row,
    /// The labels of the first rows of a relation.
    Labels,
    /// How many rows a relation has.
    Count,
}

/// An address and a length.
type Place = (usize, usize);

/// All of it as one number: a hasher takes its time for each number that it is given.
impl Hash for StatementKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mix = |mixed: usize, (address, length): &Place| {
            mixed.rotate_left(7).wrapping_add(*address) ^ length
        };
        self.places
            .iter()
            .fold(self.question as usize, mix)
            .hash(state);
    }
}

impl StatementKey {
    /// The row of a table, with the labels of relations.
    pub(crate) fn row(
        dialect: Dialect,
        table: &'static Table,
        labels: &'static [RelationDef],
    ) -> Self {
        let none = Place::default();
        Self {
            dialect,
            question: Question::Row,
            places: [place_of(table), place(labels), none, none, none, none],
        }
    }

    /// What a relation of a row leads to.
    pub(crate) fn related(
        dialect: Dialect,
        question: Question,
        table: &'static Table,
        relation: &ReferrerDef,
    ) -> Self {
        let (table, other) = (place_of(table), place_of((relation.table)()));
        let none = Place::default();
        let places = match relation.link {
            Link::Direct { on, .. } => [table, other, place(on), none, none, none],
            Link::Junction(junction) => [
                table,
                other,
                place(junction.schema.as_bytes()),
                place(junction.name.as_bytes()),
                place(junction.mine),
                place(junction.theirs),
            ],
        };
        Self {
            dialect,
            question,
            places,
        }
    }

    /// The statement with the values of a key, which is built if its text is not kept.
    pub(crate) fn statement(
        self,
        key: &[Value],
        build: impl FnOnce() -> Result<Statement>,
    ) -> Result<Statement> {
        // A text may say more of NULL than that it is equal; SQLite has two forms of a UUID, each with a value of its own.
        let is_special = |value: &Value| match value {
            Value::Null => true,
            Value::Uuid(_) => self.dialect == Dialect::Sqlite,
            _ => false,
        };
        if key.iter().any(is_special) {
            return build();
        }
        let texts = TEXTS.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = texts.get(&self) {
            return Ok(Statement::new(Arc::clone(text), key.to_vec()));
        }
        drop(texts);
        let statement = build()?;
        // Where its values are not those of the key, one by one, nothing is known of how they come about.
        if statement.params == key {
            let mut texts = TEXTS.write().unwrap_or_else(PoisonError::into_inner);
            if texts.len() >= KEPT {
                texts.clear();
            }
            texts.insert(self, Arc::clone(&statement.sql));
        }
        Ok(statement)
    }
}

fn place<T>(slice: &'static [T]) -> Place {
    (slice.as_ptr().addr(), slice.len())
}

fn place_of(table: &'static Table) -> Place {
    (ptr::from_ref(table).addr(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::TableKind;

    const fn table(name: &'static str) -> Table {
        Table {
            schema: "public",
            name,
            kind: TableKind::Table,
            path: "",
            singular: "",
            indefinite: "",
            plural: "",
            title: "",
            columns: &[],
            key: &[],
            label: &[],
            sort: "",
            relations: &[],
            referrers: &[],
            scope: None,
            constraints: &[],
        }
    }

    static FILM: Table = table("film");
    static ACTOR: Table = table("actor");

    #[test]
    fn a_text_is_built_once_and_has_the_values_that_are_asked_for() {
        let ask = |table: &'static Table, key: i64, sql: &str| {
            let key = [Value::Int(key)];
            let build = || Ok(Statement::new(sql, key.to_vec()));
            let cached = StatementKey::row(Dialect::Postgres, table, &[]);
            let statement = cached.statement(&key, build).unwrap();
            assert_eq!(statement.params, key);
            statement.sql.to_string()
        };
        assert_eq!(ask(&FILM, 1, "one"), "one");
        assert_eq!(ask(&FILM, 2, "two"), "one");
        assert_eq!(ask(&ACTOR, 3, "three"), "three");
    }

    #[test]
    fn what_has_other_values_than_those_of_the_key_is_built_each_time() {
        static TAG: Table = table("tag");
        let ask = |sql: &str| {
            let build = || Ok(Statement::new(sql, vec![Value::Int(1), Value::Int(1)]));
            let cached = StatementKey::row(Dialect::Postgres, &TAG, &[]);
            cached
                .statement(&[Value::Int(1)], build)
                .unwrap()
                .sql
                .to_string()
        };
        assert_eq!(ask("one"), "one");
        assert_eq!(ask("two"), "two");
    }
}
