//! Runs a command with a PostgreSQL server: `with-postgres cargo nextest run`.
//!
//! The command finds the server in `UMBEL_TEST_DATABASE_URL`, as the tests of every crate of the workspace expect it.

use std::env;
use std::process::{Command, ExitCode};

use umbel_tests::cluster;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: with-postgres COMMAND [ARGUMENT]…");
        return ExitCode::FAILURE;
    };
    let status = Command::new(program)
        .args(arguments)
        .env("UMBEL_TEST_DATABASE_URL", cluster::shared().admin_url())
        .status();
    match status.map(|status| status.code()) {
        Ok(Some(code)) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Ok(None) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("the command cannot be run: {error}");
            ExitCode::FAILURE
        }
    }
}
