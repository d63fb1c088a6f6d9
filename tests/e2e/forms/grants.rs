//! Privileges on columns: a form has what the role may write, and no more.

use std::process;

use umbel_tests::app::App;
use umbel_tests::database::{Database, run_as_admin};
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

const TABLES: &str = "
    CREATE TABLE card (
        id serial PRIMARY KEY,
        code text NOT NULL,
        note text,
        state text NOT NULL DEFAULT 'new',
        secret text
    );
    CREATE TABLE sealed (id serial PRIMARY KEY, label text, must text NOT NULL);
    INSERT INTO card (code, note, secret) VALUES ('A', 'first', 'hush');
    INSERT INTO sealed (label, must) VALUES ('x', 'y');";

/// A role that is there as long as the test.
struct Role(String);

impl Drop for Role {
    fn drop(&mut self) {
        run_as_admin(&format!("DROP ROLE IF EXISTS {}", self.0));
    }
}

fn names(page: &Page) -> Vec<String> {
    page.attributes(".field [name]:not([name*='.'])", "name")
}

#[test]
fn a_form_has_the_columns_that_the_role_may_write() {
    let role = Role(format!("umbel_clerk_{}", process::id()));
    let database = Database::with(TABLES);
    let Role(name) = &role;
    database.run(&format!(
        "CREATE ROLE {name} LOGIN PASSWORD 'pw';
         GRANT SELECT (id, code, note, state), INSERT (code, note), UPDATE (note, state) ON card TO {name};
         GRANT SELECT, INSERT (label), UPDATE (label) ON sealed TO {name};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}"
    ));
    let (scheme, rest) = database.url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let url = format!("{scheme}://{name}:pw@{host}");
    let program = App::fresh("granted", &url).build();
    let server = Server::start(&program, &url);
    let http = Client::new(&server.url);

    // What a new row may be given.
    let page = http.open("/card/new");
    assert_eq!(names(&page), ["code", "note"], "{page}");
    let mut form = page.form();
    form.set("code", "B");
    form.set("note", "second");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let rows = "SELECT code, note, state FROM card ORDER BY id";
    assert_eq!(database.run(rows), "A|first|new\nB|second|new");

    // What may be changed of a row that is there, though a new row could not be given it, or the other way round.
    let page = http.open("/card/1/edit");
    assert_eq!(names(&page), ["note", "state"], "{page}");
    let mut form = page.form();
    form.set("state", "old");
    form.set("note", "");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        database.run("SELECT code, note, state, secret FROM card WHERE id = 1"),
        "A||old|hush"
    );

    // A change by somebody else is noticed, though the transaction that made it is not to be seen.
    let mut form = http.open("/card/1/edit").form();
    form.set("state", "older");
    database.run("UPDATE card SET note = 'theirs' WHERE id = 1");
    assert_eq!(http.submit(&form).status, 409);

    // No row can be added where a column that it needs cannot be given.
    assert_eq!(http.get("/sealed/new").status, 404);
    let mut form = http.open("/sealed/1/edit").form();
    form.set("label", "z");
    assert_eq!(http.submit(&form).status, 303);
    assert_eq!(database.run("SELECT label, must FROM sealed"), "z|y");
    drop((server, database));
}
