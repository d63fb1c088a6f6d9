//! `umbel inspect --format sql`: what it prints makes the same database again, and `pg_dump` is the witness.
//!
//! Nothing that `pg_dump` says of a database is left out of the comparison but owners and grants, which are of the
//! roles of a server, and no schema has an exception.

use std::fs;

use umbel_tests::corpus::Corpus;
use umbel_tests::database::Database;
use umbel_tests::dump::Dump;
use umbel_tests::process::{self, Finished};
use umbel_tests::sqlite::File;
use umbel_tests::{cluster, postgres, tree, umbel, workspace};

use crate::schemas::schemas;

schemas! { check_corpus:
    bazaar: "bazaar",
    clinic: "clinic",
    consortium: "consortium",
    pagila: "pagila",
    bookings: "bookings",
    kitchensink: "kitchensink",
    #[ignore = "one of the corpus: tests/run --all"]
    cinema: "cinema",
    #[ignore = "one of the corpus: tests/run --all"]
    chinook: "chinook",
    #[ignore = "one of the corpus: tests/run --all"]
    northwind: "northwind",
    #[ignore = "one of the corpus: tests/run --all"]
    guacamole: "guacamole",
    #[ignore = "one of the corpus: tests/run --all"]
    temporal: "temporal",
    #[ignore = "one of the corpus: tests/run --all"]
    omop: "omop",
    #[ignore = "one of the corpus: tests/run --all"]
    adventureworks: "adventureworks",
    #[ignore = "one of the corpus: tests/run --all"]
    hive_metastore: "hive-metastore",
    #[ignore = "one of the corpus: tests/run --all"]
    danbooru: "danbooru",
    #[ignore = "one of the corpus: tests/run --all"]
    netbox: "netbox",
    #[ignore = "one of the corpus: tests/run --all"]
    citydb: "3dcitydb",
    #[ignore = "one of the corpus: tests/run --all"]
    edfi: "edfi",
}

#[track_caller]
fn check_corpus(name: &str) {
    let Some(corpus) = Corpus::find_loadable(name) else {
        return;
    };
    check(&corpus.database_of("schema.sql"));
}

#[test]
#[ignore = "six versions of one of the corpus: tests/run --all"]
fn cratesio_versions() {
    let Some(corpus) = Corpus::find("cratesio-sequence") else {
        return;
    };
    for version in 1..=6 {
        check(&corpus.database_of(&format!("v{version}.sql")));
    }
}

/// What no schema of the corpus has, and what waits for each other.
#[test]
fn what_the_corpus_lacks() {
    check(&Database::with(include_str!("inspect_sql.sql")));
}

#[test]
#[ignore = "two databases for each case: tests/run --all"]
fn snapshot_cases() {
    let folder = workspace::root().join("snapshots/cases");
    let files = tree::files(&folder);
    // Those of SQLite lie in a folder of their own.
    let cases: Vec<_> = files
        .iter()
        .filter(|case| case.parent() == Some(&*folder))
        .collect();
    assert!(!cases.is_empty(), "there are cases");
    for case in cases {
        eprintln!("{}", case.display());
        check(&Database::with(&fs::read_to_string(case).unwrap()));
    }
}

/// Prints a database, makes another from what was printed, and compares what `pg_dump` says of both.
#[track_caller]
fn check(database: &Database) {
    let printed = inspect(&database.url, &own_schemas(database));
    assert_eq!(printed.code, Some(0), "{printed}");
    let copy = loaded(&printed.stdout);
    let original = Dump::of(&database.url);
    let copied = Dump::of(&copy.url);
    assert!(original.count("TABLE") > 0, "the dump has tables");
    let differences = original.differences(&copied);
    let shown: Vec<_> = differences.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
}

/// A database in which the statements were run.
#[track_caller]
fn loaded(statements: &str) -> Database {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.sql");
    fs::write(&file, statements).unwrap();
    let copy = Database::empty();
    process::succeed(postgres::psql(&copy.url).arg("--file").arg(&file));
    copy
}

fn inspect(source: &str, schemas: &[String]) -> Finished {
    let mut command = umbel::command();
    command.args(["inspect", "--format", "sql", "--database", source]);
    for schema in schemas {
        command.args(["--schema", schema]);
    }
    process::finish(&mut command)
}

/// Every schema that no extension made, also those that hold nothing.
fn own_schemas(database: &Database) -> Vec<String> {
    let names = database.run(
        "SELECT nspname FROM pg_namespace AS n
         WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
             AND NOT EXISTS (
                 SELECT FROM pg_depend
                 WHERE classid = 'pg_namespace'::regclass AND objid = n.oid AND deptype = 'e'
             )
         ORDER BY nspname",
    );
    names.lines().map(str::to_owned).collect()
}

