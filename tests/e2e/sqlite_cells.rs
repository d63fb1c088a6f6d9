//! Applications over files whose cells hold what their columns do not say: what nobody touches stays to the letter, what
//! is written is written as the others are, and what a page shows is found.

use std::collections::BTreeSet;
use std::fs;
use std::thread;

use umbel_tests::any_rows;
use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::workspace;

const SCHEMA: &str = "tests/e2e/sqlite_cells.sql";

/// The application over a file of its own.
struct Cells {
    app: App,
    http: Client,
    server: Server,
    file: File,
}

impl Cells {
    fn open() -> Self {
        let source = workspace::root().join(SCHEMA);
        let file = File::with(&fs::read_to_string(&source).unwrap());
        let app = App::emitted("sqlite_cells", &[source], &file);
        any_rows::add(&app);
        let server = Server::start(&app.build(), &file.url);
        Self {
            app,
            http: Client::new(&server.url),
            server,
            file,
        }
    }

    /// Every cell of a row of `entry`, to the letter.
    fn entry(&self, id: u32) -> Vec<String> {
        let columns = [
            "label", "done", "open", "at", "day", "code", "amount", "size", "mail", "email",
            "state", "free",
        ];
        let cell = |name: &&str| {
            let sql = format!(
                "SELECT '{name} ' || typeof({name}) || ' ' || hex(CAST({name} AS BLOB)) || quote({name})
                 FROM entry WHERE id = {id}"
            );
            self.file.run(&sql)
        };
        columns.iter().map(cell).collect()
    }

    /// The addresses of the rows on a page.
    fn rows(&self, path: &str) -> Vec<String> {
        self.http.open(path).attributes("tbody th a", "href")
    }
}

impl Drop for Cells {
    fn drop(&mut self) {
        if !thread::panicking() {
            let log = self.server.log();
            assert!(!log.contains("panicked"), "the server panicked:\n{log}");
        }
    }
}

#[test]
fn without_its_type_every_cell_is_shown_as_with_it() {
    let cells = Cells::open();
    let differences = any_rows::differences(&cells.http, &cells.app);
    assert_eq!(differences, [""; 0]);
}

#[test]
fn an_edit_of_one_cell_touches_no_other() {
    let cells = Cells::open();
    for id in 1..=5 {
        let before = cells.entry(id);
        let mut form = cells.http.open(&format!("/entry/{id}/edit")).form();
        form.set("label", "edited");
        let saved = cells.http.submit(&form);
        assert_eq!(saved.status, 303, "{id}: {saved}");
        let after = cells.entry(id);
        assert_eq!(after[1..], before[1..]);
        assert!(after[0].contains("'edited'"), "{}", after[0]);
        // A form that was only opened changes nothing at all.
        let form = cells.http.open(&format!("/entry/{id}/edit")).form();
        assert_eq!(cells.http.submit(&form).status, 303);
        assert_eq!(cells.entry(id), after);
    }
}

#[test]
fn a_cell_that_is_put_right_must_be_right() {
    let cells = Cells::open();
    let mut form = cells.http.open("/entry/3/edit").form();
    form.set("at", "0000-01-00 00:00:00");
    form.set("code", "abcd");
    let refused = cells.http.submit(&form);
    assert_eq!(refused.status, 422, "{refused}");
    assert_eq!(refused.invalid(), ["at", "code"]);
    let mut form = refused.form();
    form.set("at", "2025-03-04T05:06:07");
    form.set("code", "xyz");
    assert_eq!(cells.http.submit(&form).status, 303);
    assert_eq!(
        cells
            .file
            .run("SELECT at, typeof(code), CAST(code AS TEXT) FROM entry WHERE id = 3"),
        "2025-03-04 05:06:07|blob|xyz"
    );
    let mut form = cells.http.open("/entry/4/edit").form();
    form.set("done", "false");
    assert_eq!(cells.http.submit(&form).status, 303);
    let done = "SELECT typeof(done), done FROM entry WHERE id = 4";
    assert_eq!(cells.file.run(done), "integer|0");
}

