//! What an application keeps for itself in a file.

use umbel_schema::sqlite::{self, Error};

use crate::file::{File, schema};

/// As an application makes them.
const OWN: &str = include_str!("../../../runtime/accounts/src/tables/0001.sqlite.sql");

#[track_caller]
fn check(sql: &str, expect: &[&str]) {
    let schema = schema(sql);
    let names = schema.relations.iter().map(|relation| &*relation.name.name);
    assert_eq!(names.collect::<Vec<_>>(), expect);
    assert_eq!(schema.notes, []);
}

#[test]
fn is_not_shown() {
    let films = "CREATE TABLE film (id INTEGER PRIMARY KEY, maker INTEGER REFERENCES umbel_user)";
    let sql = format!("{OWN}{films}");
    check(&sql, &["film"]);
    let statements = sqlite::statements(&File::with(&sql).path).unwrap();
    assert_eq!(statements, format!("{films};\n"));
}

#[test]
fn is_nothing_to_be_read() {
    let file = File::with(OWN);
    assert!(matches!(sqlite::read(&file.path), Err(Error::Empty(_))));
    assert!(matches!(
        sqlite::statements(&file.path),
        Err(Error::Empty(_))
    ));
}

#[test]
fn is_known_by_its_ledger() {
    let sql = "CREATE TABLE umbel_stand (id INTEGER PRIMARY KEY); CREATE TABLE umbel_migration (id INTEGER PRIMARY KEY)";
    check(sql, &["umbel_migration", "umbel_stand"]);
    let statements = sqlite::statements(&File::with(sql).path).unwrap();
    assert_eq!(statements.matches("CREATE TABLE umbel_").count(), 2);
}
