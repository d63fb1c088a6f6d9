//! Which SQL files the command takes, in which order, and what it says of that.

use std::fs;

use umbel_tests::database::Database;
use umbel_tests::process::{self, Finished};
use umbel_tests::umbel;

/// A folder with some files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// `umbel` in a folder.
fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> Finished {
    let mut command = umbel::command();
    process::finish(command.current_dir(folder.path()).args(arguments))
}

#[track_caller]
fn inspect(folder: &tempfile::TempDir, sources: &[&str]) -> Finished {
    let finished = run(folder, &[&["inspect", "--sql"], sources].concat());
    assert_eq!(finished.code, Some(0), "{finished}");
    finished
}

/// The last type wins, and a shell would have put `10-` before `2-`.
#[test]
fn numbered_files_go_by_number_however_they_are_named() {
    let files = folder(&[
        (
            "db/1-a.sql",
            "CREATE TABLE film (film_id int PRIMARY KEY, length int);",
        ),
        (
            "db/2-b.sql",
            "ALTER TABLE film ALTER COLUMN length TYPE bigint;",
        ),
        (
            "db/10-c.sql",
            "ALTER TABLE film ALTER COLUMN length TYPE text;",
        ),
        ("db/drop.sql", "DROP TABLE film;"),
    ]);
    for sources in [
        &["db"][..],
        &["db/*.sql"],
        &["**/*.sql"],
        &["db/1-a.sql", "db/10-c.sql", "db/2-b.sql"],
        &["."],
    ] {
        let read = inspect(&files, sources);
        assert!(read.stdout.contains("text"), "{sources:?}: {read}");
        assert!(read.stderr.contains("3 files read"), "{sources:?}: {read}");
    }
    // Nobody's shell has put them so.
    let read = inspect(
        &files,
        &[
            "db/1-a.sql",
            "db/10-c.sql",
            "db/2-b.sql",
            "db/drop.sql",
            "db/1-a.sql",
        ],
    );
    assert!(read.stdout.contains("integer"), "{read}");
}

#[test]
fn the_command_says_what_it_took_a_folder_for() {
    let migration = "-- +goose Up\nCREATE TABLE film (film_id int PRIMARY KEY);\n-- +goose Down\nDROP TABLE film;\n";
    let files = folder(&[("db/00001_a.sql", migration), ("db/seed.sql", "")]);
    let read = inspect(&files, &["db"]);
    assert!(
        read.stderr.contains("db: migrations of goose, 1 file read"),
        "{read}"
    );
    assert!(read.stderr.contains("not read: seed.sql"), "{read}");
    let quiet = run(&files, &["inspect", "--quiet", "--sql", "db"]);
    assert_eq!(quiet.stderr, "", "{quiet}");
    // Alone, too, it loses its way back.
    let read = inspect(&files, &["db/00001_a.sql"]);
    assert!(read.stdout.contains("film"), "{read}");
}

#[test]
fn folders_in_which_nothing_is_read_say_why() {
    let files = folder(&[
        ("ruby/1_a.rb", ""),
        ("mysql/migration_lock.toml", "provider = \"mysql\""),
        ("mysql/1_a/migration.sql", "CREATE TABLE t (id int);"),
    ]);
    let refused = run(&files, &["inspect", "--sql", "ruby"]);
    assert!(refused.stderr.contains("migrations in Ruby"), "{refused}");
    let refused = run(&files, &["inspect", "--sql", "mysql"]);
    assert!(refused.stderr.contains("for MySQL"), "{refused}");
    let refused = run(&files, &["inspect", "--sql", "nowhere/*.sql"]);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("nowhere/*.sql"), "{refused}");
}

#[test]
fn files_that_others_include() {
    let files = folder(&[
        (
            "db/all.sql",
            "\\set app shop\nCREATE SCHEMA :app;\n\\ir tables/film.sql\n\\if :{?with_actors}\nCREATE TABLE actor (id int);\n\\endif\n\\i nowhere.sql\n",
        ),
        (
            "db/tables/film.sql",
            "CREATE TABLE film (film_id int PRIMARY KEY);\r-- in one line with a carriage return\rCREATE TABLE genre (id int);",
        ),
    ]);
    let read = inspect(&files, &["db/all.sql"]);
    assert!(
        read.stdout.contains("film") && read.stdout.contains("genre"),
        "{read}"
    );
    assert!(!read.stdout.contains("actor"), "{read}");
    assert!(read.stderr.contains("`nowhere.sql` is not there"), "{read}");
}

#[test]
fn files_as_windows_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = "CREATE TABLE größe (größe_id int PRIMARY KEY);\r\n";
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain(units).collect();
    fs::write(folder.path().join("a.sql"), bytes).unwrap();
    let read = inspect(&folder, &["a.sql"]);
    assert!(read.stdout.contains("größe"), "{read}");
}

/// The table of a tool is no part of an application, unless it is asked for or was there before.
#[test]
fn tables_of_tools_are_left_out() {
    const TEXT: &str = "CREATE TABLE film (film_id int PRIMARY KEY);
        CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);
        CREATE TABLE migrations (id int PRIMARY KEY, species text);";
    let files = folder(&[("schema.sql", TEXT)]);
    let database = Database::with(TEXT);
    for (name, source) in [
        ("files", ["--sql", "schema.sql"]),
        ("live", ["--database", &database.url]),
    ] {
        let made = run(&files, &[&["new", name], &source[..]].concat());
        assert_eq!(made.code, Some(0), "{made}");
        assert!(
            made.stdout.contains("schema_migrations: left out"),
            "{made}"
        );
        let source = files.path().join(name).join("src");
        assert!(source.join("migration").exists() || source.join("migrations").exists());
        assert!(
            !source.join("schema_migration").exists() && !source.join("schema_migrations").exists()
        );
    }
    let made = run(
        &files,
        &["new", "all", "--only", "*", "--sql", "schema.sql"],
    );
    assert_eq!(made.code, Some(0), "{made}");
    let tables = fs::read_to_string(files.path().join("all/src/tables.rs")).unwrap_or_default()
        + &fs::read_to_string(files.path().join("all/src/lib.rs")).unwrap();
    assert!(tables.contains("schema_migration"), "{tables}");
    // An application that has it keeps it, whatever the selection says now.
    let settings = files.path().join("all/umbel.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("only = [\"*\"]", "")).unwrap();
    let synced = run(&files, &["sync", "-C", "all"]);
    assert_eq!(synced.code, Some(0), "{synced}");
    assert!(!synced.stdout.contains("schema_migrations"), "{synced}");
}
