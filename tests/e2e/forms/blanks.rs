//! Inputs that are left empty: a text without characters is a value, and none is none.

use super::Office;

/// A row of `blank`: null is `~`.
fn row(office: &Office) -> String {
    let columns = [
        "by_default",
        "code",
        "remark",
        "kind",
        "filled",
        "made",
        "must",
    ];
    let columns = columns.map(|column| format!("coalesce({column}, '~')"));
    office.rows.run(&format!(
        "SELECT {} FROM blank",
        columns.join(" || '/' || ")
    ))
}

#[test]
fn a_form_as_it_comes_keeps_the_defaults() {
    for office in Office::both() {
        let mut form = office.http.open("/blank/new").form();
        form.set("must", "x");
        let saved = office.http.submit(&form);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(row(&office), "//~//~/soon/x");
        assert_eq!(office.rows.run("SELECT due FROM blank"), "2026-01-02");
    }
}

#[test]
fn a_person_chooses_what_is_left_empty_where_there_is_a_choice() {
    for office in Office::both() {
        let page = office.http.open("/blank/new");
        let mut form = page.form();
        let mut choices = page.attributes("select[name^='_.blank.']", "name");
        // To SQLite, a date is a function's result; to PostgreSQL it is a constant.
        choices.retain(|name| name != "_.blank.due");
        assert_eq!(
            choices,
            ["_.blank.code", "_.blank.remark", "_.blank.made"],
            "{page}"
        );
        form.set("must", "x");
        form.set("_.blank.code", "null");
        form.set("_.blank.remark", "empty");
        form.set("_.blank.made", "null");
        assert_eq!(office.http.submit(&form).status, 303);
        assert_eq!(row(&office), "/~///~/~/x");
    }
}

#[test]
fn what_is_left_as_it_was_is_neither_made_empty_nor_made_null() {
    for office in Office::both() {
        for (code, remark, made) in [
            ("''", "''", "''"),
            ("NULL", "NULL", "NULL"),
            ("'c'", "'r'", "'m'"),
        ] {
            office.rows.run("DELETE FROM blank");
            office.rows.run(&format!(
                "INSERT INTO blank (code, remark, made, must) VALUES ({code}, {remark}, {made}, '')"
            ));
            let before = row(&office);
            let id = office.rows.run("SELECT id FROM blank");
            let form = office.http.open(&format!("/blank/{id}/edit")).form();
            assert_eq!(office.http.submit(&form).status, 303);
            assert_eq!(row(&office), before);
            // Nor when another field is changed.
            let mut form = office.http.open(&format!("/blank/{id}/edit")).form();
            form.set("by_default", "d");
            assert_eq!(office.http.submit(&form).status, 303);
            assert_eq!(row(&office), format!("d{before}"));
        }
    }
}

#[test]
fn a_row_is_changed_from_empty_to_null_and_back() {
    for office in Office::both() {
        office.rows.run(
            "INSERT INTO blank (id, code, remark, made, must) VALUES (7, 'c', NULL, 'm', 'x')",
        );
        let change = |column: &str, text: &str, blank: &str| {
            let mut form = office.http.open("/blank/7/edit").form();
            form.set(column, text);
            form.set(&format!("_.blank.{column}"), blank);
            let saved = office.http.submit(&form);
            assert_eq!(saved.status, 303, "{saved}");
            office
                .rows
                .run(&format!("SELECT coalesce({column}, '~') FROM blank"))
        };
        assert_eq!(change("remark", "", "empty"), "");
        assert_eq!(change("remark", "", "null"), "~");
        assert_eq!(
            change("remark", "r", "empty"),
            "r",
            "what was typed is meant"
        );
        assert_eq!(change("code", "", "empty"), "");
        assert_eq!(change("code", "", "null"), "~");
        assert_eq!(change("made", "", "empty"), "");
        assert_eq!(change("made", "", "null"), "~");
    }
}

#[test]
fn a_text_that_someone_else_made_empty_is_told_from_none() {
    for office in Office::both() {
        office
            .rows
            .run("INSERT INTO blank (id, remark, must) VALUES (7, NULL, 'x')");
        let mut form = office.http.open("/blank/7/edit").form();
        form.set("must", "y");
        office.rows.run("UPDATE blank SET remark = '' WHERE id = 7");
        let conflict = office.http.submit(&form);
        assert_eq!(conflict.status, 409, "{conflict}");
        let versions = conflict.text(".versions");
        assert!(
            versions.contains("nothing") && versions.contains("an empty text"),
            "{versions}"
        );
        assert_eq!(office.http.submit(&conflict.form()).status, 303);
        assert_eq!(
            office.rows.run("SELECT remark || '/' || must FROM blank"),
            "/y"
        );
    }
}

#[test]
fn a_text_that_must_be_there_is_asked_for() {
    for office in Office::both() {
        let page = office.http.open("/blank/new");
        assert_eq!(page.attributes("main form [required]", "name"), ["must"]);
        assert_eq!(office.http.submit(&page.form()).invalid(), ["must"]);
    }
}
