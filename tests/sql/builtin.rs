//! The tables of what PostgreSQL has built in are what a server of that version says.

use std::fs;

use umbel_tests::{database, workspace};

/// The version that the tables are of.
const VERSION: &str = "15";

/// Each `.txt` is what the query beside it answers.
const TABLES: [&str; 6] = [
    "casts",
    "functions",
    "keywords",
    "operator_classes",
    "operators",
    "types",
];

#[test]
fn as_the_server_has_them() {
    let version = database::run_as_admin("SHOW server_version");
    if version.split('.').next() != Some(VERSION) {
        eprintln!("skipped: the tables are of PostgreSQL {VERSION}, and the server is {version}");
        return;
    }
    let folder = workspace::root().join("schema/src/sql/builtin");
    for table in TABLES {
        let query = folder.join(table).with_extension("sql");
        let query = fs::read_to_string(&query).expect("the query is there");
        let answer = database::run_as_admin(&query) + "\n";
        let file = folder.join(table).with_extension("txt");
        let known = fs::read_to_string(&file).unwrap_or_default();
        if answer == known {
            continue;
        }
        if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
            fs::write(&file, answer).expect("the table can be written");
        } else {
            panic!(
                "{} is not what the server says; INSTA_UPDATE=always writes it",
                file.display()
            );
        }
    }
}
