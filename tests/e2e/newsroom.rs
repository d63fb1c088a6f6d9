//! The newsroom of `generated/` over an SQLite file of its own, started with settings.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::{process, workspace};

/// The newsroom, until it is dropped.
pub(crate) struct Newsroom {
    pub(crate) http: Client,
    pub(crate) server: Server,
    pub(crate) file: File,
}

impl Newsroom {
    /// Builds it, and starts it with variables of the environment.
    #[track_caller]
    pub(crate) fn start(settings: &[(&str, &str)]) -> Self {
        let (mut command, file) = command();
        command.args(["serve", "--addr", "127.0.0.1:0"]);
        Self::run(command.envs(settings.iter().copied()), file)
    }

    /// Runs a command that serves it.
    #[track_caller]
    pub(crate) fn run(command: &mut Command, file: File) -> Self {
        let mut owned = Command::new(command.get_program());
        owned.args(command.get_args());
        owned.envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        owned.current_dir(command.get_current_dir().expect("the folder of its file"));
        let server = Server::run(owned);
        Self {
            http: Client::new(&server.url),
            server,
            file,
        }
    }

    /// `127.0.0.1:4711`
    pub(crate) fn host(&self) -> &str {
        self.server.url.trim_start_matches("http://")
    }

    /// The greatest size that the process has had, in megabytes.
    pub(crate) fn memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM:"))
            .unwrap();
        let kilobytes: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kilobytes / 1024
    }
}

/// The newsroom's executable, and a file with its tables; no `.env` and no `umbel.toml` of anybody is found from there.
#[track_caller]
pub(crate) fn command() -> (Command, File) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(workspace::root())
        .args(["build", "--quiet", "--package", "newsroom"]);
    process::succeed(&mut cargo);
    let schema = workspace::root().join("codegen/src/demo/newsroom.sql");
    let file = File::with(&fs::read_to_string(schema).unwrap());
    let program: PathBuf = workspace::target().join(format!("debug/newsroom{EXE_SUFFIX}"));
    let mut command = Command::new(program);
    command
        .env("DATABASE_URL", &file.url)
        .current_dir(file.path.parent().unwrap());
    (command, file)
}
