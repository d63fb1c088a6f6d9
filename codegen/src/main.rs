//! The command `umbel`: schema → plan → emit → format → write.

mod cli;
mod demo;
mod emit;
mod format;
#[cfg(test)]
mod generate;
mod lock;
mod merge;
mod plan;
mod settings;
mod sync;
mod write;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
