//! What the usual tool loses, over HTTP: each part of the schema does at run time what the database says.

use std::path::PathBuf;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

struct Running {
    http: Client,
    database: Database,
    _server: Server,
}

fn emitted() -> (App, Database) {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/e2e/acceptance.sql"));
    let database = Database::loaded(std::slice::from_ref(&file));
    let schemas = database.schemas();
    let app = App::emitted_from("acceptance", &[file], &database, &schemas);
    (app, database)
}

impl Running {
    fn start() -> Self {
        let (app, database) = emitted();
        let server = Server::start(&app.build(), &database.url);
        Self {
            http: Client::new(&server.url),
            database,
            _server: server,
        }
    }
}

#[test]
fn several_schemas_keep_the_promises() {
    let (app, database) = emitted();
    for promise in [
        app.check_warnings(),
        app.check_format(),
        app.check_tests(&database),
    ] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
}

#[test]
fn defaults_and_generated_columns() {
    let app = Running::start();
    let form = app.http.open("/public/ticket/new").form();
    assert!(!form.has("shout") && !form.has("ticket_id"));
    assert_eq!(form.value("priority"), Some("3"), "a constant is shown");
    assert_eq!(
        form.value("reference"),
        Some(""),
        "an expression is left to the database"
    );
    let created = app
        .http
        .post("/public/ticket", &[("subject", "hot"), ("priority", "3")]);
    assert_eq!(created.status, 303, "{created}");
    let stored = app.database.run(
        "SELECT shout, priority, reference IS NOT NULL, opened > now() - interval '1 hour' FROM ticket",
    );
    assert_eq!(stored, "HOT|3|t|t");
}

#[test]
fn unique_among_some() {
    let app = Running::start();
    let add = |email: &str, nickname: &str, active: &str| {
        let fields = [("email", email), ("nickname", nickname), ("active", active)];
        app.http.post("/public/account", &fields)
    };
    assert_eq!(add("a@b.c", "ace", "true").status, 303);
    assert_eq!(
        add("d@b.c", "ace", "").status,
        303,
        "inactive ones may share it"
    );
    let taken = add("e@b.c", "ace", "true");
    assert_eq!(taken.status, 422, "{taken}");
    assert!(taken.error_at("nickname").is_some(), "{taken}");
    let taken = add("A@B.C", "bee", "true");
    assert_eq!(taken.status, 422, "{taken}");
    assert!(taken.error_at("email").is_some(), "{taken}");
    assert_eq!(add("f@b.c", "", "true").status, 303);
    assert_eq!(
        add("g@b.c", "", "true").status,
        303,
        "NULL is no value to share"
    );
}

#[test]
fn no_two_that_overlap() {
    let app = Running::start();
    let add = |room: &str, from: &str, to: &str| {
        app.http.post(
            "/public/booking",
            &[
                ("room", room),
                ("period.from", from),
                ("period.to", to),
                ("period.bounds", "[)"),
            ],
        )
    };
    let first = add("1", "2026-05-01", "2026-05-10");
    assert_eq!(first.status, 303, "{first}");
    assert_eq!(add("2", "2026-05-01", "2026-05-10").status, 303);
    assert_eq!(
        add("1", "2026-05-10", "2026-05-12").status,
        303,
        "the end is not in it"
    );
    let overlapping = add("1", "2026-05-09", "2026-05-20");
    assert_eq!(overlapping.status, 422, "{overlapping}");
    let said = overlapping.text("main");
    assert!(said.contains("no two bookings"), "{said}");
}

