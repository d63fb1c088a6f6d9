//! What SQLite files have that others do not: keys that are bytes, triggers that write after the fact, references that
//! hold nowhere, files that somebody else locks or that cannot be written to.

use std::collections::BTreeSet;
use std::fs::{self, File as Bytes};
use std::io::{Seek, SeekFrom, Write};
use std::thread;

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::workspace;

const SCHEMA: &str = "tests/e2e/sqlite_corners.sql";

/// The application over a file of its own.
struct Corners {
    http: Client,
    server: Server,
    file: File,
}

impl Corners {
    fn open() -> Self {
        Self::open_after(|_| ())
    }

    fn open_after(prepare: impl FnOnce(&File)) -> Self {
        let source = workspace::root().join(SCHEMA);
        let file = File::with(&fs::read_to_string(&source).unwrap());
        let program = App::emitted("sqlite_corners", &[source], &file).build();
        prepare(&file);
        let server = Server::start(&program, &file.url);
        Self {
            http: Client::new(&server.url),
            server,
            file,
        }
    }
}

impl Drop for Corners {
    fn drop(&mut self) {
        if !thread::panicking() {
            let log = self.server.log();
            assert!(!log.contains("panicked"), "the server panicked:\n{log}");
        }
    }
}

const DEVICE: &str = "00112233-4455-6677-8899-aabbccddeeff";

#[test]
fn uuids_that_are_bytes() {
    let corners = Corners::open();
    let http = &corners.http;
    let list = http.open("/device");
    assert_eq!(
        list.attributes("tbody th a", "href"),
        [format!("/device/{DEVICE}")]
    );
    let page = http.open(&format!("/device/{DEVICE}"));
    assert!(page.text("h1").contains("Barometer"), "{page}");
    assert!(page.links_to("/measure/1"), "{page}");
    assert_eq!(
        http.open(&format!("/device?device_id.is={DEVICE}"))
            .rows()
            .len(),
        1
    );

    let mut form = http.open(&format!("/device/{DEVICE}/edit")).form();
    form.set("name", "Aneroid");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        corners.file.run("SELECT name, device_id FROM device"),
        "Aneroid|00112233445566778899aabbccddeeff"
    );

    // What refers to it is written in the form in which it is there.
    let mut form = http.open("/measure/new").form();
    form.set("device_id", DEVICE);
    form.set("celsius", "21.5");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let measures = "SELECT celsius, typeof(device_id) FROM measure ORDER BY measure_id";
    assert_eq!(corners.file.run(measures), "20.5|blob\n21.5|blob");
    assert_eq!(corners.file.run("PRAGMA foreign_key_check(measure)"), "");
}

#[test]
fn bytes_in_keys() {
    let corners = Corners::open();
    let http = &corners.http;
    let links = http.open("/chunk").attributes("tbody th a", "href");
    assert_eq!(links.len(), 2, "{links:?}");
    for link in &links {
        http.open(link);
    }
    let mut form = http.open(&format!("{}/edit", links[0])).form();
    form.set("size", "7");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        corners.file.run("SELECT size FROM chunk ORDER BY number"),
        "7\n20"
    );
}

