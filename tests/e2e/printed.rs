//! Emitted Rust stands as rustfmt would leave it, and no rustfmt is needed for that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::{process, tree, umbel, workspace};

#[test]
fn snapshot_cases() {
    let folder = workspace::root().join("snapshots/cases");
    let cases = tree::files(&folder);
    assert!(!cases.is_empty(), "there are cases");
    // Those of SQLite lie in a folder of their own.
    for case in cases.iter().filter(|case| case.parent() == Some(&*folder)) {
        let printer = match case.ends_with("names_any.sql") {
            // Some of its names fill a line.
            true => Printer::WithRustfmt,
            false => Printer::Alone,
        };
        check(&Database::with(&fs::read_to_string(case).unwrap()), printer);
    }
}

/// Those that every clone has.
#[test]
fn own_corpus() {
    for name in ["cinema", "clinic", "consortium", "chinook", "pagila"] {
        check(&Corpus::own(name).database(), Printer::Alone);
    }
    let bazaar = Corpus::own("bazaar").database();
    check(&bazaar, Printer::WithRustfmt);
}

/// All but the one that needs PostGIS, and the one whose names fill lines.
#[test]
#[ignore = "loads every schema: tests/run --all"]
fn large_corpus() {
    let names = [
        "adventureworks",
        "bookings",
        "cratesio-sequence",
        "danbooru",
        "guacamole",
        "hive-metastore",
        "kitchensink",
        "netbox",
        "northwind",
        "omop",
        "temporal",
    ];
    for corpus in names.iter().filter_map(|name| Corpus::find(name)) {
        check(&corpus.database(), Printer::Alone);
    }
    if let Some(corpus) = Corpus::find("edfi") {
        check(&corpus.database(), Printer::WithRustfmt);
    }
}

/// Where types and functions break inside since a name takes most of a line, rustfmt lays the file out.
#[test]
fn names_that_fill_a_line() {
    let name = "a_table_whose_name_takes_as_many_characters_as_a_name_may_take";
    let sql = format!("CREATE TABLE {name} (id integer PRIMARY KEY, {name} text NOT NULL);");
    check(&Database::with(&sql), Printer::WithRustfmt);
}

/// Where the types of a method are wider than what its object leaves of the line, the arguments go by the object.
#[test]
fn names_that_fill_a_chain() {
    let name = "magnetspecialprogramemphasisschooldescriptor";
    let sql = format!(
        "CREATE TABLE language (id integer PRIMARY KEY);
         CREATE TABLE {name} (id integer PRIMARY KEY);
         CREATE TABLE school (
             id integer PRIMARY KEY,
             language_id integer REFERENCES language,
             {name}id integer REFERENCES {name}
         );"
    );
    check(&Database::with(&sql), Printer::WithRustfmt);
}

/// What lays the files out.
enum Printer {
    /// The printer, no rustfmt in reach.
    Alone,
    /// The printer, or rustfmt where that does not know a shape.
    WithRustfmt,
}

/// Emits an application for all schemas of the database, and has rustfmt look at it.
#[track_caller]
fn check(database: &Database, printer: Printer) {
    let folder = tempfile::tempdir().unwrap();
    let app = folder.path().join("app");
    let mut new = umbel::command();
    new.arg("new").arg(&app).args(["--database", &database.url]);
    for schema in schemas(database) {
        new.args(["--schema", &schema]);
    }
    if let Printer::Alone = printer {
        new.env("PATH", folder.path());
    }
    process::succeed(&mut new);
    process::succeed(
        Command::new("rustfmt")
            .args(["--edition", "2024", "--check"])
            .args(roots(&app)),
    );
}

/// The files that all others are modules of.
fn roots(app: &Path) -> impl Iterator<Item = PathBuf> {
    let is_root = |file: &PathBuf| file.ends_with("lib.rs") || file.ends_with("main.rs");
    let state = app.join(".umbel");
    let files = tree::files(app).into_iter();
    files.filter(move |file| is_root(file) && !file.starts_with(&state))
}

fn schemas(database: &Database) -> Vec<String> {
    let schemas = database.run(
        "SELECT DISTINCT nspname
         FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid
         WHERE relkind IN ('r', 'v', 'm', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
         ORDER BY nspname",
    );
    schemas.lines().map(str::to_owned).collect()
}
