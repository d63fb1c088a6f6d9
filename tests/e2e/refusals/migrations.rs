//! Ordinary migrations while the application runs, with every connection of its pool in use before.

use std::thread;

use super::Running;

/// Pages that are asked for before and after each migration.
const PAGES: [&str; 7] = [
    "/parcel",
    "/parcel/1",
    "/parcel/1/edit",
    "/guest",
    "/guest/1",
    "/guest/1/edit",
    "/broken",
];

impl Running {
    /// Asks for every page on several connections at once, and returns those with another status than 200.
    fn ask_all(&self) -> Vec<String> {
        let http = &self.http;
        let ask = || PAGES.map(|path| (path, http.get(path).status));
        thread::scope(|scope| {
            let visitors: Vec<_> = (0..6).map(|_| scope.spawn(ask)).collect();
            let answers = visitors
                .into_iter()
                .flat_map(|visitor| visitor.join().unwrap());
            answers
                .filter(|(_, status)| *status != 200)
                .map(|(path, status)| format!("{path}: {status}"))
                .collect()
        })
    }

    /// Saves a form with one change, as often as there may be connections.
    fn save(&self, path: &str, field: &str) -> Vec<u16> {
        let saved = (1..=6).map(|number| {
            let mut form = self.http.open(path).form();
            form.set(field, &number.to_string());
            self.http.submit(&form).status
        });
        saved.filter(|status| *status != 303).collect()
    }
}

#[test]
fn what_fits_is_served_as_before() {
    let running = Running::start();
    let database = &running.database;
    database.run(
        "DROP VIEW broken; CREATE VIEW broken AS SELECT parcel_id, weight AS nothing FROM parcel;
         INSERT INTO tag (name) VALUES ('red'); INSERT INTO parcel (weight, name) VALUES (50, 'Box');
         INSERT INTO parcel_tag VALUES (1, 1); INSERT INTO guest (temper, known, plain) VALUES ('sad', '{fair}', 'great')",
    );
    for migration in [
        "SELECT 1",
        "ALTER TABLE parcel ALTER name TYPE varchar(80); ALTER TABLE guest ALTER guest_id TYPE bigint",
        "ALTER TABLE parcel ADD more text DEFAULT 'x', ADD extra integer",
        "ALTER TABLE parcel_tag ALTER tag_id TYPE bigint",
        "CREATE OR REPLACE VIEW broken AS SELECT parcel_id, weight AS nothing, name FROM parcel",
        "ALTER TYPE mood ADD VALUE 'calm'",
        "ALTER TYPE mood RENAME TO mood_before; CREATE TYPE mood AS ENUM ('sad', 'fair', 'great', 'calm');
         ALTER TABLE guest ALTER plain TYPE mood USING plain::text::mood",
        "CREATE INDEX ON parcel (weight); ALTER TABLE parcel ADD CHECK (weight < 1000) NOT VALID",
    ] {
        database.run(migration);
        assert_eq!(running.ask_all(), [""; 0], "{migration}");
        // In a transaction, for the tags are saved along.
        assert_eq!(running.save("/parcel/1/edit", "name"), [0; 0], "{migration}");
        let mut form = running.http.open("/guest/1/edit").form();
        for mood in ["fair", "great"] {
            form.set("plain", mood);
            let saved = running.http.submit(&form);
            assert_eq!(saved.status, 303, "{migration}: {saved}");
            form = running.http.open("/guest/1/edit").form();
        }
    }
}

