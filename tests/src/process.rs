//! Running a command to its end.

use std::fmt;
use std::process::{Command, Stdio};

/// How a command ended and what it printed.
#[derive(Debug)]
pub struct Finished {
    pub command: String,
    /// `None` when a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl fmt::Display for Finished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            command,
            code,
            stdout,
            stderr,
        } = self;
        write!(
            f,
            "{command}\nexit code {code:?}\n--- stdout\n{stdout}\n--- stderr\n{stderr}"
        )
    }
}

/// Runs a command without input, whatever its exit code.
#[track_caller]
pub fn finish(command: &mut Command) -> Finished {
    finish_with(command, Stdio::null())
}

/// Runs a command with what it is to read, whatever its exit code.
#[track_caller]
pub fn finish_with(command: &mut Command, input: impl Into<Stdio>) -> Finished {
    let text = format!("{command:?}");
    let output = command
        .stdin(input)
        .output()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    Finished {
        command: text,
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a command that must succeed, and returns what it printed on stdout.
#[track_caller]
pub fn succeed(command: &mut Command) -> String {
    let finished = finish(command);
    assert_eq!(finished.code, Some(0), "{finished}");
    finished.stdout
}
