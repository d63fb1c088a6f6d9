//! Statements without a server mean what they mean to one: each file of `statements` is read and loaded.

use std::fs;

use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, Error, SqlFile};
use umbel_tests::database::Database;
use umbel_tests::{postgres, process, workspace};

use crate::corpus::compare;

#[test]
fn temporary_objects_are_of_the_session_alone() {
    check("temporary");
}

#[test]
fn transactions_and_search_paths_end_where_they_end() {
    check("session");
}

#[test]
fn what_is_dropped_takes_along_what_uses_it() {
    check("cascade");
}

#[test]
fn branches_of_a_union_share_their_types() {
    check("union");
}

#[test]
fn do_blocks_do_what_they_say() {
    check("do_blocks");
}

#[test]
fn functions_do_what_they_say_where_they_are_called() {
    check("called");
}

#[test]
fn keys_that_are_declared_twice_are_one() {
    check("keys");
}

#[test]
fn names_of_indexes_hold_included_columns() {
    check("names");
}

#[test]
fn statements_beside_the_schema_change_nothing_of_it() {
    check("beside");
}

#[test]
fn tables_are_altered_in_every_form() {
    check("alter");
}

#[test]
fn expressions_are_written_as_the_server_writes_them() {
    check("expressions");
}

/// What other objects use stays without CASCADE, and what is there is not made again.
#[test]
fn the_server_and_the_reader_refuse_the_same() {
    let prelude = text("refused");
    let database = loaded(&prelude);
    let refused = [
        "drop table film;",
        "drop table film, rating;",
        "alter table film drop column title;",
        "alter table film drop column length;",
        "alter table film drop constraint film_pkey;",
        "drop type mood;",
        "drop domain year;",
        "drop function twice(int);",
        "drop function touch();",
        "drop sequence number;",
        "drop view titles;",
        "drop schema other;",
        "drop extension hstore;",
        "drop index film_pkey;",
        "drop table titles;",
        "drop view film;",
        "drop type film;",
        "alter table film rename to titles;",
        "alter index film_title rename to film_pkey;",
        "drop table parent;",
        "drop trigger nothing on film;",
        "drop policy nothing on film;",
        "create table film (id int);",
        "create type mood as enum ('a');",
        "create domain year as int;",
        "create view titles as select 1;",
        "create index film_title on film (id);",
        "create schema other;",
        "create extension hstore;",
        "create function twice(int) returns int language sql as 'select 1';",
        "create trigger touched before insert on film for each row execute function touch();",
        "create policy mine on film;",
        "alter table film add column title text;",
        "alter table film add constraint long check (length > 1);",
        "alter table film add constraint film_title unique (title);",
        "alter table film add primary key (title);",
        "alter table film add column fresh int, add column title text;",
        "alter table film alter column title type int using 1;",
        "alter table film alter column length type bigint;",
        "alter table film alter constraint film_pkey deferrable;",
        "alter type mood add value 'good';",
        "alter type mood rename value 'none' to 'other';",
        "create table half (id int references nowhere);",
        "create view half as select * from nowhere;",
        "create schema half create table one (id int) create table two (id int references nowhere);",
        "do $$ begin create table half (id int); raise exception 'no'; end $$;",
        "do $$ begin create table film (id int); exception when duplicate_column then null; end $$;",
    ];
    for statement in refused {
        let mut psql = postgres::psql(&database.url);
        let answer = process::finish(psql.args(["--command", statement]));
        assert_ne!(answer.code, Some(0), "the server takes {statement}");
        let file = SqlFile {
            name: "a.sql".to_owned(),
            text: format!("{prelude}\n{statement}"),
        };
        let places = match sql::read(&[file], &ReadOptions::default()) {
            Ok(reading) => reading.warnings,
            Err(Error::Statements { found, .. }) => found,
            Err(error) => panic!("{statement}: {error}"),
        };
        let said = places
            .iter()
            .any(|said| said.span.range.start >= prelude.len());
        assert!(said, "the reader takes {statement}");
    }
}

#[track_caller]
fn check(name: &str) {
    let text = text(name);
    let database = loaded(&text);
    let file = SqlFile {
        name: format!("{name}.sql"),
        text,
    };
    compare(name, file, &database);
}

fn text(name: &str) -> String {
    let file = workspace::root().join("tests/sql/statements").join(name);
    fs::read_to_string(file.with_extension("sql")).expect("the file is there")
}

/// Loads a text as psql does, each statement by itself.
pub(crate) fn loaded(text: &str) -> Database {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("statements.sql");
    fs::write(&file, text).expect("the file is written");
    let database = Database::empty();
    process::succeed(postgres::psql(&database.url).arg("--file").arg(&file));
    database
}
