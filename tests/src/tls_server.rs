//! A PostgreSQL server of its own with TLS, and the certificates for it, in a folder that goes with it.

mod certificates;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::process::Finished;
use crate::{postgres, process, skipped, wait};

/// Who may come in, and how.
const RULES: &str = "
local     all all                       trust
hostssl   all tls_only    127.0.0.1/32  scram-sha-256
hostnossl all plain_only  127.0.0.1/32  scram-sha-256
hostssl   all with_cert   127.0.0.1/32  cert
host      all clear       127.0.0.1/32  password
host      all hashed      127.0.0.1/32  md5
host      replication all 127.0.0.1/32  trust
host      all tls_only    127.0.0.1/32  reject
host      all plain_only  127.0.0.1/32  reject
host      all with_cert   127.0.0.1/32  reject
host      all all         127.0.0.1/32  scram-sha-256
";

/// The roles of the rules; the password of each is `secret`.
const ROLES: &str = "
CREATE ROLE tls_only LOGIN PASSWORD 'secret';
CREATE ROLE plain_only LOGIN PASSWORD 'secret';
CREATE ROLE with_cert LOGIN PASSWORD 'secret';
CREATE ROLE clear LOGIN PASSWORD 'secret';
CREATE ROLE me LOGIN PASSWORD 'secret';
SET password_encryption = md5;
CREATE ROLE hashed LOGIN PASSWORD 'secret';
";

/// A server, stopped when it is dropped.
#[derive(Debug)]
pub struct Server {
    home: TempDir,
    data: &'static str,
    bin: PathBuf,
    process: Option<Child>,
    /// The arguments that it was started with, but for the port.
    arguments: Vec<String>,
    pub port: u16,
}

impl Server {
    /// A server with TLS and the certificate `good`; none where the machine has no PostgreSQL.
    pub fn start() -> Option<Self> {
        let Some(bin) = postgres::server_bin() else {
            skipped::because("no PostgreSQL server on this machine");
            return None;
        };
        // What is on `PATH` may be one program of many: the others lie where it leads.
        let initdb = fs::canonicalize(bin.join("initdb")).expect("it is there");
        let bin = initdb.parent().expect("a folder").to_owned();
        let home = tempfile::tempdir().expect("a folder");
        let mut server = Self {
            home,
            data: "data",
            bin,
            process: None,
            arguments: Vec::new(),
            port: 0,
        };
        server.hand_over();
        server.run(
            server
                .program("initdb")
                .args(["--pgdata=data", "--username=postgres", "--auth=trust"])
                .args(["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]),
        );
        fs::write(server.path("data/pg_hba.conf"), RULES).expect("a file");
        server.make_certificates();
        server.serve("good", &[]);
        server.psql(ROLES);
        server.psql("CREATE DATABASE shop OWNER me");
        Some(server)
    }

    /// Another server that follows this one.
    pub fn standby(&self) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let mut standby = Self {
            home,
            data: "data",
            bin: self.bin.clone(),
            process: None,
            arguments: Vec::new(),
            port: 0,
        };
        standby.hand_over();
        let from = format!("host=127.0.0.1 port={} user=postgres", self.port);
        standby.run(
            standby
                .program("pg_basebackup")
                .args([
                    "--pgdata=data",
                    "--write-recovery-conf",
                    "--checkpoint=fast",
                ])
                .args(["--wal-method=stream", "--dbname", &from]),
        );
        for entry in fs::read_dir(self.home.path()).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path
                .extension()
                .is_some_and(|end| end == "crt" || end == "key")
            {
                fs::copy(
                    &path,
                    standby.home.path().join(path.file_name().expect("a name")),
                )
                .expect("a copy");
            }
        }
        standby.serve("good", &[]);
        standby
    }

    /// Serves with one of the certificates, and further settings.
    pub fn serve(&mut self, certificate: &str, settings: &[&str]) {
        self.stop();
        self.hand_over();
        let shown = |file: String| self.path(&file).display().to_string();
        let own = [
            "listen_addresses=127.0.0.1".to_owned(),
            "fsync=off".to_owned(),
            "ssl=on".to_owned(),
            "lc_messages=C".to_owned(),
            format!("unix_socket_directories={}", self.home.path().display()),
            format!("ssl_key_file={}", shown(format!("{certificate}.key"))),
            format!("ssl_cert_file={}", shown(format!("{certificate}.crt"))),
            format!("ssl_ca_file={}", shown("authority.crt".to_owned())),
        ];
        let settings = settings.iter().map(|setting| (*setting).to_owned());
        self.arguments = own.into_iter().chain(settings).collect();
        for _ in 0..5 {
            self.port = port();
            if self.spawn() {
                return;
            }
        }
        panic!("{}", self.log());
    }

