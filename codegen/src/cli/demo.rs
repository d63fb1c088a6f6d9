//! `umbel demo`: makes, fills, builds and serves an example application.

use std::env;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anstream::println;
use clap::Args;
use serde_json::Value;

use super::demo_people;
use super::new::New;
use super::report::Failure;
use super::typed;
use crate::demo;
use crate::emit;
use crate::write;

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
        if !quiet {
            println!(
                "The example lies in {}, its database in {}.",
                typed::path(&self.dir),
                typed::path(&database)
            );
            println!("Building it; the first time takes a minute or two.");
        }
        let program = self.build(quiet)?;
        if !database.exists() {
            // It appears when it is complete: a killed run leaves none.
            let partial = database.with_extension("part");
            demo::create_filled(&partial)?;
            demo_people::make(&program, &partial)?;
            fs::rename(&partial, &database)?;
        }
        let mut serve = Command::new(program);
        serve
            .current_dir(&self.dir)
            .env_remove("DATABASE_URL")
            .args(["serve", "--addr", &self.addr.to_string()])
            .args(demo_people::sign_in());
        run(serve)
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
        const NAMES: &str = "umbel-demo-";
        write::remove_leftovers(&env::temp_dir(), NAMES);
        let empty = env::temp_dir().join(format!("{NAMES}{}.db", std::process::id()));
        demo::create_empty(&empty)?;
        let _held = write::hold(&empty);
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

    /// Builds it, with cargo's own progress, and returns the program.
    fn build(&self, quiet: bool) -> Result<PathBuf, Failure> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&self.dir)
            .args(["build", "--message-format", "json-render-diagnostics"])
            .stderr(Stdio::inherit());
        if quiet {
            command.arg("--quiet");
        }
        if let (None, Some(checkout)) = (env::var_os("CARGO_TARGET_DIR"), checkout()) {
            // Much of what the example depends upon was built there for this command.
            command.arg("--target-dir").arg(checkout.join("target"));
        }
        let output = command.output().map_err(|error| {
            Failure::with_hint(
                format!("cannot run `cargo`: {error}"),
                "install Rust from https://rustup.rs",
            )
        })?;
        let messages = output.stdout.split(|byte| *byte == b'\n');
        let mut programs = messages.filter_map(|message| {
            let message: Value = serde_json::from_slice(message).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        });
        match programs.next_back() {
            Some(program) if output.status.success() => Ok(program),
            _ => Err(Failure::with_hint(
                format!("`{}` could not be built", self.dir.display()),
                "what cargo printed says why; delete the folder to begin anew",
            )),
        }
    }
}

/// The checkout that this command was built from, if it is still there.
pub(super) fn checkout() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?;
    let exists = root.join("Cargo.lock").is_file() && root.join("runtime").is_dir();
    exists.then(|| root.to_owned())
}

/// Becomes the application, so that Ctrl-C reaches it and nothing else.
#[cfg(unix)]
fn run(mut command: Command) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn run(mut command: Command) -> Result<(), Failure> {
    command.status()?;
    Ok(())
}
