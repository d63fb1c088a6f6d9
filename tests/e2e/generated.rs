//! `generated/newsroom` is what `umbel new` emits for the newsroom today, and works.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use umbel_tests::sqlite::File;
use umbel_tests::{process, umbel, workspace};

/// A database of the newsroom's schema, without rows.
fn database() -> File {
    let schema = workspace::root().join("codegen/src/demo/newsroom.sql");
    File::with(&fs::read_to_string(schema).unwrap())
}

fn newsroom() -> PathBuf {
    workspace::root().join("generated/newsroom")
}

/// With `UMBEL_UPDATE=generated` in the environment, the test brings the example up to date instead.
#[test]
fn newsroom_is_fresh() {
    let database = database();
    let mut sync = umbel::command();
    sync.args(["sync", "--database", &database.url, "-C"])
        .arg(newsroom());
    if std::env::var_os("UMBEL_UPDATE").is_some_and(|what| what == "generated") {
        process::succeed(&mut sync);
        return;
    }
    let finished = process::finish(sync.arg("--check"));
    assert_eq!(
        finished.code,
        Some(0),
        "{finished}\nto bring it up to date: UMBEL_UPDATE=generated tests/run, or that test alone"
    );
    let base = newsroom().join(".umbel/base");
    let mut files = Vec::new();
    files_below(&base, &mut files);
    assert!(files.len() > 50, "{files:?}");
    for file in files {
        let path = file.strip_prefix(&base).unwrap();
        let emitted = fs::read_to_string(&file).unwrap();
        let found = fs::read_to_string(newsroom().join(path)).unwrap();
        assert!(
            emitted == found,
            "{} is not as it was emitted",
            path.display()
        );
    }
}

#[test]
fn newsroom_passes_its_own_tests() {
    let database = database();
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(workspace::root())
        .args(["test", "--quiet", "--package", "newsroom"])
        .env("DATABASE_URL", &database.url);
    process::succeed(&mut cargo);
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}
