//! The rules, on small schemas: what is proposed, and that nothing is once it is there.

mod lists;
mod relations;
mod search;
mod sqlite;
mod tables;

use umbel_schema::model::{Dialect, Schema, Size, Sizes, Trigrams};
use umbel_schema::postgres::ReadOptions;
use umbel_schema::sql::{self, SqlFile};

use super::{Checkup, Subject, examine};
use crate::plan::{self, Kept, Options, Selection};

/// A million rows in every table.
const ROWS: u64 = 1_000_000;

const PERSON: &str = "CREATE TABLE person (id int PRIMARY KEY);";

fn read(dialect: Dialect, sql: &str) -> Schema {
    let file = SqlFile {
        name: "schema.sql".to_owned(),
        text: sql.to_owned(),
    };
    let reading = sql::read_as(dialect, &[file], &ReadOptions::default()).unwrap();
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    reading.schema
}

fn large(schema: &Schema) -> Sizes {
    let size = Size {
        rows: ROWS,
        analysed: true,
        ..Size::default()
    };
    let tables = schema.relations.iter();
    Sizes {
        relations: tables
            .map(|table| (table.name.clone(), size.clone()))
            .collect(),
        trigrams: Trigrams::In("public".to_owned()),
        ..Sizes::default()
    }
}

fn options() -> Options {
    Options::new("shop")
}

fn checkup(schema: &Schema, sizes: &Sizes, options: &Options) -> Checkup {
    let app = plan::plan(schema, options, &Kept::default()).unwrap();
    examine(&Subject {
        app: &app,
        schema,
        sizes,
        options,
        selection: &Selection::default(),
        threshold: 50_000,
    })
}

fn statements(checkup: &Checkup) -> Vec<String> {
    let findings = checkup.large.iter().flat_map(|examined| &examined.findings);
    findings
        .flat_map(|finding| finding.statements.clone())
        .collect()
}

/// Of this schema these statements are proposed, and none once they have been run.
#[track_caller]
fn check_in(dialect: Dialect, sql: &str, expect: &[&str]) {
    let schema = read(dialect, sql);
    let found = statements(&checkup(&schema, &large(&schema), &options()));
    assert_eq!(found, expect);
    let run = found.join("\n").replace("CONCURRENTLY ", "");
    let schema = read(dialect, &format!("{sql}\n{run}"));
    let left = statements(&checkup(&schema, &large(&schema), &options()));
    assert_eq!(left, [] as [&str; 0], "of {run}");
}

#[track_caller]
fn check(sql: &str, expect: &[&str]) {
    check_in(Dialect::Postgres, sql, expect);
}
