//! How a table of PostgreSQL is stored, as its planner and its catalog say.

use crate::catalog::{ColumnDef, Table, TableKind};
use crate::database::{Dialect, Executor, Rows, Statement, Storage, TextIndex, run_one};
use crate::error::Result;
use crate::query::{Plan, Planned, Whole};
use crate::values::{Kind, Value};

/// Reads how a table is stored; of one that has no more rows than are few, nothing else is asked.
pub(super) async fn read(db: &dyn Executor, table: &'static Table, large: u64) -> Result<Storage> {
    let whole = Plan::new(table).rows(Dialect::Postgres, &[], Whole::Everything);
    let answer = run_one(db, whole.explained(Dialect::Postgres)).await?;
    let Some(planned) = Planned::read(&answer).filter(|planned| planned.rows > large) else {
        return Ok(Storage::default());
    };
    let mut storage = Storage {
        rows: Some(planned.rows),
        cost: planned.cost,
        is_indexed: !matches!(table.kind, TableKind::View | TableKind::ForeignTable),
        ..Storage::default()
    };
    let name = || vec![text(table.schema), text(table.name)];
    let asked = [
        Statement::new(include_str!("postgres.sql"), name()),
        Statement::new(GROUPED, name()),
        Statement::new(LANGUAGES, name()),
        Statement::new(PARTITIONED, name()),
    ];
    let mut answers = db.run(&asked).await?.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let (places, groups, languages) = (next(), next(), next());
    storage.is_partitioned = next().first(|row| row.get())?.unwrap_or(false);
    for mut row in groups.iter() {
        let name: String = row.get()?;
        storage
            .weighed
            .extend(table.listed(&name).map(|column| column.name));
    }
    let languages = read_languages(&languages)?;
    let places = read_places(&places)?;
    for (number, place) in places.iter().enumerate() {
        place.serve(table, &languages, &mut storage);
        let next = places.get(number + 1).filter(|next| !next.is_first);
        if let Some(column) = place.orders(table) {
            // Rows that are equal in it are put in the order of the key: that must not be most of them.
            let key = next.and_then(|next| next.column.as_deref());
            if !storage.weighed.contains(column) || key == table.key.first().copied() {
                storage.ordered.insert(column);
            }
        }
    }
    Ok(storage)
}

/// The columns with few different values, as ANALYZE has found.
const GROUPED: &str = "
    SELECT attname::text
    FROM pg_catalog.pg_stats
    WHERE schemaname = $1 AND tablename = $2 AND n_distinct BETWEEN 1 AND 100";

/// Whether a table is kept in parts.
const PARTITIONED: &str = "
    SELECT c.relkind = 'p'
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = $2";

/// What the words of documents are read from, where the database does that itself.
const LANGUAGES: &str = "
    SELECT a.attname::text, pg_catalog.pg_get_expr(d.adbin, d.adrelid)
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relname = $2 AND a.attgenerated = 's'
        AND a.atttypid = 'pg_catalog.tsvector'::pg_catalog.regtype";

fn text(text: &str) -> Value {
    Value::Text(text.to_owned().into())
}

/// A place in the key of an index.
#[derive(Debug)]
struct Place {
    is_first: bool,
    method: String,
    column: Option<String>,
    expression: String,
    class: String,
    has_default_class: bool,
    is_bytewise: bool,
    is_foreign: bool,
    is_straight: bool,
}

fn read_places(rows: &Rows) -> Result<Vec<Place>> {
    let mut before = None;
    let place = |mut row: crate::database::Row<'_>| {
        let index: i64 = row.get()?;
        let is_first = before.replace(index) != Some(index);
        Ok(Place {
            is_first,
            method: row.get()?,
            column: row.get()?,
            expression: row.get()?,
            class: row.get()?,
            has_default_class: row.get()?,
            is_bytewise: row.get()?,
            is_foreign: row.get()?,
            is_straight: row.get()?,
        })
    };
    rows.iter().map(place).collect()
}

impl Place {
    /// The column in whose order its index has the rows.
    fn orders(&self, table: &'static Table) -> Option<&'static str> {
        let is_order = self.method == "btree" && self.has_default_class && self.is_straight;
        let column = table.listed(self.column.as_deref()?)?;
        (self.is_first && is_order && !self.is_foreign).then_some(column.name)
    }

    /// Adds what a list can be asked because of it.
    fn serve(&self, table: &'static Table, languages: &[(String, String)], storage: &mut Storage) {
        let column = self.column.as_deref().and_then(|name| table.listed(name));
        let is_inverted = matches!(self.method.as_str(), "gin" | "gist" | "rum");
        if is_inverted && self.class.contains("trgm_ops") {
            let indexed = column.map(|column| TextIndex::Trigrams(column.name));
            storage.texts.extend(indexed);
            return;
        }
        if is_inverted && self.class.contains("tsvector_ops") {
            storage.texts.push(self.words(languages));
            return;
        }
        let Some(column) = column.filter(|_| self.is_first && !self.is_foreign) else {
            return;
        };
        match self.method.as_str() {
            "btree" if self.has_default_class => {
                storage.found.insert(column.name);
                if self.is_bytewise && matches!(column.kind, Kind::Text) {
                    storage.texts.push(TextIndex::Prefixes(column.name));
                }
            }
            "btree" if self.class.ends_with("pattern_ops") => {
                storage.found.insert(column.name);
                storage.texts.push(TextIndex::Prefixes(column.name));
            }
            "brin" => {
                storage.weighed.insert(column.name);
            }
            "hash" => {
                storage.found.insert(column.name);
            }
            "gin" | "gist" if is_within(column) => {
                storage.found.insert(column.name);
            }
            _ => {}
        }
    }

    /// The words of a document: a column that holds them, or an expression that reads them.
    fn words(&self, languages: &[(String, String)]) -> TextIndex {
        let mut columns = languages.iter();
        let read_from = match &self.column {
            Some(name) => columns
                .find(|(column, _)| column == name)
                .map(|(_, expression)| expression.as_str()),
            None => Some(self.expression.as_str()),
        };
        TextIndex::Words {
            language: read_from.and_then(language),
            expression: self.expression.clone(),
        }
    }
}

/// Whether a filter of the column asks for what it holds, not what it is.
fn is_within(column: &ColumnDef) -> bool {
    matches!(column.kind, Kind::Array(_) | Kind::Range(_))
}

fn read_languages(rows: &Rows) -> Result<Vec<(String, String)>> {
    let language = |mut row: crate::database::Row<'_>| Ok((row.get()?, row.get()?));
    rows.iter().map(language).collect()
}

/// The configuration that an expression names: `to_tsvector('english'::regconfig, title)` → `english`.
fn language(expression: &str) -> Option<String> {
    let (_, rest) = expression.split_once("to_tsvector('")?;
    let (name, rest) = rest.split_once('\'')?;
    rest.starts_with("::regconfig").then(|| name.to_owned())
}
