//! How each tool is told, and what is read of folders as its users have them.

mod names;
mod parts;

use super::{Folder, LeftOut, choose};

/// A folder of files, those without a text being `CREATE TABLE t (id int);`.
fn folder(path: &str, files: &[(&str, &str)]) -> Folder {
    let text = |text: &str| match text {
        "" => "CREATE TABLE t (id int);".to_owned(),
        text => text.to_owned(),
    };
    Folder {
        path: path.to_owned(),
        files: files
            .iter()
            .map(|(name, own)| ((*name).to_owned(), text(own)))
            .collect(),
    }
}

/// The tool that a folder is taken for, the files that are read in their order, and those that are not.
#[track_caller]
fn check(files: &[(&str, &str)], tool: Option<&str>, read: &[&str], left_out: &[&str]) {
    let choice = choose(&folder("/srv/app", files));
    assert_eq!(choice.tool, tool);
    assert_eq!(choice.files, read);
    let mut left: Vec<&str> = choice
        .left_out
        .iter()
        .map(|LeftOut { path, .. }| path.as_str())
        .collect();
    left.sort_unstable();
    assert_eq!(left, left_out);
}

#[test]
fn goose() {
    let migration = "-- +goose Up\nCREATE TABLE a (b int);\n-- +goose Down\nDROP TABLE a;";
    check(
        &[
            ("00002_b.sql", migration),
            ("10_c.sql", migration),
            ("00001_a.sql", "  -- +goose up\n"),
            ("seed.sql", ""),
            ("3_d.go", ""),
        ],
        Some("goose"),
        &["00001_a.sql", "00002_b.sql", "10_c.sql"],
        &["seed.sql"],
    );
}

#[test]
fn sql_migrate() {
    let migration = "-- +migrate Up\nCREATE TABLE a (b int);\n-- +migrate Down\nDROP TABLE a;";
    check(
        &[("10-a.sql", migration), ("2-b.sql", migration)],
        Some("sql-migrate"),
        &["2-b.sql", "10-a.sql"],
        &[],
    );
}

#[test]
fn dbmate_with_its_schema_beside() {
    let migration = "-- migrate:up\nCREATE TABLE a (b int);\n\n-- migrate:down\nDROP TABLE a;";
    check(
        &[
            ("migrations/20240101_a.sql", migration),
            ("migrations/20240102_b.sql", migration),
            ("schema.sql", ""),
        ],
        Some("dbmate"),
        &["migrations/20240101_a.sql", "migrations/20240102_b.sql"],
        &["schema.sql"],
    );
}

#[test]
fn tern() {
    let migration = "create table a (b int);\n---- create above / drop below ----\ndrop table a;";
    check(
        &[
            ("001_a.sql", migration),
            ("002_b.sql", ""),
            ("shared/x.sql", ""),
        ],
        Some("tern"),
        &["001_a.sql", "002_b.sql"],
        &["shared/x.sql"],
    );
}

#[test]
fn node_pg_migrate() {
    let migration = "-- Up Migration\nCREATE TABLE a (b int);\n-- Down Migration\nDROP TABLE a;";
    check(
        &[("1700_a.sql", migration), ("900_b.sql", "")],
        Some("node-pg-migrate"),
        &["900_b.sql", "1700_a.sql"],
        &[],
    );
}

#[test]
fn tools_that_mark_the_way_back() {
    check(
        &[("1_a.sql", "-- //@UNDO\n")],
        Some("MyBatis Migrations"),
        &["1_a.sql"],
        &[],
    );
    check(
        &[("1.sql", "# --- !Ups\n\n# --- !Downs\n")],
        Some("Play evolutions"),
        &["1.sql"],
        &[],
    );
    check(
        &[("1.sql", "-- rambler up\n-- rambler down\n")],
        Some("Rambler"),
        &["1.sql"],
        &[],
    );
    check(
        &[("1.sql", "-- UP\n-- DOWN\n")],
        Some("files with an Up and a Down part"),
        &["1.sql"],
        &[],
    );
    check(
        &[("1.sql", "-- rollback\nDROP TABLE a;")],
        None,
        &["1.sql"],
        &[],
    );
}
