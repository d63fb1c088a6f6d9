//! Folders of migrations as their tools write them: what is read of one is what PostgreSQL makes of the parts that the
//! tool would run.

use umbel_schema::postgres::{self, ReadOptions};
use umbel_schema::sql::tools::{Folder, choose};
use umbel_schema::sql::{self, SqlFile};
use umbel_tests::database::Database;

use crate::compare::differences;

/// What the migrations of every folder come to.
const UP: &str = "
CREATE TYPE rating AS ENUM ('G', 'R');
CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL, rated rating);
CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql;
ALTER TABLE film ADD COLUMN length integer CHECK (length > 0);
CREATE TRIGGER touched BEFORE UPDATE ON film FOR EACH ROW EXECUTE FUNCTION touch();
";

const MAKES: &str = "CREATE TYPE rating AS ENUM ('G', 'R');
CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL, rated rating);";

const FUNCTION: &str = "CREATE FUNCTION touch() RETURNS trigger AS $$
BEGIN
    RETURN NEW;
END;
$$ LANGUAGE plpgsql";

const ALTERS: &str = "ALTER TABLE film ADD COLUMN length integer CHECK (length > 0);
CREATE TRIGGER touched BEFORE UPDATE ON film FOR EACH ROW EXECUTE FUNCTION touch();";

const UNDOES: &str = "DROP TABLE film CASCADE;\nDROP TYPE rating CASCADE;";

/// Reads a folder, the texts of which are put together from the parts above, and compares it with a server that was
/// given these parts in their order.
#[track_caller]
fn check(tool: Option<&str>, files: &[(&str, String)]) {
    let folder = Folder {
        path: "/srv/app/db".to_owned(),
        files: files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.clone()))
            .collect(),
    };
    let choice = choose(&folder);
    assert_eq!(choice.tool, tool);
    let file = |name: &String| SqlFile {
        name: name.clone(),
        text: folder.files[name].clone(),
    };
    let files: Vec<SqlFile> = choice.files.iter().map(file).collect();
    let options = ReadOptions::default();
    let reading = sql::read(&files, &options).expect("the files are read");
    assert_eq!(reading.warnings, []);
    let database = Database::with(UP);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    let live = runtime
        .block_on(postgres::read(&database.url, &options))
        .expect("the database is read");
    let found: Vec<String> = differences(&live, &reading.schema)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn goose() {
    check(
        Some("goose"),
        &[
            (
                "00001_makes.sql",
                format!(
                    "-- +goose Up\n{MAKES}\n\n-- +goose StatementBegin\n{FUNCTION}\n-- +goose StatementEnd\n\n-- +goose Down\n{UNDOES}"
                ),
            ),
            (
                "00002_alters.sql",
                format!(
                    "-- +goose NO TRANSACTION\n  -- +goose Up\n{ALTERS}\n  -- +goose Down\nALTER TABLE film DROP COLUMN length;"
                ),
            ),
            ("00003_add.go", String::new()),
        ],
    );
}

#[test]
fn dbmate() {
    check(
        Some("dbmate"),
        &[
            (
                "migrations/20240101000000_makes.sql",
                format!("-- migrate:up\n{MAKES}\n{FUNCTION}\n\n-- migrate:down\n{UNDOES}"),
            ),
            (
                "migrations/20240102000000_alters.sql",
                format!(
                    "-- migrate:up transaction:false\n{ALTERS}\n-- migrate:down\nDROP TABLE film"
                ),
            ),
            ("schema.sql", MAKES.to_owned()),
        ],
    );
}

#[test]
fn sql_migrate() {
    check(
        Some("sql-migrate"),
        &[
            (
                "2-alters.sql",
                format!(
                    "-- +migrate Up notransaction\n{ALTERS}\n-- +migrate Down\nDROP TABLE film;"
                ),
            ),
            (
                "1-makes.sql",
                format!(
                    "-- +migrate Up\n{MAKES}\n-- +migrate StatementBegin\n{FUNCTION};\n-- +migrate StatementEnd\n-- +migrate Down\n{UNDOES}"
                ),
            ),
        ],
    );
}

