//! Runs a command with a PostgreSQL server: `with-postgres cargo nextest run`.
//!
//! The command finds the server in `UMBEL_TEST_DATABASE_URL`, as the tests of every crate of the workspace expect it; with
//! `--pooled` before it, a pooler in front of the server in `UMBEL_TEST_POOLER_URL`, which those of the runtime go through.

use std::env;
use std::process::{Command, ExitCode};

use umbel_tests::cluster;
use umbel_tests::pooler::Pooler;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1).peekable();
    let is_pooled = arguments.next_if(|word| word == "--pooled").is_some();
    let Some(program) = arguments.next() else {
        eprintln!("usage: with-postgres [--pooled] COMMAND [ARGUMENT]…");
        return ExitCode::FAILURE;
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("UMBEL_TEST_DATABASE_URL", cluster::shared().admin_url());
    let pooler = is_pooled.then(|| Pooler::start(&[]).expect("PgBouncer is on this machine"));
    if let Some(pooler) = &pooler {
        command.env("UMBEL_TEST_POOLER_URL", pooler.url("postgres"));
    }
    let status = command.status();
    if let Some(pooler) = pooler.filter(|_| !status.as_ref().is_ok_and(|status| status.success())) {
        eprintln!("--- the pooler has written\n{}", pooler.log());
    }
    match status.map(|status| status.code()) {
        Ok(Some(code)) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Ok(None) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the command cannot be run: {error}");
            ExitCode::FAILURE
        }
    }
}
