//! Reading a long SQL file, as pg_dump writes it.

use std::fs;
use std::process::Command;

use umbel_tests::database::Database;
use umbel_tests::postgres::dump_of_schema;
use umbel_tests::umbel;

use crate::emit::{add, rounds};
use crate::report::Report;
use crate::synthetic;

/// So many that their dump has 50,000 lines.
const TABLES: usize = 580;

pub(crate) fn run(report: &mut Report) {
    let umbel = umbel::release();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("synthetic.sql");
    fs::write(&file, synthetic::sql(TABLES)).expect("the folder is ours");
    let database = Database::loaded(&[file]);
    let dump = dump_of_schema(&database.url);
    let structure = folder.path().join("structure.sql");
    fs::write(&structure, &dump).expect("the folder is ours");
    let inspect = rounds(|_| {
        let mut command = Command::new(&umbel);
        command
            .args(["inspect", "--quiet", "--format", "json", "--sql"])
            .arg(&structure);
        command
    });
    add(
        report,
        &format!("inspect a dump of {} lines", dump.lines().count()),
        &inspect,
        "< 1 s, < 300 MB",
    );
}
