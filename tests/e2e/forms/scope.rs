//! What the scope of a table leaves out is left out everywhere, not only on the table's own pages.

use std::fs;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::process;
use umbel_tests::server::Server;
use umbel_tests::umbel;

const TABLES: &str = "
    CREATE TABLE room (id serial PRIMARY KEY, name text NOT NULL, house_id integer);
    CREATE TABLE house (id serial PRIMARY KEY, name text NOT NULL);
    ALTER TABLE room ADD FOREIGN KEY (house_id) REFERENCES house ON DELETE CASCADE;
    CREATE TABLE lamp (id serial PRIMARY KEY, name text NOT NULL, room_id integer REFERENCES room);
    CREATE TABLE wire (id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE room_wire (room_id integer REFERENCES room, wire_id integer REFERENCES wire,
        PRIMARY KEY (room_id, wire_id));
    INSERT INTO house (name) VALUES ('Old');
    INSERT INTO room (name, house_id) VALUES ('Hall', 1), ('Vault', 1), ('Attic', 1);
    INSERT INTO lamp (name, room_id) VALUES ('Bright', 1), ('Dim', 2);
    INSERT INTO wire (name) VALUES ('Red');
    INSERT INTO room_wire VALUES (1, 1), (2, 1);";

const POLICY: &str = r#"impl Policy for Room {
    fn scope(_: &Actor, _: Action, rooms: Query<Self>) -> Query<Self> {
        rooms.filter(Room::NAME.ne("Vault"))
    }
}
"#;

#[test]
fn a_row_out_of_scope_is_neither_offered_nor_accepted_nor_shown_elsewhere() {
    let database = Database::with(TABLES);
    let app = App::fresh("scoped", &database.url);
    let settings = app.folder.join("umbel.toml");
    let said = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{said}\n[table.room]\npolicy = true\n")).unwrap();
    let mut sync = umbel::command();
    sync.args(["sync", "-C"])
        .arg(&app.folder)
        .args(["--database", &database.url]);
    process::succeed(&mut sync);
    let policy = app.folder.join("src/room/policy.rs");
    let code = fs::read_to_string(&policy).unwrap();
    let code = code.replace("impl Policy for Room {}\n", POLICY);
    let code = code.replace(
        "use umbel::policy::Policy;",
        "use umbel::policy::{Action, Actor, Policy};\nuse umbel::query::Query;",
    );
    fs::write(&policy, code).unwrap();
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    assert_eq!(http.get("/room/2").status, 404);

    // Related rows, their number, and what a delete takes along.
    let house = http.open("/house/1");
    let related = house.text("section.related");
    assert!(
        related.contains("2") && related.contains("Attic") && !related.contains("Vault"),
        "{house}"
    );
    let effects = http.open("/house/1/delete").text(".effects");
    assert!(effects.contains("2 rooms"), "{effects}");
    assert!(!http.open("/wire/1").text("main").contains("Vault"));
    let effects = http.open("/wire/1/delete").text(".effects");
    assert_eq!(
        effects.trim(),
        "1 room is linked with it and keeps it from being deleted"
    );

    // The label of a row that refers to it.
    let lamp = http.open("/lamp/2");
    let text = lamp.text("main");
    assert!(
        !text.contains("Vault") && text.contains('2') && !lamp.links_to("/room/2"),
        "{lamp}"
    );
    let list = http.open("/lamp");
    assert!(
        !list.text("main").contains("Vault") && list.text("main").contains("Hall"),
        "{list}"
    );
    assert!(http.open("/lamp/1").links_to("/room/1"));

    // Choices: not offered, not accepted, and what is there already stays.
    let page = http.open("/lamp/new");
    assert!(!page.text("form.sheet").contains("Vault"), "{page}");
    let mut form = page.form();
    form.set("name", "New");
    form.set("room_id", "2");
    let refused = http.submit(&form);
    assert_eq!(
        (refused.status, refused.invalid()),
        (422, vec!["room_id".to_owned()]),
        "{refused}"
    );
    form.set("room_id", "3");
    assert_eq!(http.submit(&form).status, 303);
    let mut form = http.open("/lamp/2/edit").form();
    form.set("name", "Dimmer");
    assert_eq!(http.submit(&form).status, 303);
    let lamp = "SELECT name, room_id FROM lamp WHERE id = 2";
    assert_eq!(database.run(lamp), "Dimmer|2");
    let mut form = http.open("/lamp/1/edit").form();
    form.set("room_id", "2");
    assert_eq!(http.submit(&form).status, 422);

    // Links, too.
    let page = http.open("/wire/1/edit");
    assert!(!page.text("form.sheet").contains("Vault"), "{page}");
    let mut form = page.form();
    assert_eq!(form.values("rooms"), ["1"]);
    form.set_all("rooms", &["3"]);
    assert_eq!(http.submit(&form).status, 303);
    let links = "SELECT string_agg(room_id::text, ' ' ORDER BY room_id) FROM room_wire";
    assert_eq!(
        database.run(links),
        "2 3",
        "what cannot be seen is not taken away"
    );
    let mut form = http.open("/wire/1/edit").form();
    database.run("DELETE FROM room_wire WHERE room_id = 2");
    form.set_all("rooms", &["2", "3"]);
    assert_eq!(http.submit(&form).status, 422);
    assert_eq!(database.run(links), "3");

    // Nor beside many.
    database.run(
        "INSERT INTO room (name) SELECT 'Room ' || i FROM generate_series(1, 250) AS i;
         INSERT INTO room_wire SELECT id, 1 FROM room WHERE id <> 3",
    );
    let form = http.open("/wire/1/edit").form();
    assert_eq!(form.values("rooms").len(), 50);
    let mut sent = form.sent();
    sent.retain(|field| *field != ("rooms", "3"));
    sent.push(("rooms.shown", "2"));
    assert_eq!(http.post(&form.action, &sent).status, 303);
    let which = "SELECT string_agg(room_id::text, ' ' ORDER BY room_id) FROM room_wire
        WHERE room_id < 4";
    let is_not_taken_away = "what cannot be seen is not taken away";
    assert_eq!(database.run(which), "1 2", "{is_not_taken_away}");
    database.run("DELETE FROM room_wire WHERE room_id = 2");
    let form = http.open("/wire/1/edit").form();
    let mut sent = form.sent();
    sent.push(("rooms", "2"));
    assert_eq!(http.post(&form.action, &sent).status, 422);
    let mut find = form.sent();
    find.retain(|(name, _)| *name != "rooms.find");
    find.extend([("rooms.find", "Vault"), ("_.find", "rooms")]);
    let page = http.post(&form.action, &find);
    assert!(!page.text("form.sheet").contains("Vault"), "{page}");
    assert_eq!(database.run(which), "1");
}
