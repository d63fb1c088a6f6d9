//! Requests that are nearly right, by the thousand: each is answered, none brings the application down or makes it grow.
//!
//! `UMBEL_FUZZ_REQUESTS` says how many, `UMBEL_FUZZ_SEED` which.

mod body;
mod connection;
mod draw;
mod heads;
mod seeds;
mod tally;
mod target;
mod text;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use umbel_tests::any_rows;
use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::fill::{self, Options};
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::workspace;

use crate::{forms, newsroom};
use draw::Draw;
use seeds::Seeds;
use tally::Tally;

/// How many connections ask at once.
const CLIENTS: usize = 16;

/// Rows of the office.
const OFFICE: &str = include_str!("office.sql");

#[test]
fn nearly_right_requests_are_answered() {
    let ((over_postgres, database), (over_sqlite, file)) = forms::programs();
    database.run(OFFICE);
    file.run_all(OFFICE);
    check("office", &over_postgres, &database.url, 3_000);
    check("office_sqlite", &over_sqlite, &file.url, 3_000);
}

#[test]
#[ignore = "a million requests: tests/run --all"]
fn a_million_on_postgresql() {
    let count = requests(1_000_000);
    let ((office, database), _) = forms::programs();
    database.run(OFFICE);
    check("office", &office, &database.url, count / 2);
    let case = workspace::root().join("snapshots/cases/types.sql");
    let database = Database::with(&fs::read_to_string(&case).unwrap());
    let types = App::emitted("case_types", &[case], &database);
    any_rows::add(&types);
    let types = types.build();
    let rows = Options {
        schemas: Vec::new(),
        rows: 60,
        seed: 1,
    };
    fill::fill(&database.url, &rows);
    check("case_types", &types, &database.url, count - count / 2);
}

#[test]
#[ignore = "a million requests: tests/run --all"]
fn a_million_on_sqlite() {
    let count = requests(1_000_000);
    let (_, (office, file)) = forms::programs();
    file.run_all(OFFICE);
    check("office_sqlite", &office, &file.url, count / 2);
    let (newsroom, file) = newsroom::command();
    file.run_all(include_str!("newsroom.sql"));
    let newsroom = PathBuf::from(newsroom.get_program());
    check("newsroom", &newsroom, &file.url, count - count / 2);
}

/// As many as the environment says.
fn requests(most: usize) -> usize {
    number("UMBEL_FUZZ_REQUESTS").unwrap_or(most)
}

fn number(variable: &str) -> Option<usize> {
    let said = env::var(variable).ok()?;
    Some(said.parse().expect("a number"))
}

/// Asks an application whose tables have rows, and looks at what has come.
#[track_caller]
fn check(name: &str, program: &Path, url: &str, count: usize) {
    let server = serve(program, url);
    let http = Client::new(&server.url);
    let seeds = Seeds::collect(&http);
    let seed = u64::try_from(number("UMBEL_FUZZ_SEED").unwrap_or(1)).unwrap();
    eprintln!("{name}: {count} requests of seed {seed}");
    let tally = Tally::new(count, server.id());
    let host = server.url.trim_start_matches("http://");
    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (seeds, tally) = (&seeds, &tally);
            let seed = (seed << 32) + u64::try_from(client).unwrap();
            scope.spawn(move || tally.ask(Draw::new(seed, seeds, host), host));
        }
    });
    eprintln!("{name}: {tally}");
    tally.check();
    let log = server.log();
    assert!(!log.contains("panicked"), "{log}");
    for list in &seeds.lists {
        http.open(&list.path);
    }
}

/// With times so short that what is never finished keeps no client waiting, and an allocator that gives back what is large
/// as soon as it is free: what grows is what is held.
fn serve(program: &Path, url: &str) -> Server {
    let mut command = Command::new(program);
    command
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", url)
        .env("RUST_LOG", "warn")
        .env("MALLOC_ARENA_MAX", "2")
        .env("MALLOC_MMAP_THRESHOLD_", "32768")
        .env("MALLOC_TRIM_THRESHOLD_", "131072")
        .env("UMBEL_SERVER_HEADER_TIMEOUT", "1s")
        .env("UMBEL_SERVER_BODY_TIMEOUT", "1s");
    Server::run(command)
}
