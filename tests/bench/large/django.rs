//! Django's admin over the same table, from PyPI, with a folder of packages of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use umbel_tests::server::Server;
use umbel_tests::{process, workspace};

const PACKAGES: [&str; 3] = ["Django~=5.2", "psycopg[binary]~=3.2", "gunicorn~=23.0"];

/// A server of Django, and the cookie of somebody who may do all.
pub(super) struct Django {
    pub(super) server: Server,
    pub(super) cookie: String,
}

impl Django {
    /// Installs it, if it is not there, and starts it on a database.
    pub(super) fn start(url: &str) -> Self {
        let python = python();
        let mut setup = at(url, &python);
        let cookie = process::succeed(setup.arg("events.py"));
        let mut serve = at(url, &python);
        serve.args([
            "-m",
            "gunicorn",
            "--bind",
            "127.0.0.1:0",
            "--timeout",
            "120",
            "events:application",
        ]);
        Self {
            server: Server::run_within(Duration::from_secs(60), serve),
            cookie: cookie.trim().to_owned(),
        }
    }
}

fn at(url: &str, python: &Path) -> Command {
    let folder = workspace::root().join("tests/bench/large");
    let mut command = Command::new(python);
    command
        .current_dir(folder)
        .env("DATABASE_URL", url)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    command
}

/// The interpreter that has the packages.
fn python() -> PathBuf {
    let folder = workspace::target().join("django");
    let python = folder.join("bin/python");
    if !python.is_file() {
        process::succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let mut install = Command::new(&python);
        process::succeed(
            install
                .args(["-m", "pip", "install", "--quiet"])
                .args(PACKAGES),
        );
    }
    python
}