#[test]
fn relations_across_schemas_and_kinds() {
    let app = Running::start();
    // The same column refers to a person and to a party, who are one.
    let form = app.http.open("/sales/order/new").form();
    assert!(form.has("buyer_id") && form.has("seller_id"));
    let unknown = app
        .http
        .post("/sales/order", &[("title", "Tea"), ("buyer_id", "2")]);
    assert_eq!(
        unknown.status, 422,
        "Bob is a party and no person: {unknown}"
    );
    assert!(unknown.error_at("buyer_id").is_some(), "{unknown}");
    let created = app.http.post(
        "/sales/order",
        &[("title", "Tea"), ("buyer_id", "1"), ("seller_id", "1")],
    );
    assert_eq!(created.status, 303, "{created}");
    let order = app.http.follow(&created);
    let order_path = order.path.clone();
    assert!(order.links_to("/sales/party/1"), "{order}");
    assert!(
        order.links_to("/public/person/1") || order.links_to("/public/party/1"),
        "{order}"
    );
    // Each of two tables of one name lists its own.
    assert_eq!(app.http.open("/public/party").rows().len(), 2);
    assert_eq!(app.http.open("/sales/party").rows().len(), 1);
    assert!(app.http.open("/sales/party/1").links_to(&order_path));
    // A child of the table's own type has its parent's key; the parent takes it along.
    let child = app.http.post(
        "/public/person",
        &[("person_id", "2"), ("birthday", "1990-01-02")],
    );
    assert_eq!(child.status, 303, "{child}");
    assert!(
        app.http
            .open("/public/party/2")
            .links_to("/public/person/2")
    );
    assert_eq!(app.http.post("/public/party/2/delete", &[]).status, 303);
    assert_eq!(app.http.get("/public/person/2").status, 404);
}

#[test]
fn trees_and_keys_of_two_columns() {
    let app = Running::start();
    let cats = app.http.open("/public/category/2");
    assert!(cats.links_to("/public/category/1"), "{cats}");
    assert!(
        app.http
            .open("/public/category/1")
            .links_to("/public/category/2")
    );
    let kept = app.http.post("/public/category/1/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    // A foreign key of two columns.
    let wrong = app
        .http
        .post("/public/reservation", &[("seat", "1,8"), ("guest", "Eve")]);
    assert_eq!(wrong.status, 422, "{wrong}");
    assert!(wrong.error_at("seat").is_some(), "{wrong}");
    let form = app.http.open("/public/reservation/new").form();
    assert!(form.has("seat") && !form.has("hall") && !form.has("number"));
    let created = app
        .http
        .post("/public/reservation", &[("seat", "1,7"), ("guest", "Eve")]);
    assert_eq!(created.status, 303, "{created}");
    let reservation = app.http.follow(&created);
    assert!(reservation.links_to("/public/seat/1,7"), "{reservation}");
    let seat = app.http.open("/public/seat/1,7");
    assert!(seat.links_to(&reservation.path), "{seat}");
    let mut form = app.http.open(&format!("{}/edit", reservation.path)).form();
    assert_eq!(form.value("seat"), Some("1,7"));
    form.set("seat", "");
    assert_eq!(app.http.submit(&form).status, 303);
    let seats = "SELECT hall IS NULL, number IS NULL FROM reservation";
    assert_eq!(app.database.run(seats), "t|t");
}

#[test]
fn rows_without_a_key() {
    let app = Running::start();
    let list = app.http.open("/public/journal");
    assert!(list.links_to("/public/journal/%280%2C3%29"), "{list}");
    let page = app.http.open("/public/journal/%280%2C3%29");
    assert!(page.text("main").contains("Entry 3"), "{page}");
    assert!(!page.links_to("/public/journal/%280%2C3%29/edit"), "{page}");
    let next = app.http.open("/public/journal?after=50");
    assert!(next.links_to("/public/journal/%280%2C51%29"), "{next}");

    let added = app
        .http
        .post("/public/journal", &[("message", "Entry 121")]);
    assert_eq!(added.status, 303, "{added}");
    let shown = app.http.follow(&added);
    assert!(shown.text("main").contains("Entry 121"), "{shown}");

    // The row lies elsewhere as soon as it is changed.
    app.database
        .run("UPDATE journal SET message = 'Changed' WHERE message = 'Entry 3'");
    for gone in ["%280%2C3%29", "%289999%2C1%29", "nonsense"] {
        let page = app.http.get(&format!("/public/journal/{gone}"));
        assert_eq!(page.status, 404, "{gone}: {page}");
    }
    for (asked, status) in [("sort=ctid", 400), ("sort=written", 200)] {
        let page = app.http.get(&format!("/public/journal?{asked}"));
        assert_eq!(page.status, status, "{asked}: {page}");
    }
    let readings = app.http.open("/public/reading");
    assert!(readings.text("main").contains('7'), "{readings}");
    assert!(
        !readings.html.contains("href=\"/public/reading/"),
        "{readings}"
    );
}
