//! Starting the application's server: what it refuses, and why.

use std::path::PathBuf;
use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::{cluster, process};

fn program() -> PathBuf {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    App::emitted("pagila", &corpus.files(), &database).build()
}

/// The server does not start, and says so in words.
#[track_caller]
fn check_refused(arguments: &[&str], database_url: Option<&str>, words: &[&str]) {
    // No `.env` of anybody is found from here.
    let folder = tempfile::tempdir().unwrap();
    // A server that starts nevertheless is ended.
    let mut command = Command::new("timeout");
    command
        .arg("20s")
        .arg(program())
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DATABASE_URL");
    if let Some(url) = database_url {
        command.env("DATABASE_URL", url);
    }
    let finished = process::finish(&mut command);
    assert_eq!(finished.code, Some(1), "{finished}");
    assert!(!finished.stderr.contains("panicked"), "{finished}");
    for word in words {
        assert!(finished.stderr.contains(word), "{word:?} in {finished}");
    }
}

#[test]
fn address_outside_loopback() {
    let url = cluster::shared().admin_url();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8000"] {
        check_refused(
            &["serve", "--addr", address],
            Some(url),
            &["refusing to listen", "network"],
        );
    }
}

#[test]
fn malformed_address() {
    let url = cluster::shared().admin_url();
    check_refused(&["serve", "--addr", "localhost"], Some(url), &["localhost"]);
}

#[test]
fn no_database_url() {
    check_refused(&["serve"], None, &["DATABASE_URL"]);
}

#[test]
fn unreachable_database() {
    let addr = ["serve", "--addr", "127.0.0.1:0"];
    check_refused(
        &addr,
        Some(&cluster::shared().url("no_such_shop")),
        &["no_such_shop"],
    );
}
