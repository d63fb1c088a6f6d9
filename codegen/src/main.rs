//! The command `umbel`: schema → plan → emit → format → write.

#[cfg(test)]
mod cases;
mod cli;
mod demo;
mod doctor;
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

use mimalloc::MiMalloc;

/// Plans, tokens and texts are many small pieces: a third of the command's time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
