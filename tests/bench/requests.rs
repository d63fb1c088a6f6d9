//! Requests per second of emitted applications beside those of servers written by hand, under wrk on loopback.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::{process, workspace};

use crate::measure::{median, megabytes, peak_memory, processor_time, resident_memory};
use crate::report::Report;

pub(crate) const ROUNDS: usize = 5;
pub(crate) const SECONDS: u32 = 5;
const CONNECTIONS: u32 = 16;

/// A page of both servers: what the report calls it, and its path.
type Measured = (&'static str, &'static str);

/// The application of Pagila, on PostgreSQL.
pub(crate) fn run(report: &mut Report) {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let app = App::emitted("pagila", &corpus.files(), &database).build_release();
    let pages = [("film list", "/film"), ("film page", "/film/1")];
    compare(report, &app, &database.url, &pages);
}

/// The application of Chinook, on SQLite.
pub(crate) fn run_sqlite(report: &mut Report) {
    let corpus = Corpus::own("chinook");
    let database = File::of(&corpus);
    let app = App::emitted("chinook_sqlite", &corpus.files(), &database).build_release();
    compare(report, &app, &database.url, &[("track list", "/track")]);
}

fn compare(report: &mut Report, app: &Path, database_url: &str, pages: &[Measured]) {
    let mut serve = Command::new(app);
    serve
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", database_url)
        // The server written by hand does not log its requests either.
        .env("RUST_LOG", "warn");
    let app = Server::run(serve);
    let peer = Peer {
        program: build_peer(),
        database_url: database_url.to_owned(),
    };
    let peer = peer.as_large_as(&app, pages);

    for (name, path) in pages {
        let rates = measure(&app, &peer, path);
        let (own, by_hand) = (median(&rates.app.rates), median(&rates.peer.rates));
        let share = own / by_hand * 100.0;
        report.add(
            *name,
            format!("{own:.0}/s, {share:.0} % of {by_hand:.0}/s by hand"),
            "≥ 90 %",
        );
        let (own, by_hand) = (rates.app.microseconds(), rates.peer.microseconds());
        report.add(
            format!("{name}: processor time"),
            format!("{own:.0} µs a request, {by_hand:.0} µs by hand"),
            "",
        );
        let size = |server: &Server| Client::new(&server.url).open(path).html.len();
        report.add(
            format!("{name}: bytes"),
            format!("{}, {} by hand", size(&app), size(&peer)),
            "",
        );
    }
    let memory = |server: &Server| {
        let resident = resident_memory(server.id()).expect("the server runs");
        let peak = peak_memory(server.id()).expect("the server runs");
        format!("{} ({} at most)", megabytes(resident), megabytes(peak))
    };
    report.add("resident after that", memory(&app), "≤ 30 MB");
    report.add("resident after that, by hand", memory(&peer), "");
}

/// What both servers did.
struct Rates {
    app: Load,
    peer: Load,
}

/// What a server did in all rounds.
#[derive(Default)]
struct Load {
    /// Requests per second, a figure per round.
    rates: Vec<f64>,
    processor_time: Duration,
}

impl Load {
    /// Adds a round.
    fn add(&mut self, server: &Server, path: &str) {
        let spent = || processor_time(server.id()).expect("the server runs");
        let before = spent();
        self.rates.push(wrk(server, path, SECONDS));
        self.processor_time += spent() - before;
    }

    /// The processor time of a request: what else the machine does changes it little.
    fn microseconds(&self) -> f64 {
        let requests = self.rates.iter().sum::<f64>() * f64::from(SECONDS);
        self.processor_time.as_secs_f64() * 1e6 / requests
    }
}

/// Turn by turn, so that whatever else the machine does meets both alike.
fn measure(app: &Server, peer: &Server, path: &str) -> Rates {
    let mut rates = Rates {
        app: Load::default(),
        peer: Load::default(),
    };
    for server in [app, peer] {
        wrk(server, path, 2);
    }
    for _ in 0..ROUNDS {
        rates.app.add(app, path);
        rates.peer.add(peer, path);
    }
    rates
}

/// Runs wrk (Debian: apt-get install wrk) and returns the requests per second.
pub(crate) fn wrk(server: &Server, path: &str, seconds: u32) -> f64 {
    let mut wrk = Command::new("wrk");
    wrk.args(["--threads", "1", "--connections", &CONNECTIONS.to_string()])
        .args(["--duration", &format!("{seconds}s")])
        .arg(format!("{}{path}", server.url));
    let printed = process::succeed(&mut wrk);
    assert!(
        !printed.contains("Non-2xx") && !printed.contains("Socket errors"),
        "{path}: {printed}"
    );
    let rate = printed
        .lines()
        .find_map(|line| line.strip_prefix("Requests/sec:"));
    rate.and_then(|rate| rate.trim().parse().ok())
        .unwrap_or_else(|| panic!("{printed}"))
}

/// The server written by hand.
struct Peer {
    program: PathBuf,
    database_url: String,
}

impl Peer {
    /// Starts it so that its pages are as large as those of the application: what they lack, the navigation and the
    /// like, is constant text in both.
    fn as_large_as(&self, app: &Server, pages: &[Measured]) -> Server {
        let bare = self.start(&[]);
        let size = |server: &Server, path: &str| Client::new(&server.url).open(path).html.len();
        let missing: Vec<usize> = pages
            .iter()
            .map(|(_, path)| size(app, path).saturating_sub(size(&bare, path)))
            .collect();
        drop(bare);
        self.start(&missing)
    }

    fn start(&self, padding: &[usize]) -> Server {
        let mut command = Command::new(&self.program);
        command
            .args(padding.iter().map(|bytes| bytes.to_string()))
            .env("DATABASE_URL", &self.database_url);
        Server::run(command)
    }
}

fn build_peer() -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace::root()).args([
        "build",
        "--quiet",
        "--release",
        "--package",
        "umbel-tests",
        "--bin",
        "peer",
    ]);
    process::succeed(&mut cargo);
    workspace::target().join("release/peer")
}
