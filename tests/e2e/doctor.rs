//! `umbel doctor`: what it proposes is what the database takes, and nothing is missing once it is there.

use std::fs;
use std::path::Path;
use std::process::Command;

use umbel_tests::database::{self, Database};
use umbel_tests::process::{self, Finished};
use umbel_tests::sqlite::File;
use umbel_tests::{postgres, umbel};

/// What `--sql` prints where there is nothing to be said.
const NOTHING: &str = "-- No index is missing.\n";

fn doctor(url: &str, arguments: &[&str]) -> Command {
    let mut command = umbel::command();
    command
        .args(["doctor", "--database", url])
        .args(arguments)
        .env_remove("DATABASE_URL");
    command
}

#[track_caller]
fn examined(url: &str, arguments: &[&str]) -> String {
    process::succeed(&mut doctor(url, arguments))
}

/// The statements of a script, without what is said about them.
fn statements(script: &str) -> Vec<&str> {
    let lines = script.lines().filter(|line| !line.starts_with("--"));
    lines
        .map(|line| line.split("  -- ").next().unwrap_or_default())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Runs what is printed, as a person would pipe it into psql; then nothing is missing.
#[track_caller]
fn put_right(database: &Database, arguments: &[&str]) {
    let script = examined(&database.url, &[arguments, &["--sql"]].concat());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("indexes.sql");
    fs::write(&file, &script).unwrap();
    process::succeed(postgres::psql(&database.url).arg("--file").arg(&file));
    let after = examined(&database.url, &[arguments, &["--sql"]].concat());
    assert_eq!(after, NOTHING, "after {script}");
    let text = examined(&database.url, arguments);
    assert!(text.contains("\nNo index is missing.\n"), "{text}");
}

const SHOP: &str = r#"
CREATE TYPE "Mood" AS ENUM ('good', 'bad');
CREATE TABLE "User" (id int PRIMARY KEY, "full name" text NOT NULL);
CREATE TABLE "order" (
    tenant int, "select" int, "user" int NOT NULL REFERENCES "User", at timestamptz NOT NULL, "Mood" "Mood",
    note text, amount numeric, PRIMARY KEY (tenant, "select")
);
CREATE TABLE "line ""x""" (
    id bigserial PRIMARY KEY, "select" int NOT NULL, tenant int NOT NULL, n int,
    FOREIGN KEY ("select", tenant) REFERENCES "order" ("select", tenant)
);
CREATE TABLE tag (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE order_tag (
    tenant int, "select" int, tag_id int REFERENCES tag,
    PRIMARY KEY (tenant, "select", tag_id), FOREIGN KEY (tenant, "select") REFERENCES "order"
);
-- None of these serves the relation of a user.
CREATE INDEX ON "order" ("user") WHERE amount > 0;
CREATE INDEX ON "order" (("user" + 1));
CREATE INDEX ON "order" USING brin ("user");
CREATE INDEX ON "order" (amount, "user");
INSERT INTO "User" SELECT n, 'User ' || n FROM generate_series(1, 900) AS n;
INSERT INTO "order" SELECT 1, n, n, now(), 'good', 'note ' || n, n FROM generate_series(1, 1000) AS n WHERE n <= 900;
INSERT INTO "line ""x""" ("select", tenant, n) SELECT n, 1, n FROM generate_series(1, 900) AS n;
INSERT INTO tag SELECT n, 'tag ' || n FROM generate_series(1, 50) AS n;
INSERT INTO order_tag SELECT 1, n, 1 + n % 50 FROM generate_series(1, 800) AS n;
"#;

#[test]
fn what_a_database_misses() {
    let database = Database::with(SHOP);
    let script = examined(&database.url, &["--rows", "500", "--sql"]);
    let mut found = statements(&script);
    found.retain(|statement| !statement.starts_with("ANALYZE"));
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "CREATE EXTENSION IF NOT EXISTS pg_trgm;",
            "CREATE INDEX CONCURRENTLY ON public.\"User\" USING gin (\"full name\" gin_trgm_ops);",
            "CREATE INDEX CONCURRENTLY ON public.\"line \"\"x\"\"\" (\"select\", tenant);",
            "CREATE INDEX CONCURRENTLY ON public.\"order\" (\"Mood\", tenant, \"select\");",
            "CREATE INDEX CONCURRENTLY ON public.\"order\" (\"user\");",
            "CREATE INDEX CONCURRENTLY ON public.\"order\" (at);",
            "CREATE INDEX CONCURRENTLY ON public.\"order\" USING gin (note gin_trgm_ops);",
            "CREATE INDEX CONCURRENTLY ON public.order_tag (tag_id);",
        ],
        "{script}"
    );
    put_right(&database, &["--rows", "500"]);
}

