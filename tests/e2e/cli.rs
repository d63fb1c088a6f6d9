//! Bad input to the command: one clear message, exit code 1, nothing half-written.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use umbel_tests::database::{self, Database};
use umbel_tests::process::{self, Finished};
use umbel_tests::{cluster, skipped, tree, umbel};

const TABLE: &str = "CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL)";

/// `umbel new` is refused with a message that holds all of the words, and leaves the disk as it was.
#[track_caller]
fn check_refused(url: &str, arguments: &[&str], words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let finished = new(&folder.path().join("shop"), url, arguments);
    assert_message(&finished, words);
    assert_eq!(
        tree::contents(folder.path()).len(),
        0,
        "nothing is written: {finished}"
    );
}

#[track_caller]
fn assert_message(finished: &Finished, words: &[&str]) {
    assert_eq!(finished.code, Some(1), "{finished}");
    assert_eq!(finished.stdout, "", "{finished}");
    assert!(!finished.stderr.contains("panicked"), "{finished}");
    assert!(
        finished.stderr.lines().count() <= 6,
        "one clear message: {finished}"
    );
    for word in words {
        assert!(finished.stderr.contains(word), "{word:?} in {finished}");
    }
}

fn new(folder: &Path, url: &str, arguments: &[&str]) -> Finished {
    process::finish(
        umbel::command()
            .arg("new")
            .arg(folder)
            .args(["--database", url])
            .args(arguments),
    )
}

#[test]
fn unreachable_server() {
    // A port that was free a moment ago.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    check_refused(
        &format!("postgres://me@127.0.0.1:{port}/shop"),
        &[],
        &["127.0.0.1", &port.to_string()],
    );
}

#[test]
fn unknown_host() {
    check_refused(
        "postgres://me@nowhere.invalid/shop",
        &[],
        &["nowhere.invalid"],
    );
}

#[test]
fn malformed_url() {
    for url in [
        "",
        "shop",
        "http://localhost/shop",
        "postgres://localhost:port/shop",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let finished = new(&folder.path().join("shop"), url, &[]);
        // What is no URL at all may be a mistake in the arguments.
        assert!([Some(1), Some(2)].contains(&finished.code), "{finished}");
        assert!(
            !finished.stderr.is_empty() && !finished.stderr.contains("panicked"),
            "{finished}"
        );
        assert_eq!(tree::contents(folder.path()).len(), 0, "{finished}");
    }
}

#[test]
fn missing_database() {
    check_refused(
        &cluster::shared().url("no_such_shop"),
        &[],
        &["no_such_shop"],
    );
}

#[test]
fn wrong_password() {
    let database = Database::with(TABLE);
    let role = format!("{}_role", database.name);
    database.run(&format!("CREATE ROLE {role} LOGIN PASSWORD 'right'"));
    let url = with_role(&database.url, &role, "wrong");
    if process::finish(umbel_tests::postgres::psql(&url).args(["--command", "SELECT 1"])).code
        == Some(0)
    {
        skipped::because("this server asks for no password");
    } else {
        check_refused(&url, &[], &["password", &role]);
        check_hidden(&url, "wrong");
    }
    database::run_as_admin(&format!("DROP ROLE {role}"));
}

/// The password is in no message.
#[track_caller]
fn check_hidden(url: &str, password: &str) {
    let folder = tempfile::tempdir().unwrap();
    let finished = new(&folder.path().join("shop"), url, &[]);
    let said = finished.stderr.replace("password authentication", "");
    assert!(!said.contains(&format!(":{password}@")), "{finished}");
}

#[test]
fn no_privilege_on_some_tables() {
    let database = Database::with(TABLE);
    database.run(
        "CREATE TABLE secret (secret_id integer PRIMARY KEY);
         ALTER TABLE film ADD budget integer, ADD secret integer REFERENCES secret",
    );
    let role = format!("{}_role", database.name);
    database.run(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'right'; GRANT SELECT (film_id, title, secret) ON film TO {role}"
    ));
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    let finished = new(&shop, &with_role(&database.url, &role, "right"), &[]);
    database.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
    assert_eq!(finished.code, Some(0), "{finished}");
    for note in [
        format!("public.secret: left out: the role `{role}`"),
        format!("public.film.budget: left out: the role `{role}`"),
        "public.film.secret: a plain value: `public.secret`".to_owned(),
    ] {
        assert!(finished.stdout.contains(&note), "{note}: {finished}");
    }
    let model = fs::read_to_string(shop.join("src/film/model.rs")).unwrap();
    assert!(
        !model.contains("budget") && !model.contains("BelongsTo"),
        "{model}"
    );
    assert!(
        !shop.join("src/film/form.rs").exists(),
        "nothing can be written"
    );
    assert!(!shop.join("src/secret").exists());
}

#[test]
fn relation_to_a_table_that_is_left_out() {
    let database = Database::with(TABLE);
    database.run(
        "CREATE TABLE studio (studio_id integer PRIMARY KEY);
         ALTER TABLE film ADD studio integer REFERENCES studio",
    );
    let folder = tempfile::tempdir().unwrap();
    let finished = new(
        &folder.path().join("shop"),
        &database.url,
        &["--except", "studio"],
    );
    assert_eq!(finished.code, Some(0), "{finished}");
    let note =
        "public.film.studio: a plain value: `public.studio`, to which it refers, is left out";
    assert!(finished.stdout.contains(note), "{finished}");
}

#[test]
fn empty_schema() {
    check_refused(&Database::empty().url, &[], &["public", "table"]);
}

#[test]
fn unknown_schema() {
    let database = Database::with(TABLE);
    database.run("CREATE SCHEMA sales");
    check_refused(&database.url, &["--schema", "sails"], &["sails", "sales"]);
}

#[test]
fn pattern_that_matches_nothing() {
    let database = Database::with(TABLE);
    check_refused(&database.url, &["--only", "customer*"], &["customer*"]);
}

#[test]
fn folder_that_is_not_empty() {
    let database = Database::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    fs::create_dir(&shop).unwrap();
    fs::write(shop.join("notes.txt"), "mine").unwrap();
    let before = tree::contents(folder.path());
    let finished = new(&shop, &database.url, &[]);
    assert_message(&finished, &["shop", "empty"]);
    assert_eq!(tree::contents(folder.path()), before);
}

#[test]
fn folder_that_is_a_file() {
    let database = Database::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    fs::write(&shop, "mine").unwrap();
    let finished = new(&shop, &database.url, &[]);
    assert_message(&finished, &["shop"]);
    assert_eq!(fs::read_to_string(&shop).unwrap(), "mine");
}

#[test]
fn empty_folder_is_filled() {
    let database = Database::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let finished = new(folder.path(), &database.url, &[]);
    assert_eq!(finished.code, Some(0), "{finished}");
    assert!(
        folder.path().join("src/film/model.rs").exists(),
        "{finished}"
    );
}

#[test]
fn same_input_same_bytes() {
    let database = Database::with(TABLE);
    let [first, second] = [0, 1].map(|_| {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shop");
        let finished = new(&shop, &database.url, &[]);
        assert_eq!(finished.code, Some(0), "{finished}");
        tree::contents(&shop)
    });
    assert_eq!(first, second);
}

/// `postgres://admin:secret@host/db` → `postgres://role:password@host/db`
fn with_role(url: &str, role: &str, password: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap();
    let server = rest.rsplit_once('@').map_or(rest, |(_, server)| server);
    format!("{scheme}://{role}:{password}@{server}")
}
