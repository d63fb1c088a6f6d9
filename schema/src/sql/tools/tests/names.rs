//! Folders whose files say by their names and places what they are.

use super::{check, folder};
use crate::model::Dialect;
use crate::sql::tools::choose;

#[test]
fn flyway() {
    check(
        &[
            ("V10__c.sql", ""),
            ("V1_10__b.sql", ""),
            ("V1.9__a.sql", ""),
            ("V17.1__d.sql", ""),
            ("U10__c.sql", ""),
            ("R__b_view.sql", ""),
            ("R__a_view.sql", ""),
            ("notes.sql", ""),
            ("afterMigrate.sql", ""),
        ],
        Some("Flyway"),
        &[
            "V1.9__a.sql",
            "V1_10__b.sql",
            "V10__c.sql",
            "V17.1__d.sql",
            "R__a_view.sql",
            "R__b_view.sql",
            "afterMigrate.sql",
        ],
        &["U10__c.sql", "notes.sql"],
    );
    check(
        &[
            ("common/V1__a.sql", ""),
            ("V2__b.sql", ""),
            ("B2__base.sql", ""),
            ("V3__c.sql", ""),
        ],
        Some("Flyway"),
        &["B2__base.sql", "V3__c.sql"],
        &["V2__b.sql", "common/V1__a.sql"],
    );
}

#[test]
fn refinery() {
    check(
        &[("U2__b.sql", ""), ("V1__a.sql", ""), ("V3__c.rs", "")],
        Some("refinery"),
        &["V1__a.sql", "U2__b.sql"],
        &[],
    );
}

#[test]
fn prisma() {
    let files = [
        (
            "prisma/migrations/migration_lock.toml",
            "provider = \"sqlite\"\n",
        ),
        ("prisma/migrations/20240102_b/migration.sql", ""),
        ("prisma/migrations/20240101_a/migration.sql", ""),
        ("prisma/seed.sql", ""),
    ];
    check(
        &files,
        Some("Prisma"),
        &[
            "prisma/migrations/20240101_a/migration.sql",
            "prisma/migrations/20240102_b/migration.sql",
        ],
        &["prisma/seed.sql"],
    );
    assert_eq!(
        choose(&folder("/srv", &files)).dialect,
        Some(Dialect::Sqlite)
    );
    let mysql = [
        ("migration_lock.toml", "provider = \"mysql\""),
        ("1_a/migration.sql", ""),
    ];
    assert_eq!(
        choose(&folder("/srv", &mysql)).foreign.as_deref(),
        Some("MySQL")
    );
}

#[test]
fn drizzle() {
    let journal = r#"{"version":"7","dialect":"postgresql","entries":[
        {"idx":1,"version":"7","when":1,"tag":"0000_late","breakpoints":true},
        {"idx":0,"version":"7","when":2,"tag":"0001_first","breakpoints":true}]}"#;
    check(
        &[
            ("meta/_journal.json", journal),
            ("0000_late.sql", ""),
            ("0001_first.sql", ""),
            ("0002_orphan.sql", ""),
        ],
        Some("Drizzle"),
        &["0001_first.sql", "0000_late.sql"],
        &["0002_orphan.sql"],
    );
}

#[test]
fn folders_with_up_and_down() {
    check(
        &[
            ("2024-01-02-000000_b/up.sql", ""),
            ("2024-01-02-000000_b/down.sql", ""),
            ("2024-01-01-000000_a/up.sql", ""),
            ("00000000000000_diesel_initial_setup/up.sql", ""),
        ],
        Some("Diesel"),
        &[
            "00000000000000_diesel_initial_setup/up.sql",
            "2024-01-01-000000_a/up.sql",
            "2024-01-02-000000_b/up.sql",
        ],
        &["2024-01-02-000000_b/down.sql"],
    );
    check(
        &[
            ("migrations/default/1700000000000_a/up.sql", ""),
            ("migrations/default/1700000000000_a/down.sql", ""),
        ],
        Some("Hasura"),
        &["migrations/default/1700000000000_a/up.sql"],
        &["migrations/default/1700000000000_a/down.sql"],
    );
}

#[test]
fn pairs_of_files() {
    check(
        &[
            ("1_a.up.sql", ""),
            ("1_a.down.sql", ""),
            ("10_c.up.sql", ""),
            ("2_b.up.sql", ""),
            ("3_simple.sql", ""),
        ],
        Some("golang-migrate, sqlx"),
        &["1_a.up.sql", "2_b.up.sql", "3_simple.sql", "10_c.up.sql"],
        &["1_a.down.sql"],
    );
    // What their comments say is no mark of node-pg-migrate.
    check(
        &[
            (
                "1_a.up.sql",
                "-- Up migration: makes it\ncreate table a (id int);",
            ),
            (
                "1_a.down.sql",
                "-- Down migration: takes it back\ndrop table a;",
            ),
        ],
        Some("golang-migrate, sqlx"),
        &["1_a.up.sql"],
        &["1_a.down.sql"],
    );
    check(
        &[("001.do.sql", ""), ("001.undo.sql", "")],
        Some("Postgrator"),
        &["001.do.sql"],
        &["001.undo.sql"],
    );
    check(
        &[("1-a-up.sql", ""), ("1-a-down.sql", "")],
        Some("db-migrate"),
        &["1-a-up.sql"],
        &["1-a-down.sql"],
    );
    check(
        &[("1_sign_up.sql", ""), ("2_x.sql", "")],
        None,
        &["1_sign_up.sql", "2_x.sql"],
        &[],
    );
}

