//! What the database refuses or does otherwise than it was asked, said as it is and in its author's words.

mod compared;
mod concurrent;
mod languages;
mod limits;
mod migrations;
mod resources;
mod sqlite;
mod unseen;

use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::html::Page;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

/// The application over `refusals/schema.sql`, on a database of its own.
struct Running {
    http: Client,
    database: Database,
    server: Server,
    program: PathBuf,
}

impl Running {
    fn start() -> Self {
        Self::set_up("", "")
    }

    /// Runs SQL before the application is started, on the database as these options of its URL make it.
    fn set_up(sql: &str, options: &str) -> Self {
        let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/refusals/schema.sql");
        let schema = PathBuf::from(schema);
        let database = Database::loaded(std::slice::from_ref(&schema));
        let program = App::emitted("refusals", &[schema], &database).build();
        if !sql.is_empty() {
            database.run(&sql.replace("{database}", &database.name));
        }
        let options = options.replace("{database}", &database.name);
        let server = Server::start(&program, &format!("{}{options}", database.url));
        Self {
            http: Client::new(&server.url),
            database,
            server,
            program,
        }
    }

    /// Serves the database by another URL instead.
    fn serve(&mut self, url: &str) {
        self.server = Server::start(&self.program, url);
        self.http = Client::new(&self.server.url);
    }
}

/// What the page says is wrong, in its summary.
fn summary(page: &Page) -> String {
    page.text("main .problem")
}

#[test]
fn what_an_author_raises_reaches_the_person() {
    let Running { http, database, .. } = &Running::start();
    let add = |weight: &str| http.post("/parcel", &[("weight", weight), ("name", "Box")]);
    for (weight, said, at) in [
        ("1", "Parcels weigh more than that", None),
        ("2", "Someone took this weight", None),
        ("3", "Not three. Three is odd. Take four", None),
        ("4", "Five is right", Some("weight")),
        ("5", "This name is reserved", Some("name")),
        ("6", "Say it more kindly", Some("note")),
        ("7", "Nobody lives there", None),
        ("8", "Only the owner weighs", None),
        ("9", "The scales are broken", None),
        ("10", "Own words", None),
        ("11", "Never eleven", None),
    ] {
        let page = add(weight);
        assert_eq!(page.status, 422, "{weight}: {page}");
        assert!(summary(&page).contains(said), "{weight}: {page}");
        assert_eq!(page.invalid(), Vec::from_iter(at), "{weight}: {page}");
        assert_eq!(page.form().value("name"), Some("Box"), "{page}");
    }
    assert_eq!(database.run("SELECT count(*) FROM parcel"), "0");
}

#[test]
fn what_postgresql_itself_refuses_is_told_from_what_an_author_raises() {
    let Running { http, .. } = &Running::start();
    assert_eq!(http.post("/parcel", &[("name", "Box")]).status, 303);
    let twice = http.post("/parcel", &[("name", "Box")]);
    assert_eq!(twice.invalid(), ["name"], "{twice}");
    assert!(summary(&twice).contains("another parcel has the same value"));
    let bad = http.post("/parcel", &[("note", "bad")]);
    assert_eq!((bad.status, bad.invalid()), (422, vec!["note".to_owned()]));
}

#[test]
fn a_fault_of_a_function_is_not_shown() {
    let Running {
        http,
        server,
        database,
        ..
    } = &Running::start();
    for (weight, detail) in [
        ("20", "no_such_table"),
        ("21", "query returned no rows"),
        ("22", "without_return"),
        ("23", "case not found"),
        ("24", "more than one row returned"),
    ] {
        let page = http.post("/parcel", &[("weight", weight), ("name", "Box")]);
        assert_eq!(page.status, 500, "{weight}: {page}");
        let said = summary(&page);
        assert!(
            said.contains("failed, so nothing was saved"),
            "{weight}: {page}"
        );
        assert_eq!(page.form().value("name"), Some("Box"), "{page}");
        assert!(!page.html.contains(detail), "{weight}: {page}");
        assert!(server.log().contains(detail), "{weight}: {}", server.log());
    }
    assert_eq!(database.run("SELECT count(*) FROM parcel"), "0");
}

