//! The command line: what `umbel` can be told, and how it answers.

mod database;
mod demo;
mod demo_people;
mod diff;
mod doctor;
mod doctor_report;
mod entries;
mod files;
mod git;
mod identities;
mod inline;
mod inspect;
mod losses;
mod manual;
mod merge_file;
mod new;
mod pending;
mod project;
mod rename_lines;
mod renames;
mod repair;
mod report;
mod resolve;
mod runtime;
mod setup_git;
mod source;
mod sql;
mod sql_folder;
mod sync;
mod sync_report;
mod typed;
mod workspace;
mod writing;

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
    /// Carry changes of the database into the application
    Sync(sync::Sync),
    /// Settle a conflict that a sync left open
    Resolve(resolve::Resolve),
    /// Show what was edited since it was emitted
    Diff(diff::Diff),
    /// Merge three versions of a file item by item, as the merge driver of git
    MergeFile(merge_file::MergeFile),
    /// Let git merge the files of the application with `umbel merge-file`
    SetupGit(setup_git::SetupGit),
    /// Make, fill, build and serve an example: a newsroom on an embedded database
    Demo(demo::Demo),
    /// Show what a database's schema holds
    Inspect(inspect::Inspect),
    /// Find the indexes that an application's pages miss
    Doctor(doctor::Doctor),
    /// Print what completes the command in a shell
    Completions(manual::Completions),
    /// Print the manual page
    Man(manual::Man),
}

/// Parses the arguments and does what they say.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::New(new) => new.run(cli.quiet).map(|()| ExitCode::SUCCESS),
        Command::Sync(sync) => sync.run(cli.quiet),
        Command::Resolve(resolve) => resolve.run(cli.quiet),
        Command::Diff(diff) => diff.run(),
        Command::MergeFile(merge) => merge.run(),
        Command::SetupGit(setup) => setup.run(cli.quiet),
        Command::Demo(demo) => demo.run(cli.quiet).map(|()| ExitCode::SUCCESS),
        Command::Inspect(inspect) => inspect.run(cli.quiet).map(|()| ExitCode::SUCCESS),
        Command::Doctor(doctor) => doctor.run().map(|()| ExitCode::SUCCESS),
        Command::Completions(completions) => completions.run().map(|()| ExitCode::SUCCESS),
        Command::Man(man) => man.run().map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}
