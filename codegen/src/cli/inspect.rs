//! `umbel inspect`: shows a schema.

use std::io::{self, BufWriter, ErrorKind, Write, stdout};

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
            Format::Json => {
                let schema = self.source.read(quiet)?;
                let mut output = BufWriter::new(stdout().lock());
                let written = print::json(&schema, &mut output).and_then(|()| output.flush());
                return Ok(unless_closed(written)?);
            }
            Format::Mermaid => print::mermaid(&self.source.read(quiet)?),
            Format::Sql => self.source.statements(quiet)?,
        };
        print_all(printed.as_bytes())?;
        Ok(())
    }
}

/// Writes to standard output; a reader that has seen enough and closed the pipe is no error.
pub(super) fn print_all(text: &[u8]) -> io::Result<()> {
    unless_closed(stdout().lock().write_all(text))
}

fn unless_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