#[test]
fn large_tables_come_with_their_sizes_and_small_ones_as_a_number() {
    let database = Database::with(SHOP);
    database.run("VACUUM ANALYZE");
    let text = examined(&database.url, &["--rows", "850"]);
    let words: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let line = |name: &str| {
        words
            .iter()
            .find(|line| line.first() == Some(&name))
            .cloned()
    };
    let user = line("public.\"User\"").unwrap_or_default();
    let bytes =
        database.run("SELECT pg_table_size('\"User\"') / 1024, pg_indexes_size('\"User\"') / 1024");
    let (table, indexes) = bytes.split_once('|').unwrap();
    assert_eq!(
        user[1..],
        ["900", table, "kB", indexes, "kB", "1"],
        "{text}"
    );
    assert!(text.contains("\n2 smaller tables need none.\n"), "{text}");
    assert!(!text.contains("order_tag"), "{text}");
    assert!(
        text.contains(
            "Not sorted or filtered by \"select\", note until there is an index, such as CREATE INDEX"
        ),
        "{text}"
    );
    // Where nothing is large, nothing is said of any.
    let text = examined(&database.url, &[]);
    assert_eq!(text, "No index is missing: no table has 100,000 rows.\n");
}

#[test]
fn partitions() {
    let database = Database::with(
        "CREATE TABLE person (id int PRIMARY KEY);
         CREATE TABLE visit (id int, at date, person_id int REFERENCES person, place_id int REFERENCES person,
             PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
         CREATE TABLE \"Visit 1\" PARTITION OF visit FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
         CREATE TABLE visit_2 PARTITION OF visit FOR VALUES FROM ('2021-01-01') TO ('2022-01-01')
             PARTITION BY LIST (id);
         CREATE TABLE visit_3 PARTITION OF visit_2 DEFAULT;
         INSERT INTO person VALUES (1);
         INSERT INTO visit SELECT n, date '2020-06-01' + n % 500, 1, 1 FROM generate_series(1, 2000) AS n;
         CREATE INDEX ON \"Visit 1\" (person_id);
         CREATE INDEX ON visit_3 (person_id);
         CREATE INDEX ON visit_3 (place_id);",
    );
    let script = examined(&database.url, &["--rows", "1000", "--sql"]);
    assert_eq!(
        statements(&script),
        [
            // Each partition has one over `person_id`, and not each over `place_id`.
            "CREATE INDEX ON public.visit (place_id);",
            "CREATE INDEX ON public.visit (at);",
            "ANALYZE public.visit;",
        ]
    );
    assert!(
        script.contains("no index can be made CONCURRENTLY"),
        "{script}"
    );
    let text = examined(&database.url, &["--rows", "1000"]);
    let head = text.lines().nth(1).unwrap_or_default();
    assert!(head.starts_with("public.visit "), "{text}");
    put_right(&database, &["--rows", "1000"]);
    // The rows of all partitions, as ANALYZE has counted them.
    let text = examined(&database.url, &["--rows", "1000"]);
    assert!(
        text.lines().nth(1).unwrap_or_default().contains(" 2,000 "),
        "{text}"
    );
}

/// What failed CREATE INDEX CONCURRENTLY leave.
#[test]
fn indexes_that_are_not_valid() {
    let database = Database::with(
        "CREATE TABLE person (id int PRIMARY KEY);
         CREATE TABLE post (id int PRIMARY KEY, person_id int REFERENCES person, nr int NOT NULL);
         INSERT INTO person SELECT n FROM generate_series(1, 1000) AS n;
         INSERT INTO post SELECT n, n, n FROM generate_series(1, 1000) AS n;
         UPDATE post SET nr = 1, person_id = 1 WHERE id = 2;
         ANALYZE;",
    );
    for failing in [
        "CREATE UNIQUE INDEX CONCURRENTLY \"Failed\" ON post (person_id)",
        "CREATE UNIQUE INDEX CONCURRENTLY other ON post (nr)",
    ] {
        let psql = &mut postgres::psql(&database.url);
        let failed = process::finish(psql.args(["--command", failing]));
        assert!(
            failed.stderr.contains("could not create unique index"),
            "{failed}"
        );
    }
    database.run("CREATE UNIQUE INDEX kept ON post (id, nr); UPDATE post SET nr = 2, person_id = 2 WHERE id = 2");
    let script = examined(&database.url, &["--rows", "500", "--sql"]);
    assert_eq!(
        statements(&script),
        [
            "REINDEX INDEX CONCURRENTLY public.\"Failed\";",
            "REINDEX INDEX CONCURRENTLY public.other;",
        ]
    );
    put_right(&database, &["--rows", "500"]);
    let valid = database.run("SELECT bool_and(indisvalid) FROM pg_index");
    assert_eq!(valid, "t");
}

#[test]
fn an_index_that_not_all_partitions_have() {
    let database = Database::with(
        "CREATE TABLE person (id int PRIMARY KEY);
         CREATE TABLE visit (id int PRIMARY KEY, person_id int REFERENCES person) PARTITION BY RANGE (id);
         CREATE TABLE visit_1 PARTITION OF visit FOR VALUES FROM (0) TO (5000);
         INSERT INTO person VALUES (1);
         INSERT INTO visit SELECT n, 1 FROM generate_series(1, 2000) AS n;
         CREATE INDEX of_person ON ONLY visit (person_id);
         ANALYZE;",
    );
    let script = examined(&database.url, &["--rows", "1000", "--sql"]);
    assert_eq!(
        statements(&script),
        [
            "DROP INDEX public.of_person;",
            "CREATE INDEX of_person ON public.visit USING btree (person_id);",
        ]
    );
    put_right(&database, &["--rows", "1000"]);
}

#[test]
fn a_server_without_trigrams() {
    let database = Database::with(
        "CREATE TABLE note (id int PRIMARY KEY, body text, code char(3), name varchar(50));
         INSERT INTO note SELECT n, 'body ' || n, 'abc', 'name ' || n FROM generate_series(1, 1000) AS n;
         ANALYZE;
         -- A server whose packages do not have it.
         SET allow_system_table_mods = on;
         CREATE OR REPLACE VIEW pg_catalog.pg_available_extensions AS
             SELECT e.name, e.default_version, x.extversion AS installed_version, e.comment
             FROM pg_available_extensions() AS e (name, default_version, comment)
             LEFT JOIN pg_extension AS x ON e.name = x.extname
             WHERE e.name <> 'pg_trgm';",
    );
    let script = examined(&database.url, &["--rows", "500", "--sql"]);
    assert_eq!(
        statements(&script),
        [
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (to_tsvector('simple', body));",
            "CREATE INDEX CONCURRENTLY ON public.note USING gin (to_tsvector('simple', name));",
        ]
    );
    assert!(script.contains("the server has no pg_trgm"), "{script}");
    put_right(&database, &["--rows", "500"]);
}

/// An extension may be in a schema of its own, where hosted databases have it.
#[test]
fn trigrams_of_another_schema() {
    let database = Database::with(
        "CREATE SCHEMA \"Extensions\";
         CREATE EXTENSION pg_trgm SCHEMA \"Extensions\";
         CREATE TABLE note (id int PRIMARY KEY, body text);
         INSERT INTO note SELECT n, 'body ' || n FROM generate_series(1, 1000) AS n;",
    );
    let script = examined(&database.url, &["--rows", "500", "--sql"]);
    assert!(
        script.contains("USING gin (body \"Extensions\".gin_trgm_ops);"),
        "{script}"
    );
    put_right(&database, &["--rows", "500"]);
}

#[test]
fn a_role_that_may_read_the_catalog_alone() {
    let database = Database::with(SHOP);
    let all = examined(&database.url, &["--rows", "500", "--sql"]);
    let role = format!("{}_reader", database.name);
    database.run(&format!(
        "CREATE ROLE \"{role}\" LOGIN PASSWORD 'secret';
         REVOKE ALL ON SCHEMA public FROM public"
    ));
    let (_, rest) = database.url.split_once('@').unwrap();
    let url = format!("postgres://{role}:secret@{rest}");
    let inspect = || process::finish(umbel::command().args(["inspect", "--database", &url]));
    let closed = inspect();
    let seen = process::finish(&mut doctor(&url, &["--rows", "500", "--sql"]));
    database.run(&format!("GRANT USAGE ON SCHEMA public TO \"{role}\""));
    let unreadable = inspect();
    database.run(&format!("REVOKE USAGE ON SCHEMA public FROM \"{role}\""));
    database::run_as_admin(&format!("DROP ROLE \"{role}\""));
    assert_eq!(seen.code, Some(0), "{seen}");
    assert_eq!(statements(&seen.stdout), statements(&all));
    // Nothing could be shown to it.
    assert!(
        closed.stderr.contains("may not use the schema `public`"),
        "{closed}"
    );
    assert!(
        unreadable
            .stderr
            .contains("may not read any of the 5 tables"),
        "{unreadable}"
    );
}

#[test]
fn some_tables_of_some_schemas() {
    let database = Database::with(
        "CREATE SCHEMA \"Sales\";
         CREATE TABLE \"Sales\".event (id int PRIMARY KEY, at date);
         CREATE TABLE \"Sales\".other (id int PRIMARY KEY, at date);
         CREATE TABLE event (id int PRIMARY KEY, at date);",
    );
    let check = |arguments: &[&str], expect: &[&str]| {
        let script = examined(
            &database.url,
            &[arguments, &["--rows", "0", "--sql"]].concat(),
        );
        let of = |name: &str| format!("CREATE INDEX CONCURRENTLY ON {name} (at);");
        let expect: Vec<String> = expect.iter().map(|name| of(name)).collect();
        assert_eq!(statements(&script), expect);
    };
    check(&[], &["public.event"]);
    check(
        &["--schema", "Sales"],
        &["\"Sales\".event", "\"Sales\".other"],
    );
    check(
        &["--schema", "Sales", "--except", "oth*"],
        &["\"Sales\".event"],
    );
    check(
        &["--schema", "Sales", "--only", "other"],
        &["\"Sales\".other"],
    );
}

const FILE: &str = r#"
CREATE TABLE "User" (id INTEGER PRIMARY KEY, "full name" TEXT NOT NULL COLLATE NOCASE);
CREATE TABLE "order" (
    tenant INTEGER NOT NULL, "select" INTEGER NOT NULL, "user" INTEGER REFERENCES "User", at TIMESTAMP, done BOOLEAN,
    PRIMARY KEY (tenant, "select")
) WITHOUT ROWID;
CREATE TABLE "line ""x""" (
    id INTEGER PRIMARY KEY, "select" INTEGER, tenant INTEGER, name TEXT COLLATE NOCASE REFERENCES "User" ("full name"),
    FOREIGN KEY (tenant, "select") REFERENCES "order"
);
CREATE UNIQUE INDEX names ON "User" ("full name");
CREATE INDEX "order_user_idx" ON "order" ("user") WHERE done;
CREATE INDEX "by name" ON "line ""x""" (name COLLATE BINARY);
CREATE VIEW recent AS SELECT * FROM "order";
WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)
INSERT INTO "User" SELECT n, 'User ' || n FROM n;
INSERT INTO "order" SELECT 1, id, id, '2024-05-06 07:08:09', 1 FROM "User";
INSERT INTO "line ""x""" SELECT id, id, 1, "full name" FROM "User";
"#;