/// Every row stands on one page, whatever its key is made of.
#[test]
fn pages_of_keys_that_are_bytes() {
    let corners = Corners::open();
    let many = |rows: &str| {
        corners.file.run(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) {rows}"
        ));
    };
    many("INSERT INTO device SELECT unhex(printf('%032x', i * 7919)), 'Device ' || i FROM n");
    many(
        "INSERT INTO device SELECT printf('%08x-0000-4000-8000-000000000000', i), 'Text ' || i FROM n",
    );
    many("INSERT INTO chunk SELECT unhex(printf('%08x', i * 7919)), 1, i FROM n");
    for (table, rows) in [("device", 241), ("chunk", 122)] {
        let mut path = format!("/{table}");
        let mut seen = BTreeSet::new();
        for _ in 0..6 {
            let page = corners.http.open(&path);
            let links = page.attributes("tbody th a", "href");
            assert!(links.iter().all(|link| seen.insert(link.clone())), "{path}");
            match page.attributes("a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen.len(), rows, "{table}");
    }
}

/// A trigger that writes after the update: what is shown, and the version of the next edit, is what it wrote.
#[test]
fn times_that_a_trigger_keeps() {
    let corners = Corners::open();
    let http = &corners.http;
    for text in ["first", "second"] {
        let mut form = http.open("/note/1/edit").form();
        form.set("body", text);
        let page = http.follow(&http.submit(&form));
        assert_eq!(page.status, 200, "{page}");
        assert!(page.text("main").contains(text), "{page}");
        assert!(page.text("main").contains("2001-02-03"), "{page}");
    }
    let mut stale = http.open("/note/1/edit").form();
    stale.set("body", "mine");
    corners.file.run("UPDATE note SET body = 'theirs'");
    assert_eq!(http.submit(&stale).status, 409);
}

/// `REFERENCES PERSON (ID)` to a table that writes itself otherwise.
#[test]
fn references_under_another_name() {
    let corners = Corners::open();
    let http = &corners.http;
    let page = http.open("/pet/1");
    let links = page.attributes("main a", "href");
    assert!(links.iter().any(|link| link == "/person/7"), "{links:?}");
    let page = http.open("/person/7");
    assert!(page.text("main").contains("Rex"), "{page}");
    let mut form = http.open("/pet/new").form();
    form.set("name", "Tom");
    form.set("owner_no", "8");
    let refused = http.submit(&form);
    assert_eq!(refused.status, 422, "{refused}");
    assert_eq!(refused.invalid(), ["owner_no"]);
    let kept = http.post("/person/7/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(kept.text("main").contains("1 pet refers to it"), "{kept}");
}

#[test]
fn keys_without_a_rowid() {
    let corners = Corners::open();
    let http = &corners.http;
    let page = http.open("/seat/Great%20Hall,3");
    assert!(page.text("main").contains("Ada"), "{page}");
    let mut form = http.open("/seat/Great%20Hall,3/edit").form();
    form.set("number", "4");
    let moved = http.submit(&form);
    assert_eq!(
        moved.location.as_deref(),
        Some("/seat/Great%20Hall,4"),
        "{moved}"
    );
    let again = http.post(
        "/seat",
        &[("hall", "Great Hall"), ("number", "4"), ("holder", "Bob")],
    );
    assert_eq!(again.status, 422, "{again}");
    assert_eq!(http.post("/seat/Great%20Hall,4/delete", &[]).status, 303);
    assert_eq!(corners.file.run("SELECT count(*) FROM seat"), "0");
}

/// SQLite takes a foreign key to a table that is not there, and then refuses every row that would need it.
#[test]
fn references_to_a_missing_table() {
    let corners = Corners::open();
    let http = &corners.http;
    http.open("/award");
    let page = http.open("/award/1");
    assert!(page.text("main").contains("Palm"), "{page}");
    let mut form = http.open("/award/new").form();
    form.set("name", "Bear");
    form.set("jury_id", "1");
    let refused = http.submit(&form);
    assert_eq!(refused.status, 503, "{refused}");
    assert!(
        refused
            .text("main")
            .contains("needs a table or a column that the database no longer has"),
        "{refused}"
    );
    let log = corners.server.log();
    assert!(log.contains("no such table: main.jury"), "{log}");
    // Rows that refer to nothing are kept as ever.
    assert_eq!(http.open("/award").rows().len(), 1);
}

#[test]
fn a_file_that_is_locked() {
    let corners = Corners::open();
    let http = &corners.http;
    let mut form = http.open("/person/new").form();
    form.set("name", "Eve");
    let lock = corners.file.lock();
    assert_eq!(http.open("/person").rows().len(), 1);
    let refused = http.submit(&form);
    assert_eq!(refused.status, 409, "{refused}");
    assert!(
        refused
            .text("main")
            .contains("omeone else is changing the database"),
        "{refused}"
    );
    // What was typed is still there.
    let form = refused.form();
    assert_eq!(form.value("name"), Some("Eve"));
    drop(lock);
    assert_eq!(http.submit(&form).status, 303);
}

#[test]
fn a_file_that_cannot_be_written_to() {
    let corners = Corners::open_after(|file| {
        // The version of the format that may write: of a newer one, SQLite only reads.
        let mut bytes = Bytes::options().write(true).open(&file.path).unwrap();
        bytes.seek(SeekFrom::Start(18)).unwrap();
        bytes.write_all(&[3]).unwrap();
    });
    let http = &corners.http;
    for path in ["/", "/person", "/person/7", "/person/7/edit", "/person/new"] {
        http.open(path);
    }
    let mut edited = http.open("/note/1/edit").form();
    edited.set("body", "x");
    for refused in [
        http.post("/person", &[("name", "Eve")]),
        http.post("/seat/Great%20Hall,3/delete", &[]),
        http.submit(&edited),
    ] {
        assert_eq!(refused.status, 403, "{refused}");
        assert!(
            refused.text("main").contains("cannot be written to"),
            "{refused}"
        );
    }
}