#[test]
fn what_is_written_has_the_notation_of_the_others() {
    let cells = Cells::open();
    let mut form = cells.http.open("/stamp/1/edit").form();
    form.set("created_at", "2025-01-01T00:00");
    form.set("deleted_at", "2025-01-02T00:00");
    assert_eq!(cells.http.submit(&form).status, 303);
    let mut form = cells.http.open("/stamp/new").form();
    form.set("name", "Newest");
    form.set("created_at", "2025-02-03T04:05");
    assert_eq!(cells.http.submit(&form).status, 303);
    let mut form = cells.http.open("/stamp/2/edit").form();
    form.set("active", "true");
    assert_eq!(cells.http.submit(&form).status, 303);
    assert_eq!(
        cells.file.run(
            "SELECT typeof(created_at), created_at, typeof(deleted_at), deleted_at, active FROM stamp ORDER BY id"
        ),
        "integer|1735689600000|integer|1735776000000|1\n\
         integer|1738368000000|null||t\n\
         integer|1706745600001|null||0\n\
         integer|1738555500000|null||1"
    );
}

#[test]
fn filters_find_what_the_page_shows() {
    let cells = Cells::open();
    let check = |query: &str, ids: &[u32]| {
        let expect: Vec<String> = ids.iter().map(|id| format!("/entry/{id}")).collect();
        assert_eq!(cells.rows(&format!("/entry?{query}")), expect, "{query}");
    };
    check("at.min=2025-01-01", &[1, 2, 4, 5]);
    check("at.max=2024-12-31", &[]);
    check("at.is=2025-01-02", &[1, 2, 4, 5]);
    check("at.is=2025-01-02T03:04:05", &[1, 2, 4]);
    check("day.is=2025-01-02", &[1, 2, 4, 5]);
    check("done.is=true", &[1, 2, 3, 5]);
    check("open.is=false", &[1, 2]);
    check("code.is=abc", &[1, 3]);
    check("size.min=7", &[1, 3, 4]);
    check("amount.min=1", &[1, 3, 4]);
    check("free.is=7", &[1, 4]);
    assert_eq!(cells.rows("/stamp?created_at.min=2025-01-01"), ["/stamp/2"]);
    assert_eq!(
        cells.rows("/stamp?created_at.max=2024-12-31"),
        ["/stamp/1", "/stamp/3"]
    );
    assert_eq!(cells.rows("/stamp?q=2025-02-01"), ["/stamp/2"]);
}

#[test]
fn no_row_is_added_without_a_key() {
    let cells = Cells::open();
    for (table, column) in [("descending", "id"), ("ticket", "code")] {
        let mut form = cells.http.open(&format!("/{table}/new")).form();
        form.set("name", "New");
        let refused = cells.http.submit(&form);
        assert_eq!(refused.status, 422, "{refused}");
        assert_eq!(refused.invalid(), [column]);
        form.set(column, "7");
        let saved = cells.http.submit(&form);
        assert_eq!(saved.location, Some(format!("/{table}/7")), "{saved}");
    }
    let keys = "SELECT count(*) FROM descending WHERE id IS NULL";
    assert_eq!(cells.file.run(keys), "1");
}

#[test]
fn rows_without_a_key_are_told() {
    let cells = Cells::open();
    let page = cells.http.open("/ticket");
    let text = page.text("main");
    assert!(text.contains("3 tickets"), "{page}");
    assert!(text.contains("has no key"), "{page}");
    let page = cells.http.open("/descending");
    assert!(page.text("main").contains("has no key"), "{page}");
}

/// Every row stands on one page, also where the key does not tell rows apart, or where there is none.
#[test]
fn every_row_is_on_one_page() {
    let cells = Cells::open();
    cells.file.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120)
         INSERT INTO ticket SELECT CASE WHEN i > 60 THEN 'c' || i END, 'Same' FROM n",
    );
    cells.file.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 130)
         INSERT INTO stroke SELECT 'note ' || i, i % 3 FROM n",
    );
    for sort in ["name", "-name", "code", "-code"] {
        let mut path = format!("/ticket?sort={sort}");
        let mut seen = BTreeSet::new();
        let mut untold = 0;
        for _ in 0..4 {
            let page = cells.http.open(&path);
            for link in page.attributes("tbody th a", "href") {
                assert!(seen.insert(link.clone()), "{sort}: {link}");
            }
            untold += page.text("main").matches("has no key").count();
            match page.attributes("a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!((seen.len(), untold), (61, 62), "{sort}");
    }
    for sort in ["weight", "-weight", "note"] {
        let mut path = format!("/stroke?sort={sort}");
        let mut seen = BTreeSet::new();
        for _ in 0..4 {
            let page = cells.http.open(&path);
            for row in page.rows() {
                assert!(seen.insert(row.join("|")), "{sort}: {row:?}");
            }
            match page.attributes("a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen.len(), 130, "{sort}");
    }
}
