//! Lists over a table of ten million rows, beside Django's admin over the same.

mod django;

use std::path::Path;
use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::{process, workspace};

use crate::measure::median;
use crate::report::Report;
use django::Django;

/// How often each page is asked for; the first time warms up.
const ROUNDS: usize = 6;

/// What is asked, of a list of ours and of one of Django's admin.
const QUESTIONS: [(&str, &str, &str); 12] = [
    ("first page", "", ""),
    ("page in the middle", "?after=5000000", "?p=100000"),
    ("last page", "?after=9999950", "?p=200000"),
    ("filter on an index", "?account.is=77", "?account=77"),
    ("filter on none, many rows", "?kind.is=order", "?kind=order"),
    ("filter on none, two rows", "?kind.is=fraud", "?kind=fraud"),
    ("sorted by an index", "?sort=-happened_at", "?o=-2"),
    ("sorted by none", "?sort=amount", "?o=6"),
    ("word in every row", "?q=happened", "?q=happened"),
    ("word in a new row", "?q=9999123", "?q=9999123"),
    ("word in an old row", "?q=4567123", "?q=4567123"),
    ("word in no row", "?q=xylophone", "?q=xylophone"),
];

/// The list on PostgreSQL, and Django's.
pub(crate) fn run(report: &mut Report) {
    let schema = workspace::root().join("tests/bench/large/event.sql");
    let database = Database::loaded(std::slice::from_ref(&schema));
    let app = App::emitted("large", &[schema], &database).build_release();
    let app = serve(&app, &database.url);
    let django = Django::start(&database.url);
    for (question, ours, theirs) in QUESTIONS {
        let (own, said) = ask(&format!("{}/event{ours}", app.url), "");
        let admin = format!("{}/admin/auth/event/{theirs}", django.server.url);
        let (other, _) = ask(&admin, &django.cookie);
        let result = format!("{own:.1} ms{said}, {other:.0} ms in Django's admin");
        report.add(format!("10 million rows, {question}"), result, "≤ 10 ms");
    }
}

/// The list on SQLite.
pub(crate) fn run_sqlite(report: &mut Report) {
    let schema = workspace::root().join("tests/bench/large/event_sqlite.sql");
    let text = std::fs::read_to_string(&schema).expect("the file is there");
    let database = File::with(&text);
    let app = App::emitted("large_sqlite", &[schema], &database).build_release();
    let app = serve(&app, &database.url);
    for (question, ours, _) in QUESTIONS {
        let (own, said) = ask(&format!("{}/event{ours}", app.url), "");
        let result = format!("{own:.1} ms{said}");
        report.add(
            format!("10 million rows of SQLite, {question}"),
            result,
            "≤ 10 ms",
        );
    }
}

fn serve(app: &Path, url: &str) -> Server {
    let mut serve = Command::new(app);
    serve
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", url)
        .env("RUST_LOG", "warn");
    Server::run(serve)
}

/// The median of the time that a page takes, in milliseconds, and what is said where it has no rows.
fn ask(url: &str, cookie: &str) -> (f64, &'static str) {
    let mut times = Vec::new();
    let mut page = String::new();
    for _ in 0..ROUNDS {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--fail", "--cookie", cookie])
            .args(["--write-out", "\n%{time_total}", url]);
        page = process::succeed(&mut curl);
        let (_, time) = page.rsplit_once('\n').expect("curl writes the time last");
        let time: f64 = time.parse().expect("a number of seconds");
        times.push(time * 1000.0);
    }
    let said = match page.contains("Whoever looks after the database") {
        true => " (refused, with the index)",
        false => "",
    };
    (median(&times[1..]), said)
}
