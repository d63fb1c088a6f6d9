//! The command line: what `umbel` can be told, and how it answers.

mod inspect;
mod new;
mod report;
mod source;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Point it at a database and get a complete Rust web application.
#[derive(Debug, Parser)]
#[command(name = "umbel", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Print nothing but errors
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new application for a database
    New(new::New),
    /// Show what a database's schema holds
    Inspect(inspect::Inspect),
}

/// Parses the arguments and does what they say.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::New(new) => new.run(cli.quiet),
        Command::Inspect(inspect) => inspect.run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
