//! Others who write the same rows at the same time.

use std::process::Child;
use std::thread;
use std::time::Duration;

use umbel_tests::database::Database;
use umbel_tests::{postgres, wait};

use super::{Running, summary};

/// How long to wait for what is bound to happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Another session, in the middle of a transaction: it sleeps, goes on, and commits.
fn other(database: &Database, sql: &str) -> Child {
    let mut psql = postgres::psql(&database.url);
    let sql = format!("BEGIN; {sql}; COMMIT");
    let child = psql.args(["--command", &sql]).spawn().expect("psql runs");
    let asleep = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'";
    wait::until("the other one sleeps", PATIENCE, || {
        (database.run(asleep) == "1").then_some(())
    });
    child
}

/// Adds a row by each way, while another session does something.
fn add_while(running: &Running, sql: &str) {
    let Running { http, database, .. } = running;
    for (path, table) in [("/entry", "entry"), ("/receipt", "receipt")] {
        let mut other = other(database, sql);
        let added = http.post(path, &[("note", "Mine")]);
        assert_eq!(added.status, 303, "{added}");
        assert!(other.wait().expect("psql ends").success());
        assert_eq!(database.run(&format!("SELECT note FROM {table}")), "Mine");
    }
    // Each has counted once.
    let counted = "SELECT DISTINCT count FROM tally";
    assert_eq!(database.run(counted), "4");
}

#[test]
fn what_could_not_be_serialized_is_tried_anew() {
    let isolated = "?options=-c%20default_transaction_isolation%3Drepeatable%5C%20read";
    let running = Running::set_up("", isolated);
    let both = "UPDATE tally SET count = count + 1; SELECT pg_sleep(2)";
    add_while(&running, both);
}

#[test]
fn what_lost_a_deadlock_is_tried_anew() {
    let impatient = "ALTER DATABASE {database} SET deadlock_timeout = '3s'";
    let running = Running::set_up(impatient, "");
    // The other one waits for longer, so that it is not the one who loses.
    add_while(
        &running,
        "SET LOCAL deadlock_timeout = '60s'; UPDATE tally SET count = count + 1 WHERE tally_id = 2; SELECT pg_sleep(1.5);
         UPDATE tally SET count = count + 1 WHERE tally_id = 1",
    );
}

#[test]
fn what_was_cut_off_is_not_said_to_be_saved_or_not() {
    let Running { http, database, .. } = &Running::start();
    let mut other = other(database, "LOCK TABLE wish; SELECT pg_sleep(4)");
    let page = thread::scope(|scope| {
        let page = scope.spawn(|| http.post("/wish", &[("owner", "me"), ("body", "Snow")]));
        let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT%'";
        wait::until("the statement waits", PATIENCE, || {
            (database.run(cut) == "1").then_some(())
        });
        page.join().unwrap()
    });
    assert_eq!(page.status, 409, "{page}");
    assert!(
        summary(&page).contains("look for it before you send it again"),
        "{page}"
    );
    assert_eq!(page.form().value("body"), Some("Snow"), "{page}");
    assert!(other.wait().expect("psql ends").success());
    assert_eq!(database.run("SELECT count(*) FROM wish"), "0");
    // The next connection is as good as the one before.
    assert_eq!(http.submit(&page.form()).status, 303);
}
