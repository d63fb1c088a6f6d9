//! A pooler in front of the server of the tests: PgBouncer, in transaction mode, in a folder that goes with it.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::{cluster, process, skipped, tls_server, wait};

/// PgBouncer, stopped when it is dropped.
#[derive(Debug)]
pub struct Pooler {
    folder: TempDir,
    process: Child,
    port: u16,
}

impl Pooler {
    /// Starts it with further settings, `name = value`; none where the machine has no PgBouncer.
    pub fn start(settings: &[&str]) -> Option<Self> {
        if Command::new("pgbouncer").arg("--version").output().is_err() {
            skipped::because("no PgBouncer on this machine");
            return None;
        }
        let server = server();
        let folder = tempfile::tempdir().expect("a folder");
        for _ in 0..5 {
            let port = tls_server::port();
            let lines = [
                "[databases]".to_owned(),
                format!("* = {server}"),
                "[pgbouncer]".to_owned(),
                "listen_addr = 127.0.0.1".to_owned(),
                format!("listen_port = {port}"),
                "unix_socket_dir =".to_owned(),
                "auth_type = any".to_owned(),
                "pool_mode = transaction".to_owned(),
            ];
            let settings = settings.iter().map(|setting| (*setting).to_owned());
            let lines: Vec<String> = lines.into_iter().chain(settings).collect();
            fs::write(folder.path().join("ini"), lines.join("\n")).expect("a file");
            let mut process = start(folder.path());
            let is_ready =
                wait::until("PgBouncer listens or ends", Duration::from_secs(20), || {
                    let listens = TcpStream::connect(("127.0.0.1", port)).is_ok();
                    let has_ended = process.try_wait().expect("our child").is_some();
                    (listens || has_ended).then_some(!has_ended)
                });
            if is_ready {
                return Some(Self {
                    folder,
                    process,
                    port,
                });
            }
        }
        panic!("{}", log(folder.path()));
    }

    /// The URL of a database through the pooler.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://anybody@127.0.0.1:{}/{database}", self.port)
    }

    /// What it has written.
    pub fn log(&self) -> String {
        log(self.folder.path())
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `postgres://user@host:port/…` → `host=… port=… user=…`.
fn server() -> String {
    let url = cluster::shared().admin_url().to_owned();
    let (_, rest) = url.split_once("://").expect("a URL");
    let (server, _) = rest.split_once('/').unwrap_or((rest, ""));
    let (user, place) = server.split_once('@').expect("a URL with a role");
    let (host, port) = place.split_once(':').unwrap_or((place, "5432"));
    match user.split_once(':') {
        Some((user, password)) => {
            format!("host={host} port={port} user={user} password={password}")
        }
        None => format!("host={host} port={port} user={user}"),
    }
}

/// As somebody who is not root.
fn start(folder: &Path) -> Child {
    let is_root = fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0);
    let mut command = match is_root {
        true => {
            process::succeed(Command::new("chown").args(["-R", "postgres"]).arg(folder));
            let mut command = Command::new("setpriv");
            command
                .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
                .args(["--pdeathsig", "KILL", "--", "pgbouncer"]);
            command
        }
        false => Command::new("pgbouncer"),
    };
    let log = fs::File::create(folder.join("log")).expect("a file");
    command.arg("ini").current_dir(folder).stdin(Stdio::null());
    let command = command.stdout(Stdio::null()).stderr(log);
    command.spawn().expect("PgBouncer starts")
}

fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}