#[test]
fn what_a_trigger_breaks_elsewhere_is_not_said_of_the_form() {
    let Running { http, .. } = &Running::start();
    let page = http.post("/parcel", &[("weight", "25"), ("name", "Box")]);
    assert_eq!((page.status, page.invalid().len()), (422, 0), "{page}");
    assert!(summary(&page).contains("in `tag` is refused"), "{page}");
    assert_eq!(page.form().value("name"), Some("Box"), "{page}");
}

#[test]
fn what_an_index_does_not_take_is_too_long() {
    let Running { http, .. } = &Running::start();
    // Without any pattern, so that it cannot be pressed.
    let mut state = 1_u64;
    let letters = std::iter::repeat_with(|| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'!' + u8::try_from((state >> 33) % 90).unwrap())
    });
    let name: String = letters.take(9000).collect();
    // Of what is longest, PostgreSQL does not say where it belongs.
    for (length, at) in [(5000, Some("name")), (9000, None)] {
        let page = http.post("/parcel", &[("name", &name[..length])]);
        assert_eq!(page.status, 422, "{length}: {page}");
        assert_eq!(page.invalid(), Vec::from_iter(at), "{length}: {page}");
    }
}

#[test]
fn a_row_that_a_trigger_puts_elsewhere_is_found_there() {
    let Running { http, database, .. } = &Running::start();
    let added = http.post("/reading", &[("taken", "2024-05-05"), ("value", "7")]);
    let shown = http.follow(&added);
    assert!(shown.text("main").contains("2024-05-05"), "{shown}");
    assert_eq!(database.run("SELECT value FROM reading_2024"), "7");
    let left_out = http.post("/reading", &[("taken", "1999-01-01"), ("value", "8")]);
    assert_eq!(left_out.status, 409, "{left_out}");
    let said = summary(&left_out);
    assert!(said.contains("put it elsewhere or left it out"), "{said}");
    assert!(
        !left_out.html.contains("while you had it open"),
        "{left_out}"
    );
    assert!(
        !left_out.html.contains("Nothing has been saved"),
        "{left_out}"
    );
}

