//! The PostgreSQL server of the tests: a given one (`UMBEL_TEST_DATABASE_URL`), or a private one in a temporary folder.
//!
//! The private server is shared by every test process of a checkout, because nextest gives each test a process of its
//! own. Whoever needs it first starts it; it ends ten seconds after the last process that used it, however that ended.

use std::env;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use crate::{postgres, process, wait, workspace};

/// A server on which the tests may make databases and roles.
#[derive(Debug)]
pub struct Cluster {
    url: String,
    /// Held while this process lives: the private server runs as long as anyone holds it.
    _lock: Option<File>,
}

/// The server of the tests, started if it does not run yet.
pub fn shared() -> &'static Cluster {
    static SHARED: OnceLock<Cluster> = OnceLock::new();
    SHARED.get_or_init(|| match env::var("UMBEL_TEST_DATABASE_URL") {
        Ok(url) if !url.is_empty() => Cluster { url, _lock: None },
        _ => private(&workspace::scratch("test-cluster")),
    })
}

impl Cluster {
    /// The URL of one of its databases.
    pub fn url(&self, database: &str) -> String {
        with_database(&self.url, database)
    }

    /// The URL of the database that exists before any other.
    pub fn admin_url(&self) -> &str {
        &self.url
    }
}

/// The private server whose state lies in a folder, started if it does not run.
pub fn private(state: &Path) -> Cluster {
    let users = workspace::lock_shared(&state.join("lock"));
    let _starting = workspace::lock(&state.join("starting"));
    let url = running(state).unwrap_or_else(|| start(state));
    Cluster {
        url,
        _lock: Some(users),
    }
}

/// The URL of the private server, if it answers.
fn running(state: &Path) -> Option<String> {
    let url = fs::read_to_string(state.join("url"))
        .ok()?
        .trim()
        .to_owned();
    let answer = process::finish(postgres::psql(&url).args(["--command", "SELECT 1"]));
    (answer.code == Some(0)).then_some(url)
}

fn start(state: &Path) -> String {
    let url = state.join("url");
    if url.exists() {
        fs::remove_file(&url).expect("the folder is ours");
    }
    let log = state.join("log");
    let mut script = spawn(state, &log);
    wait::until(
        "the private PostgreSQL server starts",
        Duration::from_secs(60),
        || {
            if let Some(status) = script.try_wait().expect("the script is our child") {
                let log = fs::read_to_string(&log).unwrap_or_default();
                panic!("the private PostgreSQL server did not start ({status}):\n{log}");
            }
            fs::read_to_string(&url)
                .ok()
                .map(|url| url.trim().to_owned())
        },
    )
}

/// Starts the script that makes, watches and removes the server, in a process group of its own: it outlives this
/// process and Ctrl-C.
fn spawn(state: &Path, log: &Path) -> Child {
    let Some(bin) = postgres::server_bin() else {
        panic!(
            "no PostgreSQL server on PATH or under /usr/lib/postgresql; \
             install it (Debian: apt-get install postgresql) or set UMBEL_TEST_DATABASE_URL"
        );
    };
    let log = File::create(log).expect("the folder is ours");
    Command::new("sh")
        .args(["-c", include_str!("cluster.sh"), "cluster.sh"])
        .args([state, &bin])
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a file can be shared"))
        .stderr(log)
        .process_group(0)
        .spawn()
        .expect("sh exists")
}

/// `postgres://user@host/old?options` with another database.
fn with_database(url: &str, database: &str) -> String {
    let (address, options) = match url.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (url, String::new()),
    };
    let (scheme, rest) = address
        .split_once("://")
        .expect("a database URL has a scheme");
    let server = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{server}/{database}{options}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skipped;

    #[test]
    fn url_of_another_database() {
        let check = |url, expect| assert_eq!(with_database(url, "shop"), expect);
        check("postgres://me@host:5/old", "postgres://me@host:5/shop");
        check(
            "postgres://me:secret@host",
            "postgres://me:secret@host/shop",
        );
        check(
            "postgresql://host/?sslmode=disable",
            "postgresql://host/shop?sslmode=disable",
        );
    }

    #[test]
    fn private_server_ends_after_its_last_user() {
        if postgres::server_bin().is_none() {
            skipped::because("no PostgreSQL server on this machine");
            return;
        }
        let state = tempfile::tempdir().unwrap();
        let first = private(state.path());
        let second = private(state.path());
        assert_eq!(first.url, second.url, "a server that runs is shared");
        let home = fs::read_to_string(state.path().join("home")).unwrap();
        let home = Path::new(home.trim());
        assert!(home.exists());

        drop(first);
        drop(second);
        let gone = || (!home.exists() && !state.path().join("url").exists()).then_some(());
        wait::until("the server is removed", Duration::from_secs(30), gone);
    }
}
