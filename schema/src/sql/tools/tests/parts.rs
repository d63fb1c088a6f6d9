//! Which part of a file each tool runs.

use crate::sql::tools::part;

/// What of a text is run; blanks at the ends of lines do not matter.
#[track_caller]
fn check(text: &str, expect: &str) {
    let found = part("1_film.sql", text);
    assert_eq!(found.len(), text.len(), "places stay what they are");
    let lines: Vec<&str> = found
        .lines()
        .map(str::trim)
        .filter(|line| !matches!(*line, "" | ";"))
        .collect();
    assert_eq!(lines.join("\n"), expect, "{text}");
}

#[test]
fn only_up() {
    check("-- +goose Up\na;\n-- +goose Down\nb;\n", "a;");
    check(
        "-- +goose Up\n-- +goose StatementBegin\na\n-- +goose StatementEnd\nb;\n  --+goose down\nc;",
        "a\nb;",
    );
    check("-- +goose Down\nb;\n-- +goose Up\na é;\n", "a é;");
    check(
        "-- +migrate Up notransaction\na;\r\n-- +migrate Down\r\né;\r\n",
        "a;",
    );
    check(
        "-- migrate:up transaction:false\na\n-- migrate:down\nb;",
        "a",
    );
    check("a\n---- create above / drop below ----\nb", "a");
    check("--- up migration\na;\n--  Down Migration\nb;", "a;");
    check("a;\n-- Down Migration\nb;", "a;");
    check(
        "# --- !Ups\n# a heading\na;\n# --- !Downs\nb;",
        "# a heading\na;",
    );
    check("-- // a\na;\n-- //@UNDO\nb;", "-- // a\na;");
}

#[test]
fn statements_that_a_mark_ends() {
    check("a--> statement-breakpoint\nb", "a;\nb");
    check(
        "-- atlas:delimiter -- end\n\na;b -- end\nc",
        "-- atlas:delimiter -- end\na;b ;\nc",
    );
}

#[test]
fn sections_of_atlas() {
    check(
        "-- atlas:txtar\n\n-- checks.sql --\na;\n-- migration.sql --\nb;\n-- down.sql --\nc;",
        "b;",
    );
}

#[test]
fn changesets() {
    let head = "--liquibase formatted sql";
    check(
        &format!("{head}\n--changeset a:1\na;\n--rollback b;\n"),
        &format!("{head}\na;\n--rollback b;"),
    );
    check(
        &format!(
            "{head}\n--changeset a:1 dbms:mysql\na;\n-- changeset a:2 dbms:\"h2,postgresql\"\nb\n"
        ),
        &format!("{head}\nb"),
    );
    check(
        &format!("{head}\n--changeset a:1 endDelimiter:/\na;b;\n/\nc\n"),
        &format!("{head}\na;b;\nc"),
    );
    check(
        &format!("{head}\n--changeset a:1\n--ignoreLines:start\na;\n--ignoreLines:end\nb;"),
        &format!("{head}\n--ignoreLines:start\n--ignoreLines:end\nb;"),
    );
}

#[test]
fn nothing_of_other_files() {
    check("-- Down\na;", "-- Down\na;");
    check("SELECT '-- migrate:down';", "SELECT '-- migrate:down';");
}

/// A half of a pair is one: what its comments say of up and down is no mark.
#[test]
fn halves_of_pairs() {
    let text = "-- Up migration: makes it\ncreate table a (id int);\n-- Down migration: see 1_a.down.sql\n";
    assert_eq!(part("1_a.up.sql", text), text);
    assert_ne!(part("1_a.sql", text), text);
}