#[test]
fn sqitch() {
    let plan = "%syntax-version=1.0.0\n%project=shop\n\nschema 2024-01-01T00:00:00Z Ann <a@b.c> # Makes it.\n\
        users [schema] 2024-01-01T00:00:00Z Ann <a@b.c>\n@v1 2024-01-02T00:00:00Z Ann <a@b.c>\n\n\
        users [users@v1] 2024-01-03T00:00:00Z Ann <a@b.c>\n";
    check(
        &[
            ("sqitch.plan", plan),
            ("deploy/schema.sql", ""),
            ("deploy/users.sql", ""),
            ("deploy/users@v1.sql", ""),
            ("revert/users.sql", ""),
            ("verify/users.sql", ""),
        ],
        Some("Sqitch"),
        &[
            "deploy/schema.sql",
            "deploy/users@v1.sql",
            "deploy/users.sql",
        ],
        &["revert/users.sql", "verify/users.sql"],
    );
}

#[test]
fn supabase() {
    let files = [
        ("20240102000000_b.sql", ""),
        ("20240101000000_a.sql", ""),
        ("notes.sql", ""),
    ];
    let choice = choose(&folder("/srv/app/supabase/migrations", &files));
    assert_eq!(choice.tool, Some("Supabase"));
    assert_eq!(
        choice.files,
        ["20240101000000_a.sql", "20240102000000_b.sql"]
    );
    check(
        &[
            ("supabase/config.toml", "project_id = \"app\""),
            ("supabase/migrations/2024_a.sql", ""),
            ("supabase/seed.sql", ""),
        ],
        Some("Supabase"),
        &["supabase/migrations/2024_a.sql"],
        &["supabase/seed.sql"],
    );
}

#[test]
fn atlas() {
    check(
        &[
            ("atlas.sum", "h1:x\n"),
            ("1_a.sql", ""),
            ("2_b.sql", "-- atlas:checkpoint\n\nCREATE TABLE t (id int);"),
            ("3_c.sql", ""),
        ],
        Some("Atlas"),
        &["2_b.sql", "3_c.sql"],
        &["1_a.sql"],
    );
}

#[test]
fn liquibase() {
    let sql = "--liquibase formatted sql\n--changeset ann:1\nCREATE TABLE a (b int);";
    check(
        &[("1.sql", sql), ("2.sql", sql)],
        Some("Liquibase"),
        &["1.sql", "2.sql"],
        &[],
    );
    let master = "databaseChangeLog:\n  - include:\n      file: changes/b.sql\n  - include:\n      file: more.xml\n";
    let more = "<databaseChangeLog><includeAll path=\"classpath:db/late/\"/></databaseChangeLog>";
    check(
        &[
            ("master.yaml", master),
            ("more.xml", more),
            ("changes/a.sql", sql),
            ("changes/b.sql", sql),
            ("db/late/2.sql", ""),
            ("db/late/1.sql", ""),
        ],
        Some("Liquibase"),
        &["changes/b.sql", "db/late/1.sql", "db/late/2.sql"],
        &["changes/a.sql"],
    );
}

#[test]
fn graphile_migrate() {
    check(
        &[
            ("current.sql", ""),
            ("committed/000002.sql", "--! Previous: x"),
            ("committed/000001.sql", "--! Previous: -"),
            ("fixtures/a.sql", ""),
        ],
        Some("Graphile Migrate"),
        &[
            "committed/000001.sql",
            "committed/000002.sql",
            "current.sql",
        ],
        &["fixtures/a.sql"],
    );
}

#[test]
fn rails() {
    check(
        &[
            (
                "structure.sql",
                "INSERT INTO \"schema_migrations\" (version) VALUES ('1');",
            ),
            ("migrate/1_a.rb", ""),
            ("views/x_v01.sql", ""),
        ],
        Some("Rails"),
        &["structure.sql"],
        &["views/x_v01.sql"],
    );
}

#[test]
fn folders_of_no_tool() {
    check(
        &[("10-c.sql", ""), ("2-b.sql", ""), ("1-a.sql", "")],
        None,
        &["1-a.sql", "2-b.sql", "10-c.sql"],
        &[],
    );
    // A dump of what the migrations make, beside them, and what would take everything away.
    check(
        &[
            ("schema.sql", ""),
            ("1.sql", ""),
            ("drop.sql", "DROP TABLE t;"),
            ("seed.sql", "INSERT INTO t VALUES (1);"),
        ],
        None,
        &["1.sql", "seed.sql"],
        &["drop.sql", "schema.sql"],
    );
    // A schema that the migrations go on from.
    check(
        &[
            ("schema.sql", "CREATE TABLE a (id int);"),
            ("1.sql", "ALTER TABLE a ADD b int;"),
        ],
        None,
        &["schema.sql", "1.sql"],
        &[],
    );
    check(
        &[
            ("schema.sql", "CREATE TABLE a (id int);"),
            ("migrations/1.sql", "ALTER TABLE a ADD b int;"),
        ],
        None,
        &["schema.sql", "migrations/1.sql"],
        &[],
    );
    check(
        &[("up/1.sql", ""), ("down/1.sql", "DROP TABLE t;")],
        None,
        &["up/1.sql"],
        &["down/1.sql"],
    );
    check(
        &[("app/db/1.sql", ""), ("app/db/2.sql", "")],
        None,
        &["app/db/1.sql", "app/db/2.sql"],
        &[],
    );
    check(
        &[("a.sql", ""), ("old/b.sql", "")],
        None,
        &["a.sql"],
        &["old/b.sql"],
    );
}
