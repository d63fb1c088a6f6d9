//! A PostgreSQL server that is restarted, loses its sessions, is locked, full, stopped, and taken by others.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::disk::Disk;
use umbel_tests::{postgres, process, tls_server};

use super::client::Table;
use super::crowd;
use super::load::{Disturbance, Load};
use super::running::Running;

/// The connections that the server takes: the application's, and a few.
const CONNECTIONS: &str = "max_connections=30";

const ENTRIES: Table = Table {
    path: "/entry",
    label: "label",
    text: "body",
    others: &[],
};

#[test]
#[ignore = "minutes of disturbances, and a disk that root alone can mount: tests/run --all"]
fn nothing_is_lost_over_postgresql() {
    let Some(mut server) = tls_server::Server::start() else {
        return;
    };
    server.serve("good", &[CONNECTIONS]);
    let schema = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/pooler.sql"));
    let database = Database::loaded(std::slice::from_ref(&schema));
    let program = App::emitted("pooler", std::slice::from_ref(&schema), &database).build();
    let url = format!("postgres://me:secret@127.0.0.1:{}/shop", server.port);
    process::succeed(
        postgres::psql(&url)
            .arg("--file")
            .arg(&schema)
            .arg("--output=/dev/null"),
    );
    let disk = Disk::of(24);
    server.give(disk.path());
    server.psql(&format!(
        "CREATE TABLESPACE small LOCATION '{}'",
        disk.path().display()
    ));
    server.psql("GRANT CREATE ON TABLESPACE small TO me");
    run(&url, "ALTER TABLE entry SET TABLESPACE small");

    let app = Running::start(program, url.clone());
    let load = Load::new(ENTRIES, app.address());
    load.during(|load| disturb(load, server, app, &disk, &url));
}

fn disturb(load: &Load, mut server: tls_server::Server, mut app: Running, disk: &Disk, url: &str) {
    let held = || run(url, "SELECT label, body FROM entry");
    let suffer = |name, may_cut, happen: &mut dyn FnMut(&Load)| {
        load.suffer(Disturbance {
            name,
            may_cut,
            happen,
            held: &held,
        });
    };
    for (name, signal) in [("restarted", "INT"), ("restarted at once", "QUIT")] {
        suffer(name, false, &mut |load| {
            for _ in 0..3 {
                server.restart(signal);
                load.until_more("some are served again", 5, |counts| counts.saved);
            }
        });
    }
    suffer("all sessions terminated", false, &mut |load| {
        for _ in 0..10 {
            let ended = server.psql(TERMINATE);
            assert_ne!(ended, "0");
            load.until_more("some are served", 5, |counts| counts.right);
        }
    });
    suffer("a table locked", false, &mut |load| {
        let lock = Session::begin(url, "LOCK TABLE entry IN ACCESS EXCLUSIVE MODE");
        load.until_more("some have waited for too long", 20, |counts| counts.refused);
        lock.end();
    });
    suffer("the disk full", false, &mut |load| {
        disk.fill();
        load.until_more("some cannot be saved", 10, |counts| status(counts, 503));
        load.until_more("what is there can be read", 10, |counts| counts.right);
        disk.free();
    });
    suffer("stopped in the middle", false, &mut |load| {
        server.signal("STOP");
        load.until_more("some have waited for too long", 2, |counts| {
            status(counts, 504)
        });
        // Those who have waited still hold their connections.
        load.until_more("others find none", 10, |counts| status(counts, 503));
        server.signal("CONT");
    });
    suffer("all connections taken by others", false, &mut |load| {
        let others = take_all(&server, url);
        load.until_more("some are told so", 10, |counts| status(counts, 503));
        others.into_iter().for_each(Session::end);
    });
    suffer("slow clients", false, &mut crowd::slow);
    suffer("no descriptors", true, &mut |load| {
        crowd::descriptors(load, &app)
    });
    for (name, signal) in [
        ("the application killed", "KILL"),
        ("the application stopped", "TERM"),
    ] {
        suffer(name, true, &mut |load| app.restart(signal, load));
    }
    suffer("nothing any more", false, &mut |_| {});
    app.check();
}

fn status(counts: &super::count::Counts, status: u16) -> usize {
    counts.statuses.get(&status).copied().unwrap_or_default()
}

const TERMINATE: &str =
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'me'";

/// Others have every connection that the server gives to anybody, after the application has lost its own.
fn take_all(server: &tls_server::Server, url: &str) -> Vec<Session> {
    let mut others = Vec::new();
    loop {
        // Who is refused has a place for a moment, too: so there may be none for us.
        server.try_psql(TERMINATE_OURS);
        match Session::try_begin(url, "SELECT 1") {
            Some(session) => others.push(session),
            None if server.try_psql(OURS).stdout.trim() == "0" => return others,
            None => {}
        }
    }
}

const OURS: &str = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'umbel'";
const TERMINATE_OURS: &str = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'umbel'";

/// Somebody else's session, in a transaction until it ends.
struct Session(Child);

impl Session {
    #[track_caller]
    fn begin(url: &str, sql: &str) -> Self {
        Self::try_begin(url, sql).expect("the server takes one more")
    }

    /// Begins one, if the server takes it, and waits until the statement is done.
    fn try_begin(url: &str, sql: &str) -> Option<Self> {
        let mut psql = postgres::psql(url);
        let psql = psql
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut process = psql.spawn().expect("psql exists");
        let mut input = process.stdin.take().expect("it is piped");
        let mut output = process.stdout.take().expect("it is piped");
        let told = writeln!(input, "BEGIN; {sql} \\g /dev/null\n\\echo done");
        let mut said = [0; 5];
        let is_done = told.is_ok() && std::io::Read::read_exact(&mut output, &mut said).is_ok();
        process.stdin = Some(input);
        match is_done {
            true => Some(Self(process)),
            false => {
                process.wait().expect("our child");
                None
            }
        }
    }

    fn end(mut self) {
        drop(self.0.stdin.take());
        self.0.wait().expect("our child");
    }
}

#[track_caller]
fn run(url: &str, sql: &str) -> String {
    let mut psql = postgres::psql(url);
    psql.args(["--tuples-only", "--no-align", "--command", sql]);
    process::succeed(&mut psql).trim_end().to_owned()
}
