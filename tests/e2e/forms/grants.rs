//! Privileges on columns: a form has what the role may write, and no more.

use std::process;

use umbel_tests::app::App;
use umbel_tests::database::{Database, run_as_admin};
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::process::finish;
use umbel_tests::server::Server;
use umbel_tests::umbel;

const TABLES: &str = "
    CREATE TABLE card (
        id serial PRIMARY KEY,
        code text NOT NULL,
        note text,
        state text NOT NULL DEFAULT 'new',
        secret text
    );
    CREATE TABLE sealed (id serial PRIMARY KEY, label text, must text NOT NULL);
    CREATE TABLE ticket (id serial PRIMARY KEY, label text);
    CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text);
    CREATE TABLE tag (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE numbered_tag (
        numbered_id int REFERENCES numbered, tag_id int REFERENCES tag, note text, PRIMARY KEY (numbered_id, tag_id)
    );
    CREATE TABLE ticket_tag (
        ticket_id int REFERENCES ticket, tag_id int REFERENCES tag, PRIMARY KEY (ticket_id, tag_id)
    );
    INSERT INTO tag VALUES (1, 'red'), (2, 'blue');
    INSERT INTO ticket (label) VALUES ('T');
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
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name};
         REVOKE USAGE ON ticket_id_seq, numbered_id_seq FROM {name};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ticket, numbered TO {name};
         GRANT SELECT ON tag, ticket_tag TO {name};
         GRANT SELECT (numbered_id, tag_id), INSERT (numbered_id, tag_id), DELETE ON numbered_tag TO {name}"
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

    // Nor where the role may not use the sequence that fills one; a column that counts by itself asks for none.
    assert_eq!(http.get("/ticket/new").status, 404);
    assert_eq!(http.open("/ticket/1/edit").form().value("label"), Some("T"));
    let mut form = http.open("/numbered/new").form();
    form.set("label", "N");
    assert_eq!(http.submit(&form).status, 303);

    // Links are made and taken away by the columns of the junction that were granted; where none was, they are shown alone.
    let link = |tags: &[&str]| {
        let mut form = http.open("/numbered/1/edit").form();
        form.set_all("tags", tags);
        let saved = http.submit(&form);
        assert_eq!(saved.status, 303, "{saved}");
        database.run("SELECT string_agg(tag_id::text, ',' ORDER BY tag_id) FROM numbered_tag")
    };
    assert_eq!(link(&["1", "2"]), "1,2");
    assert_eq!(link(&["2"]), "2");
    assert_eq!(names(&http.open("/ticket/1/edit")), ["label"]);
    // What is missing is said, as it can be granted.
    let folder = tempfile::tempdir().unwrap();
    let mut new = umbel::command();
    let made = finish(
        new.arg("new")
            .arg(folder.path().join("said"))
            .args(["--database", &url]),
    );
    let grant = format!("GRANT USAGE ON SEQUENCE \"public\".\"ticket_id_seq\" TO \"{name}\"");
    assert!(made.stdout.contains(&grant), "{made}");
    drop((server, database));
}
