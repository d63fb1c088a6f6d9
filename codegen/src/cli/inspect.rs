//! `umbel inspect`: shows a schema.

use clap::{Args, ValueEnum};
use umbel_schema::print;

use super::report::Failure;
use super::source::Source;

/// Show what a database's schema holds
#[derive(Debug, Args)]
pub(crate) struct Inspect {
    #[command(flatten)]
    source: Source,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// An entity-relationship diagram in Mermaid
    Mermaid,
    /// The statements that make it anew
    Sql,
}

impl Inspect {
    pub(crate) fn run(&self, quiet: bool) -> Result<(), Failure> {
        let printed = match self.format {
            Format::Text => print::text(&self.source.read(quiet)?),
            Format::Json => print::json(&self.source.read(quiet)?),
            Format::Mermaid => print::mermaid(&self.source.read(quiet)?),
            Format::Sql => self.source.statements(quiet)?,
        };
        print_all(printed.as_bytes())?;
        Ok(())
    }
}

/// Writes to standard output; a reader that has seen enough and closed the pipe is no error.
pub(super) fn print_all(text: &[u8]) -> std::io::Result<()> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().lock().write_all(text) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
