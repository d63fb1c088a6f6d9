//! A server that speaks another language.

use umbel_tests::{postgres, process};

use super::{Running, summary};

/// The same answers, whatever language the server speaks: no decision reads what it says.
#[test]
fn a_server_that_speaks_german_is_understood() {
    let german = "ALTER DATABASE {database} SET lc_messages = 'de_DE.UTF-8'";
    let running = Running::set_up(german, "");
    let Running { http, database, .. } = &running;
    let mut psql = postgres::psql(&database.url);
    let spoken = process::finish(psql.args(["--command", "SELECT 1 FROM nowhere"]));
    assert!(
        spoken.stderr.contains("existiert nicht"),
        "the server has no German (Debian: apt-get install locales): {spoken}"
    );
    database.run(
        "INSERT INTO depot VALUES ('a', NULL), ('b', 'a'); INSERT INTO van (depot) VALUES ('a');
         INSERT INTO parcel (name) VALUES ('Box')",
    );
    let change = |row: &str, field: &str, value: &str| {
        let mut form = http.open(&format!("/depot/{row}/edit")).form();
        form.set(field, value);
        http.submit(&form)
    };
    let referred = change("a", "code", "c");
    assert_eq!(
        (referred.status, referred.invalid()),
        (422, vec!["code".to_owned()])
    );
    assert!(
        summary(&referred).contains("other rows refer to it"),
        "{referred}"
    );
    let missing = change("b", "main", "nowhere");
    assert_eq!(missing.invalid(), ["main"], "{missing}");
    let taken = http.post("/parcel", &[("name", "Box")]);
    assert!(
        summary(&taken).contains("another parcel has the same value"),
        "{taken}"
    );
    let garbled = http.post("/question", &[("words", "a &&& b")]);
    assert_eq!(
        (garbled.status, garbled.invalid()),
        (422, vec!["words".to_owned()])
    );
    let list = http.open("/summary");
    assert!(
        list.text("main").contains("has not been filled yet"),
        "{list}"
    );
    // A plan that no longer fits: on the same connections, as often as there are.
    for _ in 0..4 {
        http.open("/van/1");
    }
    database.run("ALTER TABLE van ALTER van_id TYPE bigint, ADD plate text");
    for _ in 0..4 {
        http.open("/van/1");
    }
}
