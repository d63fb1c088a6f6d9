//! Reading a database of 1,000 tables and emitting its application.

use std::fs;
use std::process::Command;
use std::time::Duration;

use umbel_tests::database::Database;
use umbel_tests::umbel;

use crate::measure::{Cost, cost, median, megabytes, seconds};
use crate::report::Report;
use crate::synthetic;

const TABLES: usize = 1_000;
const ROUNDS: usize = 5;

pub(crate) fn run(report: &mut Report) {
    let umbel = umbel::release();
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("synthetic.sql");
    fs::write(&file, synthetic::sql(TABLES)).expect("the folder is ours");
    let database = Database::loaded(&[file]);

    let inspect = rounds(|_| {
        let mut command = Command::new(&umbel);
        command.args(["inspect", "--format", "json", "--database", &database.url]);
        command
    });
    add(report, "inspect 1,000 tables", &inspect, "");

    let new = rounds(|round| {
        let mut command = Command::new(&umbel);
        command
            .arg("new")
            .arg(folder.path().join(format!("app_{round}")))
            .args(["--database", &database.url]);
        command
    });
    add(
        report,
        "inspect and emit 1,000 tables",
        &new,
        "< 1 s, < 200 MB",
    );
}

pub(crate) fn rounds(command: impl Fn(usize) -> Command) -> Vec<Cost> {
    // The first one warms the caches of the server and of the disk.
    (0..=ROUNDS)
        .map(|round| cost(&mut command(round)))
        .skip(1)
        .collect()
}

pub(crate) fn add(report: &mut Report, what: &str, costs: &[Cost], goal: &str) {
    let times: Vec<Duration> = costs.iter().map(|cost| cost.time).collect();
    let peaks: Vec<u64> = costs.iter().map(|cost| cost.peak).collect();
    report.add(
        what,
        format!("{}, {}", seconds(median(&times)), megabytes(median(&peaks))),
        goal,
    );
}
