//! The application over Pagila, running on a database of its own.

use std::thread;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

/// A video shop's application, until it is dropped.
pub(crate) struct Shop {
    pub(crate) http: Client,
    pub(crate) server: Server,
    pub(crate) database: Database,
}

impl Shop {
    /// Emits and builds the application, if no test before has, and starts it.
    pub(crate) fn open() -> Self {
        let corpus = Corpus::own("pagila");
        let database = corpus.database();
        let program = App::emitted("pagila", &corpus.files(), &database).build();
        let server = Server::start(&program, &database.url);
        Self {
            http: Client::new(&server.url),
            server,
            database,
        }
    }

    /// Adds a film that nothing refers to, and returns its key.
    pub(crate) fn add_film(&self, title: &str) -> String {
        let insert = format!(
            "INSERT INTO film (title, language_id) VALUES ('{title}', 1) RETURNING film_id"
        );
        self.database.run(&insert)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if !thread::panicking() {
            let log = self.server.log();
            assert!(!log.contains("panicked"), "the server panicked:\n{log}");
        }
    }
}
