//! The command of the application: `cargo run` starts its server, `cargo run -- help` says what else there is.

use std::process::ExitCode;

fn main() -> ExitCode {
    umbel::run(&newsroom::SITE)
}