#[test]
fn functions_that_remember_a_schema_begin_anew() {
    let running = Running::start();
    let database = &running.database;
    database.run(
        "INSERT INTO gauge VALUES (1, 10, 'abc'); INSERT INTO crate (label) VALUES ('abc');
         INSERT INTO stack (label) VALUES ('abc')",
    );
    // Rows by themselves, and rows with their tags in a transaction, on as many connections as may be in use.
    let save = |path: &str, label: &str| {
        let http = &running.http;
        let added = http.post(path, &[("label", label)]);
        let row = added.location.as_deref().unwrap_or("/");
        let mut form = http.open(&format!("{row}/edit")).form();
        form.set("height", "5");
        http.submit(&form).status
    };
    let save_all = |label: &str| {
        thread::scope(|scope| {
            let save = |path| scope.spawn(move || save(path, label));
            let visitors = ["/crate", "/stack"].repeat(3);
            let visitors: Vec<_> = visitors.into_iter().map(save).collect();
            let answers = visitors.into_iter().map(|visitor| visitor.join().unwrap());
            answers.collect::<Vec<_>>()
        })
    };
    assert_eq!(save_all("a"), [303; 6]);
    for (migration, label) in [
        ("ALTER TABLE gauge ALTER most TYPE bigint", "b"),
        (
            "ALTER TABLE gauge ALTER code TYPE varchar(30)",
            "longer than before",
        ),
        (
            "ALTER TABLE gauge ALTER most TYPE numeric; ALTER TABLE gauge ADD more text",
            "c",
        ),
        (
            "ALTER TABLE gauge RENAME TO old_gauge; CREATE TABLE gauge AS SELECT gauge_id, 20 AS most, code FROM old_gauge",
            "d",
        ),
        ("ALTER TABLE gauge ALTER most TYPE bigint", "e"),
    ] {
        database.run(migration);
        for _ in 0..3 {
            assert_eq!(save_all(label), [303; 6], "{migration}");
        }
    }
    // What the author says is said of each connection.
    let high = running.http.post("/crate", &[("height", "99")]);
    assert_eq!(high.status, 422, "{high}");
}

#[test]
fn what_no_longer_fits_is_said_on_every_page_of_it() {
    let running = Running::start();
    let Running { http, database, .. } = &running;
    database.run(
        "INSERT INTO parcel (weight, name) VALUES (50, 'Box'); INSERT INTO depot VALUES ('a', NULL);
         INSERT INTO letter (body) VALUES ('Dear'); INSERT INTO van (depot) VALUES ('a');
         INSERT INTO guest (plain) VALUES ('sad'), ('great')",
    );
    let depot = http.open("/depot/a/edit").form();
    let van = http.open("/van/new").form();
    for path in [
        "/depot",
        "/depot/a",
        "/letter",
        "/letter/1",
        "/guest/1",
        "/member",
    ] {
        http.open(path);
    }
    database.run(
        "ALTER TABLE depot RENAME main TO head; ALTER TABLE letter RENAME TO post;
         ALTER TABLE van ADD plate text NOT NULL DEFAULT 'x'; ALTER TABLE van ALTER plate DROP DEFAULT;
         ALTER TABLE member ALTER plain TYPE integer USING 7, ALTER mail TYPE jsonb USING to_jsonb(mail);
         ALTER TYPE mood ADD VALUE 'calm'",
    );
    database.run(
        "UPDATE guest SET plain = 'calm' WHERE guest_id = 1; INSERT INTO member (mail, plain) VALUES ('\"a\"', 7)",
    );
    let mut answers: Vec<_> = [
        "/depot",
        "/depot/a",
        "/depot/a/edit",
        "/letter",
        "/letter/1",
        "/letter/1/edit",
        "/member",
        "/member/1",
        "/member/1/edit",
        "/guest/1",
        "/guest/1/edit",
    ]
    .map(|path| http.get(path))
    .into();
    answers.extend([http.submit(&depot), http.submit(&van)]);
    for page in answers {
        assert_eq!(page.status, 503, "{page}");
        assert_eq!(page.text("h1"), "The database has changed", "{page}");
    }
    // The rest is served, and so are the rows that can still be read.
    for path in ["/parcel", "/parcel/1/edit", "/van", "/guest/2"] {
        http.open(path);
    }
    let guests = http.open("/guest");
    assert_eq!(guests.rows().len(), 1, "{guests}");
    assert!(
        guests.text("main [role=status]").contains("calm"),
        "{guests}"
    );
}
