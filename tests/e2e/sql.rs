//! SQL files on the command line.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use umbel_tests::process::{self, Finished};
use umbel_tests::sqlite::File;
use umbel_tests::{cluster, database, tree, umbel, wait};

const SCHEMA: &str = "
CREATE TABLE film (
    film_id serial PRIMARY KEY,
    title varchar(40) NOT NULL CHECK (title <> ''),
    rating text DEFAULT 'G' CHECK (rating IN ('G', 'PG'))
);
CREATE VIEW titles AS SELECT title, length(title) AS letters FROM film;
";

/// `umbel inspect` of a file with some text.
fn inspect(text: &str, arguments: &[&str]) -> Finished {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("schema.sql"), text).unwrap();
    let mut command = umbel::command();
    command
        .current_dir(folder.path())
        .args(["inspect", "--sql", "schema.sql"])
        .args(arguments);
    process::finish(&mut command)
}

#[test]
fn through_a_server_and_without_one() {
    let without = inspect(SCHEMA, &["--format", "json"]);
    assert_eq!(without.code, Some(0), "{without}");
    let server = cluster::shared().admin_url();
    let through = inspect(SCHEMA, &["--format", "json", "--scratch", server]);
    // The server's own text of the view is the one thing that differs.
    let comparable = |finished: &Finished| -> Vec<String> {
        let lines = finished.stdout.lines();
        let lines = lines.filter(|line| !line.contains("\"definition\": \"SELECT"));
        lines.map(without_identifiers).collect()
    };
    assert_eq!(comparable(&without), comparable(&through), "{through}");
    assert_eq!(left_over(), "0");

    // No temporary database stays behind after an error either.
    let refused = inspect(
        "CREATE TABLE film (\n    title tekst\n);",
        &["--scratch", server],
    );
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("schema.sql:2:"), "{refused}");
    assert_eq!(left_over(), "0");

    // Nor after Ctrl-C.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("slow.sql"), "SELECT pg_sleep(600);").unwrap();
    let mut slow = umbel::command()
        .current_dir(folder.path())
        .args(["inspect", "--sql", "slow.sql", "--scratch", server])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let made = || (left_over() == "1").then_some(());
    wait::until("a temporary database", Duration::from_secs(20), made);
    process::succeed(Command::new("kill").args(["-INT", &slow.id().to_string()]));
    assert_eq!(slow.wait().unwrap().code(), Some(1));
    assert_eq!(left_over(), "0");
}

#[test]
fn all_errors_with_their_places() {
    let refused = inspect(
        "CREATE TABLE a (b tekst);\nCREATE TABLE c (d int,);\nCREATE TABLE e (f int REFERENCES g);",
        &[],
    );
    assert_eq!(refused.code, Some(1), "{refused}");
    for place in ["schema.sql:1:19", "schema.sql:2:", "schema.sql:3:"] {
        assert!(refused.stderr.contains(place), "{place} in {refused}");
    }
    assert!(
        refused.stderr.contains("3 statements cannot be read"),
        "{refused}"
    );
}

/// As psql does without ON_ERROR_STOP: what the same text makes on a server, with a statement that fails in it.
#[test]
fn a_statement_that_fails_is_left_out_and_the_rest_is_read() {
    const TEXT: &str = "CREATE TABLE film (film_id int PRIMARY KEY);
ALTER TABLE cinema ADD COLUMN seats int;
CREATE TABLE actor (actor_id int PRIMARY KEY, film_id int REFERENCES missing);
BEGIN;
CREATE TABLE studio (studio_id int PRIMARY KEY);
SAVEPOINT made;
CREATE TABLE studio (again int);
ROLLBACK TO SAVEPOINT made;
COMMIT;
BEGIN;
CREATE TABLE lost (lost_id int PRIMARY KEY);
CREATE TABLE film (again int);
CREATE TABLE lost_too (lost_id int PRIMARY KEY);
COMMIT;
SELEKT 1;
CREATE TABLE genre (genre_id int PRIMARY KEY);
";
    let read = inspect(TEXT, &[]);
    assert_eq!(read.code, Some(0), "{read}");
    for said in [
        "schema.sql:2:13",
        "schema.sql:3:",
        "schema.sql:7:14",
        "schema.sql:10:1",
        "schema.sql:12:14",
        "schema.sql:15:1",
    ] {
        assert!(read.stderr.contains(said), "{said} in {read}");
    }
    assert!(
        read.stderr.contains("5 statements fail and are left out"),
        "{read}"
    );
    assert!(!read.stderr.contains("Error"), "{read}");
    let names = |finished: &Finished| -> Vec<String> {
        let lines = finished
            .stdout
            .lines()
            .filter(|line| line.contains("table"));
        lines.map(ToOwned::to_owned).collect()
    };
    for table in ["film", "studio", "genre"] {
        assert!(read.stdout.contains(table), "{table} in {read}");
    }
    for table in ["actor", "lost"] {
        assert!(!read.stdout.contains(table), "{table} in {read}");
    }
    let server = cluster::shared().admin_url();
    let through = inspect(TEXT, &["--scratch", server]);
    assert_eq!(names(&read), names(&through), "{through}");

    for arguments in [&["--strict"][..], &["--strict", "--scratch", server]] {
        let refused = inspect(TEXT, arguments);
        assert_eq!(refused.code, Some(1), "{refused}");
        assert!(
            refused.stderr.contains("5 statements cannot be read"),
            "{refused}"
        );
    }
}

