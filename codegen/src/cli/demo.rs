//! `umbel demo`: makes, fills, builds and serves an example application.

use std::env;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anstream::println;
use clap::Args;

use super::new::New;
use super::report::Failure;
use crate::demo;
use crate::emit;

/// The database's file, in the application's folder.
const DATABASE: &str = "newsroom.db";

/// Make, fill, build and serve an example: a newsroom on an embedded database
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder of the example; one that is there is served as it is
    #[arg(long, value_name = "DIR", default_value = "newsroom")]
    dir: PathBuf,

    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8000")]
    addr: SocketAddr,
}

impl Demo {
    pub(crate) fn run(&self, quiet: bool) -> Result<(), Failure> {
        self.ensure_free()?;
        if !self.dir.join(".umbel").is_dir() {
            self.emit()?;
        }
        let database = self.dir.join(DATABASE);
        if !database.exists() {
            demo::create_filled(&database)?;
        }
        if !quiet {
            println!(
                "The example lies in {}, its database in {}.",
                self.dir.display(),
                database.display()
            );
            println!("Building it; the first time takes a minute or two.");
        }
        self.serve(quiet)
    }

    /// A port that is taken is better said now than after the build.
    fn ensure_free(&self) -> Result<(), Failure> {
        match TcpListener::bind(self.addr) {
            Ok(_) => Ok(()),
            Err(error) => Err(Failure::with_hint(
                format!("cannot listen on {}: {error}", self.addr),
                "choose another address: `umbel demo --addr 127.0.0.1:8080`",
            )),
        }
    }

    fn emit(&self) -> Result<(), Failure> {
        let empty = env::temp_dir().join(format!("umbel-demo-{}.db", std::process::id()));
        demo::create_empty(&empty)?;
        let url = format!("sqlite:{}", empty.display());
        let made = New::of_database(&self.dir, url).run(true);
        fs::remove_file(&empty)?;
        made?;
        let database = format!("sqlite:{DATABASE}");
        fs::write(self.dir.join(".env"), emit::dotenv(&database))?;
        if let Some(checkout) = checkout() {
            // The versions that this command was tested with.
            fs::copy(checkout.join("Cargo.lock"), self.dir.join("Cargo.lock"))?;
        }
        Ok(())
    }

    /// Builds and serves it until it is stopped.
    fn serve(&self, quiet: bool) -> Result<(), Failure> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.dir).arg("run");
        if quiet {
            command.arg("--quiet");
        }
        if let (None, Some(checkout)) = (env::var_os("CARGO_TARGET_DIR"), checkout()) {
            // Much of what the example depends upon was built there for this command.
            command.arg("--target-dir").arg(checkout.join("target"));
        }
        command.args(["--", "serve", "--addr", &self.addr.to_string()]);
        run(command)
    }
}

/// The checkout that this command was built from, if it is still there.
fn checkout() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let exists = root.join("Cargo.lock").is_file() && root.join("runtime").is_dir();
    exists.then(|| root.to_owned())
}

/// Becomes the command, so that Ctrl-C reaches it and nothing else.
#[cfg(unix)]
fn run(mut command: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    Err(unstartable(command.exec()))
}

#[cfg(not(unix))]
fn run(mut command: Command) -> Result<(), Failure> {
    let status = command.status().map_err(unstartable)?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::with_hint(
            format!("cargo ended with {status}"),
            "what it printed says why",
        )),
    }
}

fn unstartable(error: std::io::Error) -> Failure {
    Failure::with_hint(
        format!("cannot run `cargo`: {error}"),
        "install Rust from https://rustup.rs",
    )
}
