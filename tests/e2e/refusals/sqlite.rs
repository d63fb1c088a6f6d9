//! The same of a file: what its triggers say, and what was changed in it.

use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;

use super::summary;

/// The application over `schema_sqlite.sql`, on a file of its own in which some more SQL was run.
fn start(sql: &str) -> (Client, File, Server) {
    let schema = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/e2e/refusals/schema_sqlite.sql"
    );
    let text = include_str!("schema_sqlite.sql");
    let program = App::emitted(
        "refusals_sqlite",
        &[PathBuf::from(schema)],
        File::with(text),
    )
    .build();
    let file = File::with(text);
    file.run_all(sql);
    let server = Server::start(&program, &file.url);
    (Client::new(&server.url), file, server)
}

#[test]
fn what_a_trigger_of_a_file_does_is_said_as_it_is() {
    let (http, file, _server) =
        start("INSERT INTO parcel (weight, note) VALUES (40, NULL), (41, NULL), (30, 'sealed')");
    let raised = http.post("/parcel", &[("weight", "1"), ("name", "Box")]);
    assert_eq!(
        (raised.status, raised.invalid().len()),
        (422, 0),
        "{raised}"
    );
    let said = "No constraint failed: parcels in this column weigh more";
    assert!(summary(&raised).contains(said), "{raised}");
    for weight in ["2", "3"] {
        let left_out = http.post("/parcel", &[("weight", weight), ("name", "Box")]);
        assert_eq!(left_out.status, 409, "{left_out}");
        assert!(
            summary(&left_out).contains("put it elsewhere or left it out"),
            "{left_out}"
        );
    }
    assert_eq!(file.run("SELECT weight FROM heavy"), "3");
    let mut form = http.open("/parcel/3/edit").form();
    form.set("weight", "31");
    let kept = http.submit(&form);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(
        summary(&kept).contains("left this parcel as it was"),
        "{kept}"
    );
    let kept = http.post("/parcel/2/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(
        kept.text("main").contains("did not delete this parcel"),
        "{kept}"
    );
    let raised = http.post("/parcel/1/delete", &[]);
    assert_eq!(raised.status, 409, "{raised}");
    assert!(raised.text("main").contains("It is on its way"), "{raised}");
    assert_eq!(file.run("SELECT count(*) FROM parcel"), "3");
}

#[test]
fn a_view_of_a_file_that_is_broken_does_not_hide_what_else_changed() {
    let (http, _file, server) = start(
        "INSERT INTO tag (name) VALUES ('red'); ALTER TABLE tag RENAME COLUMN colour TO color; DROP TABLE lost",
    );
    let log = server.log();
    for said in [
        "main.found cannot be looked at",
        "main.lost is gone",
        "main.tag.colour is gone",
    ] {
        assert!(log.contains(said), "{said}: {log}");
    }
    for path in ["/tag", "/tag/1", "/tag/1/edit", "/found", "/lost"] {
        let page = http.get(path);
        assert_eq!(page.status, 503, "{page}");
    }
    http.open("/parcel");
}

#[test]
fn a_file_that_is_changed_while_it_is_served_says_so() {
    let (http, file, _server) = start("INSERT INTO parcel (weight) VALUES (30)");
    let form = http.open("/parcel/new").form();
    for path in ["/parcel", "/parcel/1", "/parcel/1/edit"] {
        http.open(path);
    }
    file.run_all("DROP TRIGGER sealed; ALTER TABLE parcel DROP COLUMN note");
    for path in ["/parcel", "/parcel/1", "/parcel/1/edit"] {
        let page = http.get(path);
        assert_eq!(page.status, 503, "{page}");
        assert_eq!(page.text("h1"), "The database has changed", "{page}");
    }
    assert_eq!(http.submit(&form).status, 503);
    http.open("/tag");
}
