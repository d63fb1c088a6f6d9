//! The commands of the README, run as they stand there.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::http::Client;
use umbel_tests::process;
use umbel_tests::server::Server;
use umbel_tests::workspace;

/// Where the README puts the application.
const FOLDER: &str = "../shop";

#[test]
fn every_command() {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    let mut here = workspace::root().to_owned();
    for command in commands(&fs::read_to_string(here.join("README.md")).unwrap()) {
        let local = command.replace(FOLDER, &shop.to_string_lossy());
        match command.as_str() {
            // The test's own database takes the place of the reader's.
            _ if command.starts_with("export DATABASE_URL=") => {}
            _ if command.starts_with("cd ") => here = shop.clone(),
            // The default port may be taken here: the application is asked for a free one.
            "cargo run" => check_page(&here, &database.url),
            // The test of the example runs it, in another folder.
            "cargo run -- demo" => {}
            "cargo install --path codegen" => install(folder.path()),
            // What runs this test.
            "tests/run" => assert!(workspace::root().join(&command).is_file()),
            _ if command.starts_with("umbel ") => {
                let path = env::var("PATH").unwrap_or_default();
                let mut shell = Command::new("bash");
                shell
                    .args(["-c", &local])
                    .current_dir(&here)
                    .env("PATH", format!("{}/bin:{path}", folder.path().display()))
                    .env("DATABASE_URL", &database.url);
                process::succeed(&mut shell);
            }
            _ => panic!("no test runs `{command}`"),
        }
    }
}

/// Installs the command as it is built for the tests, into a folder of its own.
fn install(root: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["install", "--quiet", "--debug", "--locked", "--no-track"])
        .args(["--path", "codegen", "--root"])
        .arg(root)
        .current_dir(workspace::root());
    process::succeed(&mut cargo);
}

/// The lines of the README's shell blocks.
fn commands(readme: &str) -> Vec<String> {
    let blocks = readme.split("```sh\n").skip(1);
    let lines = blocks.flat_map(|block| block.split("```").next().unwrap_or_default().lines());
    let commands: Vec<String> = lines.map(str::to_owned).collect();
    assert!(commands.len() > 4, "the README has commands: {commands:?}");
    commands
}

fn check_page(folder: &Path, database: &str) {
    let app = App {
        name: "shop".to_owned(),
        folder: folder.to_owned(),
    };
    let server = Server::start(&app.build(), database);
    assert_eq!(Client::new(&server.url).get("/film").status, 200);
}