/// What a server writes into its catalog for itself, beside what a person can set, is no statement.
#[test]
fn what_a_server_keeps_for_itself_is_not_printed() {
    let database = Database::with(
        "CREATE TABLE film (
             id int PRIMARY KEY WITH (fillfactor = 80),
             title text
         ) WITH (fillfactor = 70, autovacuum_enabled = false, toast.vacuum_truncate = false);
         ALTER TABLE film ALTER COLUMN title SET (n_distinct = 5, n_distinct_inherited = 7);
         CREATE VIEW titles WITH (security_barrier = true) AS SELECT title FROM film;
         SET allow_system_table_mods = on;
         UPDATE pg_attribute SET attoptions = attoptions || '{own_mark=1}'
         WHERE attrelid IN ('film'::regclass, 'titles'::regclass);
         UPDATE pg_attribute SET attoptions = '{own_mark=1}'
         WHERE attrelid IN ('film'::regclass, 'titles'::regclass) AND attoptions IS NULL;
         UPDATE pg_class SET reloptions = reloptions || '{own_mark=1}'
         WHERE oid IN ('film'::regclass, 'titles'::regclass, 'film_pkey'::regclass);",
    );
    let printed = inspect(&database.url, &[]);
    assert_eq!(printed.code, Some(0), "{printed}");
    let text = &printed.stdout;
    assert!(!text.contains("own_mark"), "{text}");
    for kept in [
        "SET (n_distinct=5, n_distinct_inherited=7)",
        "fillfactor='70'",
        "autovacuum_enabled='false'",
        "toast.vacuum_truncate='false'",
        "fillfactor='80'",
        "security_barrier='true'",
    ] {
        assert!(text.contains(kept), "no {kept} in {text}");
    }
    loaded(text);
}

/// Of some schemas only what they need of the others comes along, and what cannot be made is said.
#[test]
fn some_schemas_of_a_database() {
    let database = Database::with(
        "CREATE SCHEMA shop;
         CREATE SCHEMA tools;
         CREATE TABLE public.person (id int PRIMARY KEY);
         CREATE TYPE tools.mood AS ENUM ('good');
         CREATE FUNCTION tools.fine(tools.mood) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true';
         CREATE FUNCTION tools.unused() RETURNS int LANGUAGE sql AS 'SELECT 1';
         CREATE TABLE shop.visit (
             id int PRIMARY KEY,
             mood tools.mood CHECK (tools.fine(mood)),
             person_id int CONSTRAINT of_person REFERENCES public.person
         );
         CREATE TABLE shop.event (at date) PARTITION BY RANGE (at);
         CREATE TABLE tools.event_rest PARTITION OF shop.event DEFAULT;
         CREATE VIEW shop.people AS SELECT p.id FROM public.person AS p;
         CREATE VIEW shop.more AS SELECT * FROM shop.people;
         CREATE OPERATOR CLASS tools.backwards FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
         CREATE INDEX found ON shop.visit USING hash (id tools.backwards);",
    );
    let printed = inspect(&database.url, &["shop".to_owned()]);
    assert_eq!(printed.code, Some(0), "{printed}");
    let text = &printed.stdout;
    for said in [
        "-- shop.people is left out: it needs public.person, which was not read\n",
        "-- shop.more is left out: it needs public.person, which was not read\n",
        "-- public.person was not read: ALTER TABLE ONLY shop.visit ADD CONSTRAINT of_person ",
        "-- shop.visit needs operator class tools.backwards for access method hash, which is not made here\n",
    ] {
        assert!(text.contains(said), "no {said:?} in {text}");
    }
    assert!(!text.contains("tools.unused"), "{text}");
    let without_index: String = text
        .lines()
        .filter(|line| !line.contains("USING hash"))
        .fold(String::new(), |text, line| text + line + "\n");
    let copy = loaded(&without_index);
    let made = copy.run(
        "SELECT string_agg(oid::regclass::text, ' ' ORDER BY oid::regclass::text)
         FROM pg_class
         WHERE relkind IN ('r', 'p', 'v') AND relnamespace::regnamespace::text IN ('shop', 'tools', 'public')",
    );
    // A partition comes with its parent.
    assert_eq!(made, "shop.event shop.visit tools.event_rest");
}

#[test]
fn of_sqlite() {
    let file = File::with("CREATE TABLE film (id INTEGER PRIMARY KEY)");
    let printed = inspect(&file.url, &[]);
    assert_eq!(printed.code, Some(0), "{printed}");
    assert_eq!(
        printed.stdout,
        "CREATE TABLE film (id INTEGER PRIMARY KEY);\n"
    );
}

/// Files that a server reads come out as one, whatever they were.
#[test]
fn of_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "1.sql",
        "CREATE TABLE film (id int PRIMARY KEY, name text);",
    );
    write("2.sql", "ALTER TABLE film RENAME COLUMN name TO title;");
    let mut command = umbel::command();
    command
        .args([
            "inspect",
            "--format",
            "sql",
            "--scratch",
            cluster::shared().admin_url(),
            "--sql",
        ])
        .arg(folder.path());
    let printed = process::finish(&mut command);
    assert_eq!(printed.code, Some(0), "{printed}");
    let copy = Dump::of(&loaded(&printed.stdout).url);
    let expect = Database::with("CREATE TABLE film (id int PRIMARY KEY, title text)");
    let differences = Dump::of(&expect.url).differences(&copy);
    assert!(differences.is_empty(), "{differences:?}");
}

#[test]
fn files_without_a_server() {
    let mut command = umbel::command();
    command.args(["inspect", "--format", "sql", "--sql", "schema.sql"]);
    let refused = process::finish(&mut command);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused.stderr.contains("`--format sql` needs a server"),
        "{refused}"
    );
}
