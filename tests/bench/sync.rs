//! Syncing an application of 1,000 tables.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use umbel_tests::database::Database;
use umbel_tests::{process, tree, umbel};

use crate::measure::{cost, median, seconds};
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
    let app = folder.path().join("app");
    process::succeed(
        Command::new(&umbel)
            .arg("new")
            .arg(&app)
            .args(["--database", &database.url]),
    );
    let sync = || {
        let mut command = Command::new(&umbel);
        command
            .args(["sync", "--quiet", "--database", &database.url])
            .current_dir(&app);
        command
    };
    // The first one finds out that nothing is to be done, the others remember it.
    let first = cost(&mut sync());
    report.add(
        "first sync of 1,000 tables, nothing changed",
        seconds(first.time),
        "",
    );
    let before = written(&app);
    let times: Vec<Duration> = (0..ROUNDS).map(|_| cost(&mut sync()).time).collect();
    let files = changed(&before, &written(&app));
    report.add(
        "sync of 1,000 tables, nothing changed",
        format!("{}, {} files written", seconds(median(&times)), files.len()),
        "< 1 s, 0 files",
    );

    let table = synthetic::first_table();
    database.run(&format!("ALTER TABLE {table} ADD COLUMN remark text"));
    let before = written(&app);
    let one = cost(&mut sync());
    let files = changed(&before, &written(&app));
    let others = files
        .iter()
        .filter(|file| !file.to_string_lossy().contains(&table));
    report.add(
        "sync of 1,000 tables, one column added",
        format!(
            "{}, {} files written, {} of them of other tables",
            seconds(one.time),
            files.len(),
            others.count()
        ),
        "0 of other tables",
    );
}

/// When each file of the application itself was written.
fn written(app: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let files = tree::files(app).into_iter();
    files
        .filter(|file| !file.starts_with(app.join(".umbel")))
        .map(|file| {
            let written = file.metadata().and_then(|data| data.modified());
            (file, written.expect("a file has a time"))
        })
        .collect()
}

fn changed(
    before: &BTreeMap<PathBuf, SystemTime>,
    after: &BTreeMap<PathBuf, SystemTime>,
) -> Vec<PathBuf> {
    let files = after.iter();
    files
        .filter(|(file, time)| before.get(*file) != Some(time))
        .map(|(file, _)| file.clone())
        .collect()
}
