//! How fast umbel is, as a table: `cargo run --release -p umbel-tests --bin bench`, or with the names of some parts:
//! `emit`, `files`, `large`, `large_sqlite`, `rebuild`, `requests`, `sqlite`, `sync`, `ways`.

mod emit;
mod files;
mod large;
mod measure;
mod rebuild;
mod report;
mod requests;
mod sync;
mod synthetic;
mod ways;

use std::env;
use std::process::ExitCode;

use report::Report;

/// Measures one thing and adds what it found.
type Part = fn(&mut Report);

const PARTS: [(&str, Part); 9] = [
    ("emit", emit::run),
    ("files", files::run),
    ("large", large::run),
    ("large_sqlite", large::run_sqlite),
    ("rebuild", rebuild::run),
    ("requests", requests::run),
    ("sqlite", requests::run_sqlite),
    ("sync", sync::run),
    ("ways", ways::run),
];

fn main() -> ExitCode {
    let names: Vec<String> = env::args().skip(1).collect();
    if let Some(unknown) = names
        .iter()
        .find(|name| PARTS.iter().all(|(part, _)| part != name))
    {
        let names = PARTS.map(|(part, _)| part).join(", ");
        eprintln!("no part is called `{unknown}`; there are: {names}");
        return ExitCode::FAILURE;
    }
    let mut report = Report::default();
    for (name, run) in PARTS {
        if names.is_empty() || names.iter().any(|chosen| chosen == name) {
            eprintln!("measuring: {name}");
            run(&mut report);
        }
    }
    print!("{report}");
    ExitCode::SUCCESS
}