#[test]
fn tern_and_node_pg_migrate() {
    check(
        Some("tern"),
        &[
            (
                "001_makes.sql",
                format!("{MAKES}\n{FUNCTION};\n\n---- create above / drop below ----\n\n{UNDOES}"),
            ),
            ("002_alters.sql", ALTERS.to_owned()),
        ],
    );
    check(
        Some("node-pg-migrate"),
        &[
            (
                "1700000000000_makes.sql",
                format!("-- Up Migration\n{MAKES}\n{FUNCTION};\n-- Down Migration\n{UNDOES}"),
            ),
            (
                "1700000000001_alters.sql",
                format!("{ALTERS}\n-- Down Migration\nDROP TABLE film;"),
            ),
        ],
    );
}

#[test]
fn golang_migrate_and_sqlx() {
    check(
        Some("golang-migrate, sqlx"),
        &[
            ("1_makes.up.sql", MAKES.to_owned()),
            ("1_makes.down.sql", UNDOES.to_owned()),
            ("2_function.sql", FUNCTION.to_owned()),
            ("10_alters.up.sql", ALTERS.to_owned()),
            ("10_alters.down.sql", UNDOES.to_owned()),
        ],
    );
}

#[test]
fn flyway() {
    check(
        Some("Flyway"),
        &[
            ("R__function.sql", FUNCTION.replace("CREATE", "CREATE OR REPLACE")),
            ("V1__makes.sql", MAKES.to_owned()),
            ("V1_2__length.sql", "ALTER TABLE film ADD COLUMN length integer CHECK (length > 0);".to_owned()),
            ("V1.10__nothing.sql", "ALTER TABLE film ALTER COLUMN length SET NOT NULL;".to_owned()),
            ("V17.1__nullable.sql", "ALTER TABLE film ALTER COLUMN length DROP NOT NULL;".to_owned()),
            ("R__z_trigger.sql", "CREATE TRIGGER touched BEFORE UPDATE ON film FOR EACH ROW EXECUTE FUNCTION touch();".to_owned()),
            ("U1__makes.sql", UNDOES.to_owned()),
        ],
    );
}

#[test]
fn prisma_diesel_and_hasura() {
    check(
        Some("Prisma"),
        &[
            (
                "migration_lock.toml",
                "provider = \"postgresql\"".to_owned(),
            ),
            (
                "20240101000000_init/migration.sql",
                format!("-- CreateEnum\n{MAKES}\n{FUNCTION};"),
            ),
            ("20240102000000_length/migration.sql", ALTERS.to_owned()),
        ],
    );
    check(
        Some("Diesel"),
        &[
            (
                "2024-01-01-000000_makes/up.sql",
                format!("{MAKES}\n{FUNCTION};"),
            ),
            ("2024-01-01-000000_makes/down.sql", UNDOES.to_owned()),
            ("2024-01-02-000000_alters/up.sql", ALTERS.to_owned()),
            ("2024-01-02-000000_alters/down.sql", UNDOES.to_owned()),
        ],
    );
    check(
        Some("Hasura"),
        &[
            (
                "default/1700000000000_makes/up.sql",
                format!("{MAKES}\n{FUNCTION};"),
            ),
            ("default/1700000000000_makes/down.sql", UNDOES.to_owned()),
            ("default/1700000000001_alters/up.sql", ALTERS.to_owned()),
        ],
    );
}

#[test]
fn drizzle() {
    let journal = r#"{"version":"7","dialect":"postgresql","entries":[
        {"idx":0,"version":"7","when":1,"tag":"0000_makes","breakpoints":true},
        {"idx":1,"version":"7","when":2,"tag":"0001_alters","breakpoints":true}]}"#;
    check(
        Some("Drizzle"),
        &[
            ("meta/_journal.json", journal.to_owned()),
            (
                "0000_makes.sql",
                MAKES.replace(";\n", ";--> statement-breakpoint\n")
                    + "\n--> statement-breakpoint\n"
                    + FUNCTION,
            ),
            (
                "0001_alters.sql",
                ALTERS.replace(";\n", "\n--> statement-breakpoint\n"),
            ),
            ("0001_orphan.sql", UNDOES.to_owned()),
        ],
    );
}

