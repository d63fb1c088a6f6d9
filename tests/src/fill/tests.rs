use super::*;
use crate::database::Database;

/// Fills a database with this schema and returns what every table has.
fn filled(sql: &str) -> (Database, Report) {
    let database = Database::with(sql);
    let options = Options {
        schemas: vec!["public".to_owned()],
        rows: 12,
        seed: 1,
    };
    let report = fill(&database.url, &options);
    (database, report)
}

#[track_caller]
fn check(sql: &str) {
    let (_database, report) = filled(sql);
    let short = report.tables.iter().find(|filled| filled.rows < 12);
    assert!(short.is_none(), "{report}");
}

#[test]
fn rules_and_keys() {
    check(
        "CREATE TYPE state AS ENUM ('new', 'sold');
         CREATE DOMAIN price AS numeric(8, 2) CHECK (VALUE > 0 AND VALUE < 1000);
         CREATE TABLE brand (code char(3) PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'));
         CREATE TABLE car (
             id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
             brand char(3) NOT NULL REFERENCES brand,
             name text NOT NULL CHECK (btrim(name) <> ''),
             price price NOT NULL,
             state state NOT NULL,
             built date NOT NULL,
             sold date CHECK (sold >= built),
             doubled numeric GENERATED ALWAYS AS (price * 2) STORED,
             CHECK (state = 'new' OR sold IS NOT NULL),
             UNIQUE (brand, name)
         );
         CREATE TABLE rental (
             car integer REFERENCES car,
             during daterange,
             PRIMARY KEY (car, during),
             EXCLUDE USING gist (during WITH &&)
         )",
    );
}

#[test]
fn tables_that_need_each_other() {
    check(
        "CREATE TABLE country (id integer PRIMARY KEY, capital integer NOT NULL);
         CREATE TABLE city (id integer PRIMARY KEY, country integer NOT NULL REFERENCES country);
         ALTER TABLE country ADD FOREIGN KEY (capital) REFERENCES city;
         CREATE TABLE person (id uuid PRIMARY KEY, boss uuid NOT NULL REFERENCES person)",
    );
}

#[test]
fn foreign_keys_that_share_columns() {
    check(
        "CREATE TABLE shop (id serial PRIMARY KEY);
         CREATE TABLE shelf (shop integer REFERENCES shop, number integer, PRIMARY KEY (shop, number));
         CREATE TABLE clerk (shop integer REFERENCES shop, name text, PRIMARY KEY (shop, name));
         CREATE TABLE duty (
             shop integer, shelf integer, clerk text, day date,
             PRIMARY KEY (shop, shelf, clerk, day),
             FOREIGN KEY (shop, shelf) REFERENCES shelf,
             FOREIGN KEY (shop, clerk) REFERENCES clerk
         )",
    );
}

#[test]
fn same_seed_same_rows() {
    let sql = "CREATE TABLE film (title text PRIMARY KEY, rating numeric(3, 1))";
    let rows = |database: &Database| database.run("SELECT * FROM film ORDER BY title");
    assert_eq!(rows(&filled(sql).0), rows(&filled(sql).0));
}

#[test]
fn what_cannot_be_made_is_said() {
    let (_database, report) = filled("CREATE TABLE switch (flag boolean PRIMARY KEY CHECK (flag))");
    assert_eq!(report.tables[0].rows, 1);
    assert!(report.to_string().contains("duplicate key"), "{report}");
}
