//! A database file for one test.

use tempfile::TempDir;
use umbel_schema::model::{Column, Dialect, ObjectName, Relation, Schema};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};
use umbel_schema::sqlite;

/// A file in which some SQL was run; it is deleted with the value.
pub(crate) struct File {
    pub(crate) folder: TempDir,
    pub(crate) path: std::path::PathBuf,
}

impl File {
    pub(crate) fn with(sql: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shop.db");
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(sql).unwrap();
        Self { folder, path }
    }
}

/// The schema that some SQL makes, which is the same when it is read from the SQL itself.
#[track_caller]
pub(crate) fn schema(text: &str) -> Schema {
    let live = sqlite::read(&File::with(text).path).unwrap();
    let file = SqlFile {
        name: "schema.sql".to_owned(),
        text: text.to_owned(),
    };
    let read = sql::read_as(Dialect::Sqlite, &[file], &ReadOptions::default()).unwrap();
    assert_eq!(read.warnings, []);
    let mut expect = live.clone();
    for relation in &mut expect.relations {
        // ANALYZE counts rows, and SQL files are read without any.
        relation.estimated_rows = None;
    }
    assert_eq!(read.schema, expect);
    live
}

#[track_caller]
pub(crate) fn relation<'a>(schema: &'a Schema, name: &str) -> &'a Relation {
    let found = schema.relations.iter().find(|one| one.name == main(name));
    found.unwrap_or_else(|| panic!("no relation {name}"))
}

#[track_caller]
pub(crate) fn column<'a>(relation: &'a Relation, name: &str) -> &'a Column {
    let found = relation.columns.iter().find(|one| one.name == name);
    found.unwrap_or_else(|| panic!("no column {name}"))
}

pub(crate) fn main(name: &str) -> ObjectName {
    ObjectName::new("main", name)
}