#[test]
fn what_a_file_misses() {
    let file = File::with(FILE);
    let before = fs::read(&file.path).unwrap();
    let script = examined(&file.url, &["--rows", "500", "--sql"]);
    assert_eq!(fs::read(&file.path).unwrap(), before, "nothing is written");
    let mut found = statements(&script);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "ANALYZE \"User\";",
            "ANALYZE \"line \"\"x\"\"\";",
            "ANALYZE \"order\";",
            "CREATE INDEX \"line \"\"x\"\"_name_idx\" ON \"line \"\"x\"\"\" (\"name\");",
            "CREATE INDEX \"line \"\"x\"\"_tenant_select_idx\" ON \"line \"\"x\"\"\" (\"tenant\", \"select\");",
            "CREATE INDEX \"order_at_idx\" ON \"order\" (\"at\");",
            "CREATE INDEX \"order_done_tenant_select_idx\" ON \"order\" (\"done\", \"tenant\", \"select\");",
            "CREATE INDEX \"order_user_idx1\" ON \"order\" (\"user\");",
        ],
        "{script}"
    );
    let text = examined(&file.url, &["--rows", "500"]);
    assert!(
        text.contains("looks for words in \"full name\" among recent rows alone"),
        "{text}"
    );
    let line = text.lines().find(|line| line.starts_with("\"User\" "));
    let words: Vec<&str> = line.unwrap_or_default().split_whitespace().collect();
    assert_eq!(words[1], "900", "{text}");
    assert!(words.contains(&"kB"), "{text}");
    file.run_all(&script);
    assert_eq!(examined(&file.url, &["--rows", "500", "--sql"]), NOTHING);
}