    /// Starts the server, and says whether it runs.
    fn spawn(&mut self) -> bool {
        let mut command = self.program("postgres");
        command.args(["-D", self.data, "-p", &self.port.to_string()]);
        for setting in &self.arguments {
            command.args(["-c", setting]);
        }
        let log = fs::File::create(self.path("log")).expect("a file");
        command.stdout(Stdio::null()).stderr(log);
        self.process = Some(command.spawn().expect("a server"));
        self.is_ready()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Stops by a signal, `INT` to end sessions or `QUIT` to end at once, and starts where it was.
    pub fn restart(&mut self, signal: &str) {
        self.end(signal);
        assert!(self.spawn(), "{}", self.log());
    }

    /// Sends a signal to the server and to each of its sessions: `STOP`, and then `CONT`.
    pub fn signal(&self, signal: &str) {
        let server = self.process.as_ref().expect("it runs").id();
        let children = format!("/proc/{server}/task/{server}/children");
        let children = fs::read_to_string(children).expect("it runs");
        let mut kill = Command::new("kill");
        kill.args([format!("-{signal}"), server.to_string()]);
        // A session may have ended in between.
        process::finish(kill.args(children.split_whitespace()));
    }

    /// Gives a file or a folder to whom the server runs as.
    pub fn give(&self, path: &Path) {
        if is_root() {
            self.run(
                Command::new("chown")
                    .args(["-R", "postgres:postgres"])
                    .arg(path),
            );
        }
    }

    fn is_ready(&mut self) -> bool {
        let pid = self.path("data/postmaster.pid");
        let process = self.process.as_mut().expect("it was started");
        wait::until("the server starts or ends", Duration::from_secs(60), || {
            let text = fs::read_to_string(&pid).unwrap_or_default();
            let is_ready = text.lines().any(|line| line.trim() == "ready");
            let has_ended = process.try_wait().expect("our child").is_some();
            (is_ready || has_ended).then_some(!has_ended)
        })
    }

    /// Stops at once.
    pub fn stop(&mut self) {
        self.end("INT");
    }

    fn end(&mut self, signal: &str) {
        if self.process.is_some() {
            // One that was stopped in the middle would not hear of it.
            self.signal("CONT");
        }
        if let Some(mut process) = self.process.take() {
            let id = process.id().to_string();
            let stopped = Command::new("kill")
                .args([&format!("-{signal}"), &id])
                .status();
            stopped.expect("kill exists");
            process.wait().expect("our child");
        }
    }

    /// A file of the server's folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.home.path().join(file)
    }

    /// Runs SQL as the superuser, over the socket.
    #[track_caller]
    pub fn psql(&self, sql: &str) -> String {
        let finished = self.try_psql(sql);
        assert_eq!(finished.code, Some(0), "{finished}");
        finished.stdout.trim().to_owned()
    }

    /// Likewise, from a server that may not take another session.
    pub fn try_psql(&self, sql: &str) -> Finished {
        let home = self.home.path();
        let url = format!(
            "host={} port={} user=postgres dbname=postgres",
            home.display(),
            self.port
        );
        let mut psql = postgres::psql(&url);
        psql.args(["--tuples-only", "--no-align", "--command", sql]);
        process::finish(psql.current_dir(home))
    }

    /// A program of PostgreSQL, as somebody who is not root.
    fn program(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
            .args(["--pdeathsig", "INT", "--"])
            .arg(program);
        command.current_dir(self.home.path());
        command
    }

    fn run(&self, command: &mut Command) -> String {
        let said = process::succeed(command.current_dir(self.home.path()));
        said.trim().to_owned()
    }

    /// Gives the folder to whom the server runs as.
    fn hand_over(&self) {
        self.give(self.home.path());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;

    fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
        && Path::new("/usr/bin/setpriv").exists()
}

/// A port below the range that the kernel gives to outgoing connections.
pub(crate) fn port() -> u16 {
    use std::hash::{BuildHasher, RandomState};

    let chance = RandomState::new().hash_one(Instant::now());
    20_000 + u16::try_from(chance % 12_000).expect("it is small")
}
