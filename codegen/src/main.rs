//! The command `umbel`: schema → plan → emit → format → write.

mod cli;
mod emit;
mod format;
mod plan;
mod write;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