/// Where rows have large numbers and are few, the numbers say nothing.
#[test]
fn rows_of_a_file_are_counted_up_to_a_limit() {
    let file = File::with(
        "CREATE TABLE few (id INTEGER PRIMARY KEY, at DATE);
         INSERT INTO few VALUES (1, '2024-05-06'), (9223372036854775807, '2024-05-06');
         CREATE TABLE many (id INTEGER PRIMARY KEY, at DATE);
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 120000)
         INSERT INTO many SELECT n * 1000000000, '2024-05-06' FROM n;",
    );
    let text = examined(&file.url, &[]);
    assert!(!text.contains("few"), "{text}");
    assert!(text.contains("1 smaller table needs none."), "{text}");
    let line = text.lines().nth(1).unwrap_or_default();
    let rows = line.split_whitespace().nth(1).unwrap_or_default();
    let rows: u64 = rows.replace(',', "").parse().unwrap();
    let bytes = fs::metadata(&file.path).unwrap().len();
    assert!((120_000..=bytes).contains(&rows), "{text}");
}

/// Makes an application of the events, without building it.
#[track_caller]
fn application(folder: &Path, database: &Database, settings: &str) {
    let made = umbel::command()
        .arg("new")
        .arg(folder)
        .args(["--database", &database.url, "--only", "event"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let file = folder.join("umbel.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{text}\n{settings}")).unwrap();
}

#[test]
fn what_the_application_says_of_its_tables() {
    let database = Database::with(
        "CREATE TABLE event (id int PRIMARY KEY, at timestamptz, kind int, note text, secret_note text);
         CREATE TABLE other (id int PRIMARY KEY, at timestamptz);
         INSERT INTO event SELECT n, now(), n, 'note ' || n, 'x ' || n FROM generate_series(1, 1000) AS n;
         INSERT INTO other SELECT n, now() FROM generate_series(1, 1000) AS n;
         CREATE EXTENSION pg_trgm;
         ANALYZE;",
    );
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    application(
        &shop,
        &database,
        "[table.event]
         sort = [\"kind\", \"-at\"]
         list = [\"note\"]
         [table.event.column.secret_note]
         hidden = true\n",
    );
    let expect = [
        "CREATE INDEX CONCURRENTLY ON public.event (kind, at DESC);",
        "CREATE INDEX CONCURRENTLY ON public.event USING gin (note gin_trgm_ops);",
    ];
    let options = ["doctor", "--rows", "500", "--sql"];
    // In its folder, the database is the one of `.env`.
    let inside = process::succeed(
        umbel::command()
            .args(options)
            .current_dir(shop.join("src"))
            .env_remove("DATABASE_URL"),
    );
    assert_eq!(statements(&inside), expect);
    let beside = process::succeed(
        umbel::command()
            .args(options)
            .arg("-C")
            .arg(&shop)
            .current_dir(folder.path())
            .env("DATABASE_URL", &database.url),
    );
    assert_eq!(beside, inside);
}

#[track_caller]
fn check_refused(command: &mut Command, words: &[&str]) {
    let refused: Finished = process::finish(command.env_remove("DATABASE_URL"));
    assert_eq!(refused.code, Some(1), "{refused}");
    assert_eq!(refused.stdout, "", "{refused}");
    for word in words {
        assert!(refused.stderr.contains(word), "{word:?} in {refused}");
    }
}

#[test]
fn what_cannot_be_examined() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.sql");
    fs::write(&file, "CREATE TABLE film (id int PRIMARY KEY);\n").unwrap();
    let file = file.to_str().unwrap();
    check_refused(
        &mut doctor(file, &[]),
        &["schema.sql", "it is a text file", "name a database"],
    );
    check_refused(
        umbel::command().arg("doctor").current_dir(folder.path()),
        &["no database is named"],
    );
    let database = Database::with("CREATE TABLE film (id int PRIMARY KEY)");
    check_refused(
        &mut doctor(&database.url, &["--schema", "no"]),
        &["schema `no` does not exist"],
    );
    check_refused(
        &mut doctor(&database.url, &["--only", "flim"]),
        &["no table or view matches `flim`"],
    );
    check_refused(
        doctor(&database.url, &["-C"]).arg(folder.path()),
        &["lies in no application"],
    );
    let shop = File::with("CREATE TABLE film (id INTEGER PRIMARY KEY)");
    check_refused(
        &mut doctor(&shop.url, &["--schema", "public"]),
        &["has no schema but `main`"],
    );
}