#[test]
fn a_file_of_which_nothing_can_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("1.sql"), SCHEMA).unwrap();
    fs::write(
        folder.path().join("2.sql"),
        "Dear reader,\nthis is a letter; it makes no table.\n",
    )
    .unwrap();
    let mut command = umbel::command();
    command
        .current_dir(folder.path())
        .args(["inspect", "--sql", "1.sql", "2.sql"]);
    let refused = process::finish(&mut command);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("2.sql:1:1"), "{refused}");
}

#[test]
fn a_table_that_another_tool_owns() {
    const TEXT: &str = "CREATE TABLE profiles (id uuid PRIMARY KEY REFERENCES auth.users ON DELETE CASCADE, email text);
CREATE TABLE posts (id int PRIMARY KEY, author uuid REFERENCES auth.users (id), bucket text REFERENCES storage.buckets (name));";
    let read = inspect(TEXT, &["--format", "json"]);
    assert_eq!(read.code, Some(0), "{read}");
    assert!(
        read.stderr.contains("`auth.users` is made by no file"),
        "{read}"
    );
    assert!(read.stdout.contains("\"schema\": \"auth\""), "{read}");
    assert!(
        inspect(TEXT, &["--strict"]).code == Some(0),
        "it is no failure"
    );
    let through = inspect(
        TEXT,
        &[
            "--format",
            "json",
            "--scratch",
            cluster::shared().admin_url(),
        ],
    );
    let comparable = |finished: &Finished| -> Vec<String> {
        finished.stdout.lines().map(without_identifiers).collect()
    };
    assert_eq!(comparable(&read), comparable(&through), "{through}");
}

#[test]
fn placeholders_are_called_so() {
    let text = format!(
        "{SCHEMA}CREATE TABLE ${{PREFIX}}_person (id int);\nALTER TABLE film OWNER TO :role;\nGRANT SELECT ON film TO :\"role\";\n"
    );
    let read = inspect(&text, &[]);
    assert_eq!(read.code, Some(0), "{read}");
    assert!(
        read.stderr.contains("`${PREFIX}` is a placeholder"),
        "{read}"
    );
    assert!(read.stderr.contains("1 statement fails"), "{read}");
}

#[test]
fn statements_without_structure_are_counted() {
    let text =
        format!("{SCHEMA}\nGRANT SELECT ON film TO public;\nINSERT INTO film VALUES (1, 'a;b');");
    let counted = inspect(&text, &[]);
    assert!(
        counted
            .stderr
            .contains("2 statements carry no structure (1 GRANT, 1 INSERT)"),
        "{counted}"
    );
    let listed = inspect(&text, &["--verbose"]);
    assert!(listed.stderr.contains("schema.sql:9:1: GRANT"), "{listed}");
}

#[test]
fn dump_of_another_database() {
    let refused = inspect(
        "-- MySQL dump 10.13\nCREATE TABLE `film` (`id` int) ENGINE=InnoDB;",
        &[],
    );
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("written for MySQL"), "{refused}");
}

/// The same application as from the database that the file makes, but for the name of the source.
#[test]
fn application_from_files_of_sqlite() {
    let file = File::with(
        "CREATE TABLE film (film_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL CHECK (title <> ''));
         CREATE TABLE `copy of` (film_id INT REFERENCES film, number INT, PRIMARY KEY (film_id, number)) STRICT;
         CREATE VIEW titles AS SELECT film_id, title FROM film;",
    );
    let folder = tempfile::tempdir().unwrap();
    let schema = folder.path().join("schema.sql");
    let statements = file.run("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL");
    fs::write(&schema, statements).unwrap();
    let new = |name: &str, source: &[&str]| {
        let parent = folder.path().join(name);
        fs::create_dir(&parent).unwrap();
        let root = parent.join("shop");
        process::succeed(umbel::command().arg("new").arg(&root).args(source));
        let mut files = tree::contents(&root);
        files.remove(".env");
        files.remove("umbel.toml");
        files
    };
    let live = new("live", &["--database", &file.url]);
    let read = new("files", &["--sql", schema.to_str().unwrap()]);
    assert_eq!(live, read);
    let manifest = String::from_utf8_lossy(&read["Cargo.toml"]);
    assert!(manifest.contains("features = [\"sqlite\"]"), "{manifest}");
}

#[test]
fn dialect_that_no_statement_tells() {
    let text = "CREATE TABLE film (film_id INT PRIMARY KEY, released DATETIME);";
    let refused = inspect(text, &[]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("--dialect sqlite"), "{refused}");
    let read = inspect(text, &["--dialect", "sqlite"]);
    assert_eq!(read.code, Some(0), "{read}");

    let broken = format!("{text}\nCREATE TABLE actor (name TEXT,);");
    let refused = inspect(&broken, &["--dialect", "sqlite", "--strict"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    for said in ["schema.sql:2:31", "near \")\": syntax error"] {
        assert!(refused.stderr.contains(said), "{said} in {refused}");
    }
    let server = cluster::shared().admin_url();
    let refused = inspect(text, &["--dialect", "sqlite", "--scratch", server]);
    assert!(refused.stderr.contains("need no server"), "{refused}");
}

fn left_over() -> String {
    database::run_as_admin(
        "SELECT count(*) FROM pg_database WHERE datname LIKE 'umbel\\_scratch\\_%'",
    )
}

/// A server numbers what it makes; files do not.
fn without_identifiers(line: &str) -> String {
    match line.contains("identifier") {
        true => String::new(),
        false => line.to_owned(),
    }
}
