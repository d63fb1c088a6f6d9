//! The server of an emitted application, on a free port.

use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::output::Output;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub url: String,
    process: Child,
    output: Output,
}

impl Server {
    /// Starts an application on a database and waits until it has printed where it listens.
    #[track_caller]
    pub fn start(program: &Path, database_url: &str) -> Self {
        let mut command = Command::new(program);
        command
            .args(["serve", "--addr", "127.0.0.1:0"])
            .env("DATABASE_URL", database_url);
        Self::run(command)
    }

    /// Runs a command that prints the URL at which it serves.
    #[track_caller]
    pub fn run(command: Command) -> Self {
        Self::run_within(Duration::from_secs(20), command)
    }

    /// Likewise, of a command that has a lot to do before it serves.
    #[track_caller]
    pub fn run_within(patience: Duration, mut command: Command) -> Self {
        let (reader, writer) = io::pipe().expect("a pipe can be made");
        command
            .stdin(Stdio::null())
            .stdout(writer.try_clone().expect("a pipe can be shared"))
            .stderr(writer);
        let process = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        // Holds the other end of the pipe: without it, the output ends when the process does.
        drop(command);
        let output = Output::read(reader);
        let mut server = Self {
            url: String::new(),
            process,
            output,
        };
        server.url = server
            .output
            .wait_for("the server prints its URL", patience, find_url);
        server
    }

    /// Everything that the server has printed.
    pub fn log(&self) -> String {
        self.output.all()
    }

    /// The id of the process, for its memory.
    pub fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- the server at {} printed\n{}", self.url, self.log());
        }
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// `… http://127.0.0.1:4711/ …` → `http://127.0.0.1:4711`
fn find_url(line: &str) -> Option<String> {
    let start = line.find("http://127.0.0.1:")?;
    let rest = &line[start + "http://127.0.0.1:".len()..];
    let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!port.is_empty()).then(|| format!("http://127.0.0.1:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_in_a_line() {
        let check = |line, expect: Option<&str>| assert_eq!(find_url(line).as_deref(), expect);
        check(
            "Serving shop on http://127.0.0.1:4711/ (Ctrl-C stops it)",
            Some("http://127.0.0.1:4711"),
        );
        check(
            "\u{1b}[1mhttp://127.0.0.1:80\u{1b}[0m",
            Some("http://127.0.0.1:80"),
        );
        check("Connecting to postgres://127.0.0.1:5432/shop", None);
    }

    #[test]
    fn printed_url_and_end() {
        let mut command = Command::new("sh");
        command.args([
            "-c",
            "echo starting; echo http://127.0.0.1:4711/ >&2; exec sleep 600",
        ]);
        let server = Server::run(command);
        assert_eq!(server.url, "http://127.0.0.1:4711");
        let folder = format!("/proc/{}", server.id());
        drop(server);
        assert!(
            !Path::new(&folder).exists(),
            "the process ended with its value"
        );
    }
}
