//! The application that is disturbed: started, killed, started again.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use umbel_tests::server::Server;
use umbel_tests::{process, wait};

use super::load::Load;

/// Times so short that what goes wrong is over soon. Those of the database come before that of the request.
const SETTINGS: [(&str, &str); 10] = [
    ("UMBEL_DATABASE_CONNECT_TIMEOUT", "1s"),
    ("UMBEL_DATABASE_WAIT_TIMEOUT", "1s"),
    ("UMBEL_DATABASE_STATEMENT_TIMEOUT", "2s"),
    ("UMBEL_DATABASE_LOCK_TIMEOUT", "1s"),
    ("UMBEL_SERVER_REQUEST_TIMEOUT", "4s"),
    ("UMBEL_SERVER_HEADER_TIMEOUT", "1s"),
    ("UMBEL_SERVER_BODY_TIMEOUT", "1s"),
    ("UMBEL_SERVER_WRITE_TIMEOUT", "1s"),
    ("UMBEL_SERVER_IDLE_TIMEOUT", "5s"),
    ("RUST_LOG", "warn"),
];

/// The application over its database.
#[derive(Debug)]
pub(super) struct Running {
    program: PathBuf,
    url: String,
    server: Option<Server>,
}

impl Running {
    pub(super) fn start(program: PathBuf, url: String) -> Self {
        let server = Some(serve(&program, &url));
        Self {
            program,
            url,
            server,
        }
    }

    /// `127.0.0.1:4711`
    pub(super) fn address(&self) -> &str {
        self.server().url.trim_start_matches("http://")
    }

    pub(super) fn id(&self) -> u32 {
        self.server().id()
    }

    /// Ends it by a signal, and starts it anew.
    pub(super) fn restart(&mut self, signal: &str, load: &Load) {
        let id = self.id().to_string();
        process::succeed(Command::new("kill").args([&format!("-{signal}"), &id]));
        let state = format!("/proc/{id}/stat");
        wait::until("it ends", Duration::from_secs(30), || {
            let state = std::fs::read_to_string(&state).unwrap_or_default();
            // What is left of it is read by us alone.
            (state.is_empty() || state.contains(") Z ")).then_some(())
        });
        self.check();
        load.until_more("clients have noticed", 5, |counts| counts.unreached);
        self.server = None;
        self.server = Some(serve(&self.program, &self.url));
        load.moved(self.address());
    }

    /// Waits until it says something in its log.
    #[track_caller]
    pub(super) fn until_said(&self, words: &str) {
        wait::until(words, Duration::from_secs(60), || {
            self.server().log().contains(words).then_some(())
        });
    }

    /// Nothing of it has panicked.
    #[track_caller]
    pub(super) fn check(&self) {
        let log = self.server().log();
        assert!(!log.contains("panicked"), "{log}");
    }

    fn server(&self) -> &Server {
        self.server.as_ref().expect("it runs")
    }
}

fn serve(program: &PathBuf, url: &str) -> Server {
    let mut command = Command::new(program);
    command
        .args(["serve", "--addr", "127.0.0.1:0"])
        .env("DATABASE_URL", url)
        .envs(SETTINGS);
    Server::run(command)
}
