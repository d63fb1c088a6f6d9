//! Whole schemas: no table is missing, the application builds without warnings, and every page of every table
//! opens on a database that is filled.

use std::fs;
use std::path::PathBuf;

use umbel_schema::derive;
use umbel_schema::model::Relation;
use umbel_schema::postgres::{self, ReadOptions};

use umbel_tests::any_rows;
use umbel_tests::app::{App, Table};
use umbel_tests::corpus::Corpus;
use umbel_tests::crawl;
use umbel_tests::database::Database;
use umbel_tests::fill::{self, Options};
use umbel_tests::http::Client;
use umbel_tests::process::Finished;
use umbel_tests::server::Server;
use umbel_tests::workspace;

use crate::schemas::schemas;

/// How many rows every table gets.
const ROWS: usize = 12;

schemas! { check:
    bazaar: "bazaar",
    clinic: "clinic",
    consortium: "consortium",
    chinook: "chinook",
    pagila: "pagila",
    bookings: "bookings",
    #[ignore = "one of the corpus: tests/run --all"]
    northwind: "northwind",
    #[ignore = "one of the corpus: tests/run --all"]
    guacamole: "guacamole",
    #[ignore = "one of the corpus: tests/run --all"]
    temporal: "temporal",
    #[ignore = "one of the corpus: tests/run --all"]
    omop: "omop",
    #[ignore = "one of the corpus: tests/run --all"]
    cratesio: "cratesio-sequence",
    #[ignore = "one of the corpus: tests/run --all"]
    adventureworks: "adventureworks",
    #[ignore = "one of the corpus: tests/run --all"]
    hive_metastore: "hive-metastore",
    #[ignore = "one of the corpus: tests/run --all"]
    danbooru: "danbooru",
    #[ignore = "one of the corpus: tests/run --all"]
    kitchensink: "kitchensink",
    #[ignore = "one of the corpus: tests/run --all"]
    netbox: "netbox",
    #[ignore = "one of the corpus: tests/run --all"]
    citydb: "3dcitydb",
    #[ignore = "the largest of the corpus, which takes many minutes and gigabytes: tests/run --all"]
    edfi: "edfi",
}

#[track_caller]
fn check(name: &str) {
    let Some(corpus) = Corpus::find_loadable(name) else {
        return;
    };
    // A crate's name begins with a letter.
    let app_name = name.trim_start_matches(|first: char| first.is_ascii_digit());
    check_app(app_name, &corpus.files(), &corpus.database());
}

#[test]
fn any_name() {
    let case = workspace::root().join("snapshots/cases/names_any.sql");
    let database = Database::with(&fs::read_to_string(&case).unwrap());
    check_app("any_name", &[case], &database);
}

/// Emits the application of a database, builds it, fills the database and opens every page.
#[track_caller]
pub(crate) fn check_app(name: &str, source: &[PathBuf], database: &Database) {
    let schemas = database.schemas();
    let app = App::emitted_from(name, source, database, &schemas);
    let formatted = app.check_format();
    assert_eq!(formatted.code, Some(0), "{formatted}");
    any_rows::add(&app);
    let missing = missing(&app, &relations(database, &schemas));
    assert!(missing.is_empty(), "no module for {missing:?}");
    let (program, built) = app.build_loudly();
    assert!(is_silent(&built), "{built}");

    let options = Options {
        schemas,
        rows: ROWS,
        seed: 1,
    };
    let filled = fill::fill(&database.url, &options);
    eprintln!("{filled}");
    let server = Server::start(&program, &database.url);
    let crawl = crawl::crawl(&Client::new(&server.url));
    eprintln!("{crawl}");
    assert!(crawl.problems.is_empty(), "{}", crawl.problems.join("\n"));
    let differences = any_rows::differences(&Client::new(&server.url), &app);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(!server.log().contains("panicked"), "{}", server.log());
    let empty = without_rows(&app, database, &crawl);
    assert!(
        empty.is_empty(),
        "there are rows, but their lists have none: {empty:?}"
    );
}

fn is_silent(finished: &Finished) -> bool {
    finished.code == Some(0) && finished.stderr.trim().is_empty()
}

/// The relations that a person would look for.
fn relations(database: &Database, schemas: &[String]) -> Vec<Relation> {
    let options = ReadOptions {
        schemas: schemas.to_vec(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let schema = runtime
        .block_on(postgres::read(&database.url, &options))
        .unwrap();
    let is_link = |relation: &Relation| {
        let mut junctions = derive::junctions(&schema).into_iter();
        junctions.any(|junction| junction.pure && junction.table.name == relation.name)
    };
    let all = schema.relations.iter();
    all.filter(|relation| !is_link(relation)).cloned().collect()
}

fn missing(app: &App, relations: &[Relation]) -> Vec<String> {
    let tables = app.tables();
    let is_missing = |relation: &&Relation| {
        let name = &relation.name;
        let is_this = |table: &Table| table.schema == name.schema && table.name == name.name;
        !tables.iter().any(is_this)
    };
    let missing = relations.iter().filter(is_missing);
    missing.map(|relation| relation.name.to_string()).collect()
}

/// The lists that show nothing although the database has something.
fn without_rows(app: &App, database: &Database, crawl: &crawl::Crawl) -> Vec<String> {
    let mut empty = Vec::new();
    for table in app.tables() {
        let list = crawl.lists.iter().find(|list| list.path == table.path);
        let shown = list.is_some_and(|list| list.rows > 0);
        if !shown && database.has_rows(&table.schema, &table.name) {
            empty.push(table.path);
        }
    }
    empty
}
