//! The command at first use: where it finds the database, what it says of one that it cannot read, what it leaves behind.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use umbel_tests::database::{self, Database};
use umbel_tests::process::{self, Finished};
use umbel_tests::sqlite::File;
use umbel_tests::{cluster, postgres, tree, umbel, wait};

const TABLE: &str = "CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL)";

fn umbel(arguments: &[&str], folder: &Path) -> Command {
    let mut command = umbel::command();
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("DATABASE_URL");
    command
}

#[track_caller]
fn succeed(command: &mut Command) -> Finished {
    let finished = process::finish(command);
    assert_eq!(finished.code, Some(0), "{finished}");
    finished
}

#[test]
fn the_environment_names_the_database() {
    let file = File::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let shown = succeed(umbel(&["inspect"], here).env("DATABASE_URL", &file.url));
    assert!(shown.stdout.contains("film_id"), "{shown}");
    succeed(umbel(&["new", "shop"], here).env("DATABASE_URL", &file.url));
    let shop = here.join("shop");
    // Of the application itself, wherever one stands in it.
    succeed(&mut umbel(&["inspect"], &shop.join("src/film")));
    succeed(&mut umbel(&["sync", "--dry-run"], &shop.join("src/film")));
    // What is said wins.
    let other = File::with("CREATE TABLE book (book_id integer PRIMARY KEY)");
    let shown = succeed(&mut umbel(&["inspect", "--database", &other.url], &shop));
    assert!(shown.stdout.contains("book"), "{shown}");
    fs::write(here.join("a.sql"), TABLE).unwrap();
    succeed(umbel(&["inspect", "--sql", "a.sql"], here).env("DATABASE_URL", "nowhere"));
}

#[test]
fn no_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["inspect"][..], &["new", "shop"]] {
        let finished = process::finish(umbel(arguments, folder.path()).env("DATABASE_URL", ""));
        assert_eq!(finished.code, Some(1), "{finished}");
        assert!(finished.stderr.contains("DATABASE_URL"), "{finished}");
    }
    assert!(tree::contents(folder.path()).is_empty());
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_password() {
    use std::os::unix::fs::PermissionsExt as _;

    let file = File::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    succeed(&mut umbel(
        &["new", "shop", "--database", &file.url],
        folder.path(),
    ));
    let mode = |path: &str| {
        let metadata = fs::metadata(folder.path().join(path)).unwrap();
        metadata.permissions().mode() & 0o777
    };
    assert_eq!(mode("shop/.env"), 0o600);
    assert_ne!(mode("shop/Cargo.toml"), 0o600);
    file.run_all("ALTER TABLE film ADD COLUMN year integer");
    succeed(&mut umbel(&["sync"], &folder.path().join("shop")));
    assert_eq!(mode("shop/.env"), 0o600);
}

/// What is said of a URL, by every command that takes one: with these words, and without a piece of the password.
#[track_caller]
fn check_url(url: &str, words: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.sql"), TABLE).unwrap();
    let commands = [
        &["inspect", "--database", url][..],
        &["inspect", "--format", "sql", "--database", url],
        &["new", "shop", "--database", url],
    ];
    for arguments in commands {
        let finished = process::finish(&mut umbel(arguments, folder.path()));
        assert_eq!(finished.code, Some(1), "{finished}");
        let said = format!("{}{}", finished.stdout, finished.stderr);
        assert!(
            !said.contains("hunter") && !said.contains("panicked"),
            "{said}"
        );
        for word in words {
            assert!(said.contains(word), "{word:?} in {said}");
        }
    }
    let scratch = ["inspect", "--sql", "a.sql", "--scratch", url];
    let finished = process::finish(&mut umbel(&scratch, folder.path()));
    assert_eq!(finished.code, Some(1), "{finished}");
    assert!(!finished.stderr.contains("hunter"), "{finished}");
}

