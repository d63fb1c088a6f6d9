//! Lines for psql mean what they mean to psql: each text is read, and loaded by it.

use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};
use umbel_tests::database::Database;
use umbel_tests::{postgres, process};

use crate::corpus::compare;

/// Whatever psql says of it at its end: what it made is the schema. Returns what the reader says.
#[track_caller]
fn check(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.sql");
    std::fs::write(&path, text).expect("the file is written");
    let database = Database::empty();
    process::finish(postgres::psql(&database.url).arg("--file").arg(&path));
    let file = SqlFile {
        name: "a.sql".to_owned(),
        text: text.to_owned(),
    };
    let reading = sql::read(std::slice::from_ref(&file), &ReadOptions::default());
    let reading = reading.unwrap_or_else(|error| panic!("{error:?}"));
    compare("a.sql", file, &database);
    reading.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn results_are_run_as_statements() {
    let said = check(
        "CREATE TABLE a (id int);
CREATE TABLE b (id int);
SELECT format('ALTER TABLE %I ADD COLUMN tenant int', tablename) FROM pg_tables WHERE schemaname = 'public' \\gexec
SELECT 'CREATE TABLE c (id int)', 'CREATE INDEX ON c (id)' \\gexec
SELECT 'CREATE TABLE d (id int)' WHERE NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'd');
\\gexec
SELECT 'CREATE TABLE d (id int)' WHERE NOT EXISTS (SELECT FROM pg_tables WHERE tablename = 'd')\\gexec
SELECT 'CREATE DATABASE x' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = current_database())\\gexec
",
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_result_that_is_not_known_is_said() {
    let said = check(
        "CREATE TABLE a (id int, name text);
INSERT INTO a VALUES (1, 'x');
SELECT 'ALTER TABLE a ALTER COLUMN id SET NOT NULL' FROM a WHERE id > 5 \\gexec
SELECT 'GRANT SELECT ON a TO ' || name FROM a WHERE id > 5 \\gexec
",
    );
    assert_eq!(
        said,
        ["a.sql:3:73: `\\gexec` is not run: what the statements that it would run make is missing"]
    );
}

#[test]
fn nothing_follows_a_failure_where_errors_stop() {
    let said = check(
        "\\set ON_ERROR_STOP on
CREATE TABLE a (id int);
BEGIN;
CREATE TABLE b (id int);
CREATE TABLE a (id int);
COMMIT;
CREATE TABLE c (id int);
",
    );
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said.iter().any(|said| said.contains(
            "psql stops here, since `ON_ERROR_STOP` is set: 2 statements that follow are not read"
        )),
        "{said:?}"
    );
}

#[test]
fn errors_stop_only_as_long_as_it_is_set() {
    let said = check(
        "\\set ON_ERROR_STOP 1
CREATE TABLE a (id int);
\\set ON_ERROR_STOP off
CREATE TABLE a (id int);
CREATE TABLE b (id int);
",
    );
    assert_eq!(said.len(), 1, "{said:?}");
}
