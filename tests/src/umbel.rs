//! The command `umbel`, as built from this checkout.

use std::env;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::{process, workspace};

/// A command that runs `umbel`.
pub fn command() -> Command {
    Command::new(program())
}

/// The executable: `UMBEL_BIN`, else the debug build, which is brought up to date once per process.
pub fn program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| match env::var_os("UMBEL_BIN") {
        Some(program) => PathBuf::from(program),
        None => build("dev", "debug"),
    })
}

/// The release build, brought up to date.
pub fn release() -> PathBuf {
    build("release", "release")
}

fn build(profile: &str, folder: &str) -> PathBuf {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace::root()).args([
        "build",
        "--quiet",
        "--package",
        "umbel-cli",
        "--bin",
        "umbel",
        "--profile",
        profile,
    ]);
    process::succeed(&mut cargo);
    workspace::target().join(folder).join("umbel")
}
