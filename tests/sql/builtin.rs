//! The tables of what PostgreSQL has built in are what a server of that version says.
//!
//! A server may have more: a newer minor release, or a packager, adds what no table here needs to know.

use std::collections::BTreeMap;
use std::fs;

use umbel_tests::{database, skipped, workspace};

/// The version that the tables are of.
const VERSION: &str = "15";

/// Each `.txt` is what the query beside it answers.
const TABLES: [&str; 6] = [
    "name/keywords",
    "sql/builtin/casts",
    "sql/builtin/functions",
    "sql/builtin/operator_classes",
    "sql/builtin/operators",
    "sql/builtin/types",
];

#[test]
fn as_the_server_has_them() {
    let version = database::run_as_admin("SHOW server_version");
    if version.split('.').next() != Some(VERSION) {
        skipped::because(&format!(
            "the tables of what is built in are of PostgreSQL {VERSION}, and the server is {version}"
        ));
        return;
    }
    let folder = workspace::root().join("schema/src");
    for table in TABLES {
        let query = folder.join(table).with_extension("sql");
        let query = fs::read_to_string(&query).expect("the query is there");
        let answer = database::run_as_admin(&query) + "\n";
        let file = folder.join(table).with_extension("txt");
        let known = fs::read_to_string(&file).unwrap_or_default();
        let missing = lacking(&answer, &known);
        if missing.is_empty() && !known.is_empty() {
            continue;
        }
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            fs::write(&file, answer).expect("the table can be written");
        } else {
            panic!(
                "the server does not say what {} does; INSTA_UPDATE=always writes it anew:\n{}",
                file.display(),
                missing.join("\n")
            );
        }
    }
}

/// The lines that a server does not say, or not as often.
fn lacking<'a>(said: &str, known: &'a str) -> Vec<&'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in said.lines() {
        *counts.entry(line).or_default() += 1;
    }
    let is_missing = |line: &&str| match counts.get_mut(*line) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    known.lines().filter(is_missing).collect()
}

#[test]
fn more_is_no_failure_and_less_is_one() {
    assert_eq!(lacking("a 1\nb 2\nc 3\n", "a 1\nb 2\n"), [""; 0]);
    assert_eq!(lacking("a 1\n", "a 1\na 1\nb 2\n"), ["a 1", "b 2"]);
    // The same name with another meaning is not the same.
    assert_eq!(lacking("a 2\n", "a 1\n"), ["a 1"]);
}