#[test]
fn wrong_urls_get_the_hint_that_fits() {
    check_url(
        "localhost/shop",
        &["`localhost/shop`", "`postgres://localhost/shop`"],
    );
    check_url(
        "db.example.com:5432/shop",
        &["postgres://db.example.com:5432/shop"],
    );
    check_url(
        "me:hunter2@localhost/shop",
        &["begin it with `postgres://`"],
    );
    check_url("mysql://me:hunter2@localhost/shop", &["MySQL"]);
    check_url(
        "postgresql+psycopg2://me:hunter2@localhost/shop",
        &["postgresql://"],
    );
    check_url(
        "jdbc:postgresql://localhost/shop?password=hunter2",
        &["jdbc:"],
    );
    check_url("postgres:me:hunter2@localhost/shop", &["two slashes"]);
    check_url("postgres://me:hunter@2@localhost/shop", &["%40"]);
    check_url("postgres://me:hunter2/shop", &["%2F"]);
    check_url(
        "postgres://localhost/shop?sslmoed=require",
        &["`sslmoed`", "`sslmode`"],
    );
    check_url("postgres://localhost/shop?schema=shop", &["--schema"]);
    check_url(
        "host=localhost password=hunter2 sslmoed=require",
        &["unknown option"],
    );
    check_url("sqlite3:shop.db", &["`sqlite:shop.db`"]);
    check_url("shop.db", &["no file `shop.db`"]);
}

#[test]
fn a_line_of_env_that_cannot_be_read_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    let line = "DATABASE_URL=postgres://me:hunter2 of mine@localhost/shop\n";
    fs::write(folder.path().join(".env"), line).unwrap();
    let finished = process::finish(&mut umbel(&["inspect"], folder.path()));
    assert_eq!(finished.code, Some(1), "{finished}");
    assert!(finished.stderr.contains(".env"), "{finished}");
    assert!(!finished.stderr.contains("hunter"), "{finished}");
}

#[test]
fn a_database_of_the_other_kind() {
    let file = File::with(TABLE);
    let server = Database::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    for (name, own, other, words) in [
        ("lite", &file.url, &server.url, "SQLite"),
        ("shop", &server.url, &file.url, "PostgreSQL"),
    ] {
        succeed(&mut umbel(&["new", name, "--database", own], folder.path()));
        let shop = folder.path().join(name);
        let finished = process::finish(&mut umbel(&["sync", "--database", other], &shop));
        assert_eq!(finished.code, Some(1), "{finished}");
        assert!(finished.stderr.contains(words), "{finished}");
    }
}

#[test]
fn the_runtime_of_another_machine() {
    let file = File::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let new = |name: &str, arguments: &[&str]| {
        let mut command = umbel(&["new", name, "--database", &file.url], folder.path());
        let said = succeed(command.args(arguments)).stdout;
        let manifest = fs::read_to_string(folder.path().join(name).join("Cargo.toml")).unwrap();
        assert!(manifest.contains("rust-version = \"1."), "{manifest}");
        (said, manifest)
    };
    let url = "https://example.com/umbel";
    let (said, manifest) = new("a", &["--runtime", url, "--rev", "0123abc"]);
    let git = "umbel = { git = \"https://example.com/umbel\", rev = \"0123abc\"";
    assert!(manifest.contains(git), "{manifest}");
    assert!(!said.contains("this machine"), "{said}");
    let (_, manifest) = new("b", &["--runtime", "git+https://example.com/umbel#0123abc"]);
    assert!(manifest.contains(git), "{manifest}");
    // The next sync finds it where `umbel new` said it.
    let finished = succeed(&mut umbel(&["sync", "--check"], &folder.path().join("b")));
    assert_eq!(finished.code, Some(0), "{finished}");
    let (said, manifest) = new("c", &[]);
    assert!(
        manifest.contains("# A folder of this machine"),
        "{manifest}"
    );
    assert!(said.contains("this machine"), "{said}");

    let refused = |arguments: &[&str], word: &str| {
        let mut command = umbel(&["new", "d", "--database", &file.url], folder.path());
        let finished = process::finish(command.args(arguments));
        assert_eq!(finished.code, Some(1), "{finished}");
        assert!(finished.stderr.contains(word), "{finished}");
        assert!(!folder.path().join("d").exists());
    };
    refused(&["--runtime", "no/such"], "`no/such`");
    refused(&["--runtime", "0.1.0", "--rev", "0123abc"], "--rev");
}

