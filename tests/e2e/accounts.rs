//! Accounts: who gets in, and who may what, at every address of an application.

mod matrix;
mod pages;
mod start;

use std::fs::File;
use std::path::PathBuf;
use std::process::Command;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::form::Form;
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::process::{self, Finished};
use umbel_tests::server::Server;

/// Long, and not one that many use.
const PASSWORD: &str = "correct horse battery staple";

/// An application over `acceptance.sql`, with the tables of its own.
struct Place {
    database: Database,
    program: PathBuf,
}

impl Place {
    /// Without anybody.
    fn new() -> Self {
        let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/acceptance.sql"));
        let database = Database::loaded(std::slice::from_ref(&file));
        let schemas = database.schemas();
        let app = App::emitted_from("acceptance", &[file], &database, &schemas);
        let program = app.build();
        Self { database, program }
    }

    /// With a superuser.
    fn with_root() -> Self {
        let place = Self::new();
        place.done(&["migrate"]);
        place.user("root", &["--superuser"]);
        place
    }

    /// A command of the application, where no file of anybody's is found.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(arguments)
            .current_dir(std::env::temp_dir())
            .env("DATABASE_URL", &self.database.url)
            .env_remove("SECRET_KEY");
        command
    }

    /// What a command has done, with a password on its standard input.
    fn run(&self, arguments: &[&str]) -> Finished {
        let folder = tempfile::tempdir().unwrap();
        let password = folder.path().join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let mut command = self.command(arguments);
        process::finish_with(&mut command, File::open(password).unwrap())
    }

    /// What a command prints, which must succeed.
    #[track_caller]
    fn done(&self, arguments: &[&str]) -> String {
        let finished = self.run(arguments);
        assert_eq!(finished.code, Some(0), "{arguments:?}: {finished}");
        finished.stdout
    }

    #[track_caller]
    fn user(&self, name: &str, options: &[&str]) {
        let arguments = [&["createuser", name, "--password-stdin"], options].concat();
        self.done(&arguments);
    }

    /// Lets somebody do something with tables.
    #[track_caller]
    fn permit(&self, user: &str, actions: &str, tables: &[&str]) {
        let arguments = [&["permit", "--user", user, actions], tables].concat();
        self.done(&arguments);
    }

    fn serve(&self) -> Server {
        Server::start(&self.program, &self.database.url)
    }
}

/// The form of a page, filled in.
#[track_caller]
fn form(page: &Page, fields: &[(&str, &str)]) -> Form {
    let mut form = page.form();
    for (name, value) in fields {
        form.set(name, value);
    }
    form
}

/// A browser in which somebody has signed in.
#[track_caller]
fn signed_in(server: &Server, name: &str) -> Client {
    let client = Client::new(&server.url);
    let page = client.post("/login", &[("login", name), ("password", PASSWORD)]);
    assert_eq!(page.status, 303, "{page}");
    client
}
