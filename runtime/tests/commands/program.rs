//! The program `shop`, over a database of either kind.

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use tempfile::TempDir;
use umbel::db::{Database, Executor, Statement};

use crate::server;

/// A password that is taken.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// An application in a folder of its own, with a database that has its tables and none of its own ones.
pub(crate) struct Shop {
    pub(crate) folder: TempDir,
    pub(crate) url: String,
}

/// How a program has ended.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) is_success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

const SCHEMA: &str = "
    CREATE TABLE film (film_id integer PRIMARY KEY NOT NULL);
    CREATE TABLE language (language_id integer PRIMARY KEY NOT NULL);";

/// Runs a test over either database.
pub(crate) async fn each(test: impl AsyncFn(&Shop)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(SCHEMA).unwrap();
    drop(connection);
    let url = format!("sqlite:{}", path.display());
    test(&Shop { folder, url }).await;

    server::with_url(async |url| {
        let sql = format!("CREATE SCHEMA main; SET search_path = main; {SCHEMA}");
        server::script(&url, &sql).await;
        let folder = tempfile::tempdir().unwrap();
        test(&Shop { folder, url }).await;
    })
    .await;
}

/// Runs a test over either database, with the own tables.
pub(crate) async fn each_migrated(test: impl AsyncFn(&Shop)) {
    each(async |shop| {
        shop.succeeds("migrate");
        test(shop).await;
    })
    .await;
}

impl Shop {
    /// A command line, as of a shell without quotes.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(executable());
        command
            .args(line.split_whitespace())
            .current_dir(self.folder.path())
            .env_clear()
            .env("DATABASE_URL", &self.url)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    #[track_caller]
    pub(crate) fn run(&self, line: &str) -> Finished {
        finish(self.command(line).spawn().unwrap())
    }

    /// Runs it with something at its standard input, of which it need not take all.
    #[track_caller]
    pub(crate) fn run_with(&self, line: &str, input: &[u8]) -> Finished {
        finish(self.begin_with(line, input))
    }

    pub(crate) fn begin_with(&self, line: &str, input: &[u8]) -> Child {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        child
    }

    /// Runs it; says what it has printed on standard output.
    #[track_caller]
    pub(crate) fn succeeds(&self, line: &str) -> String {
        let finished = self.run(line);
        assert!(finished.is_success, "{line}: {finished:?}");
        finished.stdout
    }

    /// Runs it; it says what is wrong in these words, and nothing on standard output.
    #[track_caller]
    pub(crate) fn fails(&self, line: &str, words: &[&str]) {
        let finished = self.run(line);
        assert!(!finished.is_success, "{line}: {finished:?}");
        assert_eq!(finished.stdout, "", "{line}: {finished:?}");
        assert!(finished.stderr.starts_with("error: "), "{finished:?}");
        for word in words {
            assert!(finished.stderr.contains(word), "{word:?} in {finished:?}");
        }
    }

    /// Makes a user with a password.
    #[track_caller]
    pub(crate) fn create_user(&self, arguments: &str) {
        let line = format!("createuser {arguments} --password-stdin");
        let finished = self.run_with(&line, format!("{PASSWORD}\n").as_bytes());
        assert!(finished.is_success, "{finished:?}");
    }

    /// How many rows of an own table there are.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM umbel.{table}"))
            .await
    }

    /// The number that a query has for an answer.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::new(self.translated(sql), Vec::new());
        let db = Database::connect(&self.url).await.unwrap();
        let rows = db.run(&[statement]).await.unwrap().remove(0);
        rows.first(|row| row.get()).unwrap().unwrap()
    }

    /// Runs SQL past the application.
    pub(crate) async fn sql(&self, sql: &str) {
        match self.url.strip_prefix("sqlite:") {
            Some(path) => {
                let connection = Connection::open(path).unwrap();
                connection.execute_batch(&self.translated(sql)).unwrap();
            }
            None => server::script(&self.url, sql).await,
        }
    }

    fn translated(&self, sql: &str) -> String {
        match self.url.starts_with("sqlite:") {
            true => sql.replace("umbel.", "umbel_"),
            false => sql.to_owned(),
        }
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }
}

/// The program is built with the tests, as an example of the package.
fn executable() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.ancestors().nth(2).unwrap();
    let path = folder.join("examples").join("shop");
    assert!(
        path.exists(),
        "{} is not there: `cargo build -p umbel --example shop`",
        path.display()
    );
    path
}

/// Waits for the end of a program, which is none by a panic, and repeats no password.
#[track_caller]
pub(crate) fn finish(mut child: Child) -> Finished {
    // Neither fills a pipe.
    let stdout = child.stdout.take().map(text).unwrap_or_default();
    let stderr = child.stderr.take().map(text).unwrap_or_default();
    let status = child.wait().unwrap();
    let finished = Finished {
        is_success: status.success(),
        stdout,
        stderr,
    };
    assert!(matches!(status.code(), Some(0 | 1)), "{finished:?}");
    for text in [&finished.stdout, &finished.stderr] {
        assert!(!text.contains("panicked"), "{finished:?}");
        assert!(!text.contains(PASSWORD), "{finished:?}");
        assert!(!text.contains("argon2id"), "{finished:?}");
    }
    finished
}

fn text(mut from: impl Read) -> String {
    let mut text = String::new();
    from.read_to_string(&mut text).unwrap();
    text
}
