//! `umbel completions` and `umbel man`: what a shell and `man` need to know of the command.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use super::inspect::print_all;
use super::report::Failure;

/// Print what completes the command in a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell, which reads it at its start: `umbel completions bash > ~/.local/share/bash-completion/completions/umbel`
    shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Write a page for each command into a folder instead, such as `~/.local/share/man/man1`
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "umbel", &mut script);
        Ok(print_all(&script)?)
    }
}

impl Man {
    pub(crate) fn run(&self) -> Result<(), Failure> {
        match &self.dir {
            Some(dir) => {
                fs::create_dir_all(dir)?;
                Ok(clap_mangen::generate_to(Cli::command(), dir)?)
            }
            None => {
                let mut page = Vec::new();
                clap_mangen::Man::new(Cli::command()).render(&mut page)?;
                Ok(print_all(&page)?)
            }
        }
    }
}
