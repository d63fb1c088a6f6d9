//! Fills a database with rows that satisfy its constraints: `fill URL [--schema NAME]… [--rows N] [--seed N]`.

use std::env;
use std::process::ExitCode;

use umbel_tests::fill::{self, Options};

const USAGE: &str = "usage: fill URL [--schema NAME]… [--rows N] [--seed N]";

fn main() -> ExitCode {
    let Some((url, options)) = read(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    println!("{}", fill::fill(&url, &options));
    ExitCode::SUCCESS
}

fn read(mut arguments: impl Iterator<Item = String>) -> Option<(String, Options)> {
    let url = arguments.next()?;
    let mut options = Options {
        schemas: Vec::new(),
        rows: 12,
        seed: 1,
    };
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match name.as_str() {
            "--schema" => options.schemas.push(value),
            "--rows" => options.rows = value.parse().ok()?,
            "--seed" => options.seed = value.parse().ok()?,
            _ => return None,
        }
    }
    Some((url, options))
}
