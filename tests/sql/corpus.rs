//! Whole schemas: read from their files, and live after loading the files, they are the same.

use std::fs;

use umbel_schema::postgres::{self, ReadOptions};
use umbel_schema::sql::{self, SqlFile};
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::postgres::dump_of_schema;

use crate::compare::differences;
use crate::meaning;

#[test]
fn bazaar() {
    check("bazaar", "schema.sql");
}

#[test]
fn cinema() {
    check("cinema", "schema.sql");
}

#[test]
fn clinic() {
    check("clinic", "schema.sql");
}

#[test]
fn consortium() {
    check("consortium", "schema.sql");
}

#[test]
fn chinook() {
    check("chinook", "schema.sql");
}

#[test]
fn northwind() {
    check("northwind", "schema.sql");
}

#[test]
fn pagila() {
    check("pagila", "schema.sql");
}

#[test]
fn bookings() {
    check("bookings", "schema.sql");
}

#[test]
fn guacamole() {
    check("guacamole", "schema.sql");
}

#[test]
fn temporal() {
    check("temporal", "schema.sql");
}

#[test]
fn omop() {
    check("omop", "schema.sql");
}

#[test]
fn adventureworks() {
    check("adventureworks", "schema.sql");
}

#[test]
fn hive_metastore() {
    check("hive-metastore", "schema.sql");
}

#[test]
fn danbooru() {
    check("danbooru", "schema.sql");
}

#[test]
fn netbox() {
    check("netbox", "schema.sql");
}

#[test]
fn kitchensink() {
    check("kitchensink", "schema.sql");
}

#[test]
fn edfi() {
    check("edfi", "schema.sql");
}

#[test]
fn cratesio_sequence() {
    for version in 1..=6 {
        check("cratesio-sequence", &format!("v{version}.sql"));
    }
}

/// Its extension is not everywhere: where the server has it, the schema is compared as the others are.
#[test]
fn city_with_postgis() {
    let Some(corpus) = Corpus::find("3dcitydb") else {
        return;
    };
    if !umbel_tests::database::has_extension("postgis") {
        eprintln!("read without comparison: the server has no PostGIS");
        let file = read(&corpus, "schema.sql");
        let schemas = vec!["citydb".to_owned()];
        let reading = sql::read(&[file], &ReadOptions { schemas }).expect("the file is read");
        assert_eq!(reading.warnings, []);
        assert_eq!(reading.schema.relations.len(), 65);
        return;
    }
    check("3dcitydb", "schema.sql");
}

/// Compares what a file says with what a server makes of it, then the same for the server's own dump.
#[track_caller]
fn check(schema: &str, file: &str) {
    let Some(corpus) = Corpus::find(schema) else {
        return;
    };
    let database = corpus.database_of(file);
    compare(&format!("{schema}/{file}"), read(&corpus, file), &database);
    let dump = SqlFile {
        name: "dump.sql".to_owned(),
        text: dump_of_schema(&database.url),
    };
    compare(&format!("{schema}/{file}, dumped"), dump, &database);
}

fn read(corpus: &Corpus, file: &str) -> SqlFile {
    let bytes = fs::read(corpus.folder.join(file)).expect("the file is there");
    SqlFile::from_bytes(file, &bytes).expect("the file is text")
}

/// A file and a database that it was loaded into say the same.
#[track_caller]
pub(crate) fn compare(what: &str, file: SqlFile, database: &Database) {
    let options = ReadOptions {
        schemas: schemas(database),
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    let live = runtime
        .block_on(postgres::read(&database.url, &options))
        .expect("the database is read");
    let mut files = sql::read(&[file], &options)
        .expect("the file is read")
        .schema;
    meaning::settle(database, &live, &mut files);
    let all = differences(&live, &files);
    println!("{what}: {} differences", all.len());
    let shown: Vec<_> = all.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{what}:\n{}", shown.join("\n"));
}

/// Every schema that holds relations.
fn schemas(database: &Database) -> Vec<String> {
    let names = database.run(
        "SELECT DISTINCT n.nspname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
         ORDER BY 1",
    );
    names.lines().map(ToOwned::to_owned).collect()
}