#[test]
fn a_row_that_a_trigger_keeps_is_said_to_be_kept() {
    let Running { http, database, .. } = &Running::start();
    database.run(
        "INSERT INTO parcel (parcel_id, weight, note) VALUES (1, 40, NULL), (2, 41, NULL), (3, 30, 'sealed')",
    );
    let raised = http.post("/parcel/1/delete", &[]);
    assert_eq!(raised.status, 409, "{raised}");
    let said = raised.text("main");
    assert!(
        said.contains("It is on its way. Call it back first"),
        "{said}"
    );
    let kept = http.post("/parcel/2/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(kept.text("main").contains("did not delete this parcel"));
    let mut form = http.open("/parcel/3/edit").form();
    form.set("weight", "31");
    let page = http.submit(&form);
    assert_eq!(page.status, 409, "{page}");
    assert!(
        summary(&page).contains("left this parcel as it was"),
        "{page}"
    );
    assert_eq!(page.form().value("weight"), Some("31"), "{page}");
    assert_eq!(
        database.run("SELECT count(*) FROM parcel WHERE weight IN (30, 40, 41)"),
        "3"
    );
    assert_eq!(http.post("/parcel/99/delete", &[]).status, 404);
}

#[test]
fn a_rule_that_stands_for_a_statement_is_seen_by_what_it_does() {
    let Running { http, database, .. } = &Running::start();
    let added = http.post("/ticket", &[("subject", "Broken"), ("gone", "")]);
    assert!(http.follow(&added).text("main").contains("Broken"));
    let spam = http.post("/ticket", &[("subject", "spam")]);
    assert_eq!(spam.status, 409, "{spam}");
    assert!(summary(&spam).contains("left it out"), "{spam}");
    let change = |subject: &str| {
        let mut form = http.open("/ticket/1/edit").form();
        form.set("subject", subject);
        http.submit(&form)
    };
    assert!(http.follow(&change("kept")).text("main").contains("kept"));
    let kept = change("Mended");
    assert_eq!(kept.status, 409, "{kept}");
    assert!(summary(&kept).contains("a rule"), "{kept}");
    let marked = http.post("/ticket/1/delete", &[]);
    assert_eq!(marked.status, 409, "{marked}");
    let text = marked.text("main");
    assert!(text.contains("did not delete this ticket"), "{text}");
    assert!(!text.contains("Nothing was changed"), "{text}");
    assert_eq!(database.run("SELECT subject, gone FROM ticket"), "kept|t");
}

#[test]
fn a_row_that_is_gone_by_other_means_is_deleted() {
    let Running { http, database, .. } = &Running::start();
    database.run("INSERT INTO letter (body) VALUES ('Dear')");
    assert_eq!(http.post("/letter/1/delete", &[]).status, 303);
    assert_eq!(database.run("SELECT body FROM letter_archive"), "Dear");
    assert_eq!(http.post("/letter/1/delete", &[]).status, 404);
}

#[test]
fn a_rule_is_seen_by_what_it_does_in_a_transaction_too() {
    let Running { http, database, .. } = &Running::start();
    database.run("INSERT INTO tag (name) VALUES ('red')");
    let added = http.post(
        "/errand",
        &[("subject", "Bread"), ("tags", "1"), ("tags", "")],
    );
    let shown = http.follow(&added);
    assert!(shown.text("main").contains("Bread"), "{shown}");
    assert_eq!(database.run("SELECT count(*) FROM errand_tag"), "1");
    let spam = http.post("/errand", &[("subject", "spam")]);
    assert_eq!(spam.status, 409, "{spam}");
    assert!(summary(&spam).contains("nothing was saved"), "{spam}");
    let change = |subject: &str| {
        let mut form = http.open("/errand/1/edit").form();
        form.set("subject", subject);
        http.submit(&form)
    };
    assert!(http.follow(&change("kept")).text("main").contains("kept"));
    let kept = change("Milk");
    assert_eq!(kept.status, 409, "{kept}");
    assert!(summary(&kept).contains("a rule"), "{kept}");
    assert_eq!(database.run("SELECT subject FROM errand"), "kept");
}

#[test]
fn what_a_policy_keeps_is_said_to_be_kept() {
    let running = Running::set_up(
        "CREATE ROLE {database}_app;
         GRANT SELECT, INSERT, UPDATE, DELETE ON memo TO {database}_app;
         GRANT USAGE ON memo_memo_id_seq TO {database}_app;
         INSERT INTO memo (owner, body) VALUES ('me', 'a'), ('you', 'b')",
        "?options=-c%20role%3D{database}_app",
    );
    let http = &running.http;
    let refused = http.post("/memo", &[("owner", "you"), ("body", "x")]);
    assert_eq!(refused.status, 403, "{refused}");
    assert!(summary(&refused).contains("policy"), "{refused}");
    assert_eq!(refused.form().value("body"), Some("x"), "{refused}");
    let change = |row: &str, owner: &str| {
        let mut form = http.open(&format!("/memo/{row}/edit")).form();
        form.set("owner", owner);
        form.set("body", "y");
        http.submit(&form)
    };
    let hidden = change("1", "you");
    assert_eq!(hidden.status, 403, "{hidden}");
    assert!(summary(&hidden).contains("policy"), "{hidden}");
    let kept = change("2", "you");
    assert_eq!(kept.status, 409, "{kept}");
    assert!(summary(&kept).contains("policy"), "{kept}");
    let kept = http.post("/memo/2/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(kept.text("main").contains("policy"), "{kept}");
    assert_eq!(http.post("/memo/1/delete", &[]).status, 303);
    running.database.run(&format!(
        "DROP OWNED BY {0}_app; DROP ROLE {0}_app",
        running.database.name
    ));
}

#[test]
fn a_database_that_takes_no_changes_says_so() {
    let read_only = "?options=-c%20default_transaction_read_only%3Don";
    let Running { http, .. } = &Running::set_up("", read_only);
    let page = http.post("/parcel", &[("name", "Box")]);
    assert_eq!(page.status, 403, "{page}");
    assert!(summary(&page).contains("takes no changes now"), "{page}");
    assert_eq!(page.form().value("name"), Some("Box"), "{page}");
}

#[test]
fn a_view_that_cannot_be_computed_is_a_fault_and_not_the_fault_of_the_request() {
    let Running { http, database, .. } = &Running::start();
    database.run("INSERT INTO parcel (name) VALUES ('Box')");
    let page = http.get("/broken");
    assert_eq!(page.status, 500, "{page}");
    assert!(!page.html.contains("division"), "{page}");
}
