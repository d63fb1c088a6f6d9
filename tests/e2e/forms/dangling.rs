//! References to rows that are not there: what they hold is shown, and stays.

use super::{Office, Rows};

/// Adds folder 7, whose references lead nowhere, in spite of the database.
fn add_folder(office: &Office) {
    let insert = "INSERT INTO folder (id, title, shelf_id, other_id, hall, number)
        VALUES (7, 'Lost', 98, 99, 'South', 4)";
    match &office.rows {
        Rows::Postgres(database) => {
            let sql = format!("SET session_replication_role = replica; {insert}");
            database.run(&sql);
        }
        Rows::Sqlite(file) => file.run_all(&format!("PRAGMA foreign_keys = off; {insert}")),
    }
}

fn folder(office: &Office) -> String {
    office
        .rows
        .run("SELECT title, shelf_id, other_id, hall, number FROM folder WHERE id = 7")
}

#[test]
fn what_a_reference_holds_is_shown_though_it_leads_nowhere() {
    for office in Office::both() {
        add_folder(&office);
        let row = office.http.open("/folder").rows()[0].join(" | ");
        for held in ["98", "99", "South"] {
            assert!(row.contains(held), "{row}");
        }
        let page = office.http.open("/folder/7");
        let facts = page.text("main");
        for held in ["98", "99", "South, 4"] {
            assert!(facts.contains(held), "{held}: {page}");
        }
        assert!(
            !facts.contains("null") && !page.links_to("/shelf/98"),
            "{page}"
        );
        assert_eq!(office.http.open("/folder?other_id.is=99").rows().len(), 1);
        office.http.open("/folder/7/delete");
    }
}

#[test]
fn a_row_is_edited_although_its_references_lead_nowhere() {
    for office in Office::both() {
        add_folder(&office);
        let mut form = office.http.open("/folder/7/edit").form();
        assert_eq!(form.value("other_id"), Some("99"));
        form.set("title", "Found");
        let saved = office.http.submit(&form);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(folder(&office), "Found|98|99|South|4");
        let mut form = office.http.open("/folder/7/edit").form();
        form.set("other_id", "1");
        let saved = office.http.submit(&form);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(folder(&office), "Found|98|1|South|4");
        let page = office.http.open("/folder/7");
        assert!(page.links_to("/shelf/1"), "{page}");
        assert_eq!(
            office
                .http
                .submit(&office.http.open("/folder/7/delete").form())
                .status,
            303
        );
    }
}