#[test]
fn what_is_printed_can_be_typed() {
    let file = File::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let name = "it's my shop";
    let said = succeed(&mut umbel(
        &["new", name, "--database", &file.url],
        folder.path(),
    ));
    let line = said.stdout.lines().find(|line| line.contains("    cd "));
    let script = format!("{} && pwd", line.expect("a line to type").trim());
    let typed = succeed(
        Command::new("sh")
            .args(["-c", &script])
            .current_dir(folder.path()),
    );
    assert!(typed.stdout.trim().ends_with(name), "{typed}");

    // Where this very command is on the path, it is `umbel`; else what starts it.
    let outside = |command: &mut Command| {
        let finished = process::finish(command.args(["sync"]).current_dir(folder.path()));
        assert_eq!(finished.code, Some(1), "{finished}");
        finished.stderr
    };
    let said = outside(&mut umbel::command());
    assert!(!said.contains("`umbel new`"), "{said}");
    let installed = folder.path().join("bin");
    fs::create_dir(&installed).unwrap();
    fs::copy(umbel::program(), installed.join("umbel")).unwrap();
    let path = env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", installed.display());
    let said = outside(Command::new(installed.join("umbel")).env("PATH", path));
    assert!(said.contains("`umbel new`"), "{said}");
}

#[test]
fn completions_and_manual_pages() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let printed = succeed(&mut umbel(&["completions", shell], folder.path()));
        for word in ["inspect", "--database", "sync"] {
            let short = word.trim_start_matches('-');
            assert!(printed.stdout.contains(short), "{shell}: {printed}");
        }
    }
    let page = succeed(&mut umbel(&["man"], folder.path()));
    assert!(page.stdout.contains(".TH umbel 1"), "{page}");
    succeed(&mut umbel(&["man", "--dir", "man1"], folder.path()));
    for page in ["umbel.1", "umbel-new.1", "umbel-sync.1"] {
        assert!(folder.path().join("man1").join(page).is_file(), "{page}");
    }
}

#[test]
fn the_next_run_removes_what_a_killed_one_left() {
    let file = File::with(TABLE);
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(".shop.umbel-1/src");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("half.rs"), "half").unwrap();
    succeed(&mut umbel(
        &["new", "shop", "--database", &file.url],
        folder.path(),
    ));
    let names = fs::read_dir(folder.path()).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["shop"]);
}

#[test]
fn the_next_run_drops_the_databases_of_a_killed_one() {
    let [left, held] = ["1", "2"].map(|number| {
        let name = format!("umbel_scratch_{}_{number}", std::process::id());
        database::run_as_admin(&format!("CREATE DATABASE {name}"));
        name
    });
    let exists = |name: &str| {
        let sql = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
        database::run_as_admin(&sql) == "1"
    };
    let admin = cluster::shared().admin_url();
    // Another run, which is at work.
    let mut other = postgres::psql(admin)
        .args(["--command", "SELECT pg_sleep(600)"])
        .env("PGAPPNAME", &held)
        .spawn()
        .unwrap();
    let sql = format!("SELECT count(*) FROM pg_stat_activity WHERE application_name = '{held}'");
    wait::until("the other run is seen", Duration::from_secs(20), || {
        (database::run_as_admin(&sql) == "1").then_some(())
    });
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.sql"), TABLE).unwrap();
    let scratch = ["inspect", "--sql", "a.sql", "--scratch", admin];
    succeed(&mut umbel(&scratch, folder.path()));
    assert!(!exists(&left), "nobody uses it");
    assert!(exists(&held), "another run uses it");
    database::run_as_admin(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{held}'"
    ));
    other.wait().unwrap();
    database::run_as_admin(&format!("DROP DATABASE {held}"));
}