#[test]
fn sqitch() {
    let plan = "%syntax-version=1.0.0\n%project=shop\n\nmakes 2024-01-01T00:00:00Z Ann <a@b.c> # Makes films.\n\
        alters [makes] 2024-01-01T00:00:00Z Ann <a@b.c> # Alters them.\n";
    check(
        Some("Sqitch"),
        &[
            ("sqitch.plan", plan.to_owned()),
            (
                "deploy/alters.sql",
                format!("-- Deploy shop:alters to pg\nBEGIN;\n{ALTERS}\nCOMMIT;"),
            ),
            (
                "deploy/makes.sql",
                format!("-- Deploy shop:makes to pg\nBEGIN;\n{MAKES}\n{FUNCTION};\nCOMMIT;"),
            ),
            ("revert/makes.sql", format!("BEGIN;\n{UNDOES}\nCOMMIT;")),
            (
                "verify/makes.sql",
                "BEGIN; SELECT film_id FROM film WHERE false; ROLLBACK;".to_owned(),
            ),
        ],
    );
}

#[test]
fn liquibase() {
    let head = "--liquibase formatted sql";
    check(
        Some("Liquibase"),
        &[
            (
                "1.sql",
                format!(
                    "{head}\n\n--changeset ann:1 dbms:postgresql\n{MAKES}\n--rollback DROP TABLE film;\n\n--changeset ann:2 endDelimiter:/\n{FUNCTION}\n/\n"
                ),
            ),
            (
                "2.sql",
                format!(
                    "{head}\n--changeset ann:3 dbms:h2\n{UNDOES}\n--changeset ann:4\n{ALTERS}\n--rollback ALTER TABLE film DROP length;"
                ),
            ),
        ],
    );
}

#[test]
fn atlas_and_supabase() {
    check(
        Some("Atlas"),
        &[
            ("atlas.sum", "h1:x\n".to_owned()),
            (
                "20240101000000_makes.sql",
                format!("-- atlas:txmode none\n\n{MAKES}\n{FUNCTION};"),
            ),
            ("20240102000000_alters.sql", ALTERS.to_owned()),
        ],
    );
    check(
        Some("Supabase"),
        &[
            ("supabase/config.toml", "project_id = \"shop\"".to_owned()),
            (
                "supabase/migrations/20240101000000_makes.sql",
                format!("{MAKES}\n{FUNCTION};"),
            ),
            (
                "supabase/migrations/20240102000000_alters.sql",
                ALTERS.to_owned(),
            ),
            (
                "supabase/seed.sql",
                "INSERT INTO film VALUES (1, 'a');".to_owned(),
            ),
        ],
    );
}

#[test]
fn rails_and_django() {
    check(
        Some("Rails"),
        &[
            (
                "structure.sql",
                format!(
                    "SET search_path = public;\n{MAKES}\n{FUNCTION};\n{ALTERS}\nINSERT INTO \"schema_migrations\" (version) VALUES\n('20240101');\n"
                ),
            ),
            ("migrate/20240101_makes.rb", String::new()),
        ],
    );
    // What `sqlmigrate` prints, in files that a person numbered.
    check(
        None,
        &[
            (
                "0001.sql",
                format!("BEGIN;\n--\n-- Create model Film\n--\n{MAKES}\n{FUNCTION};\nCOMMIT;\n"),
            ),
            (
                "0002.sql",
                format!("BEGIN;\n--\n-- Add field length to film\n--\n{ALTERS}\nCOMMIT;\n"),
            ),
        ],
    );
}

#[test]
fn numbered_files_of_no_tool() {
    check(
        None,
        &[
            ("10-alters.sql", ALTERS.to_owned()),
            ("1-makes.sql", MAKES.replace("'G', 'R'", "'G', 'X'")),
            (
                "2-function.sql",
                format!("ALTER TYPE rating RENAME VALUE 'X' TO 'R';\n{FUNCTION};"),
            ),
        ],
    );
}
