//! Statements that take too long, wait for a lock, or that nobody waits for any more.

use std::io::Write;
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;

use umbel_tests::database::Database;
use umbel_tests::{postgres, wait};

use super::{Running, summary};

/// How many statements of the view `slow` the server works on.
fn slow_statements(database: &Database) -> String {
    database.run(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
         AND state = 'active' AND query LIKE '%\"slow\"%' AND pid <> pg_backend_pid()",
    )
}

#[test]
fn what_a_request_no_longer_waits_for_is_stopped_on_the_server() {
    let unlimited = "?options=-c%20statement_timeout%3D0";
    let Running {
        http,
        database,
        server,
        ..
    } = &Running::set_up("", unlimited);
    let mut visitor = TcpStream::connect(server.url.trim_start_matches("http://")).unwrap();
    visitor
        .write_all(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let minute = Duration::from_secs(60);
    wait::until("the view is read", minute, || {
        (slow_statements(database) != "0").then_some(())
    });
    drop(visitor);
    wait::until("nothing runs any more", minute, || {
        (slow_statements(database) == "0").then_some(())
    });
    http.open("/parcel");
}

#[test]
fn a_page_that_takes_too_long_leaves_nothing_behind() {
    let limit = "ALTER DATABASE {database} SET statement_timeout = '3s'";
    let Running { http, database, .. } = &Running::set_up(limit, "");
    for _ in 0..3 {
        let page = http.get("/slow");
        assert!(page.html.contains("It took too long to read"), "{page}");
        assert_eq!(http.get("/parcel").status, 200);
    }
    wait::until("nothing runs any more", Duration::from_secs(60), || {
        (slow_statements(database) == "0").then_some(())
    });
}

#[test]
fn a_lock_is_waited_for_no_longer_than_a_person_waits() {
    let Running { http, database, .. } = &Running::start();
    database.run("INSERT INTO parcel (name) VALUES ('Box')");
    let _holding = Holding::locks(database, "LOCK TABLE parcel");
    let page = http.post("/parcel", &[("name", "Bag")]);
    assert_eq!(page.status, 409, "{page}");
    assert!(
        summary(&page).contains("someone else is changing this"),
        "{page}"
    );
    let list = http.get("/parcel");
    assert_eq!(list.status, 409, "{list}");
}

/// A session that holds a lock until it is dropped.
struct Holding(Child);

impl Holding {
    fn locks(database: &Database, lock: &str) -> Self {
        let mut psql = postgres::psql(&database.url);
        psql.args(["--command", &format!("BEGIN; {lock}; SELECT pg_sleep(60)")]);
        let holding = Self(psql.spawn().expect("psql runs"));
        let held = "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE mode = 'AccessExclusiveLock'
             AND granted AND datname = current_database() AND query LIKE '%pg_sleep(60)%' AND state = 'active' LIMIT 1";
        wait::until("the lock is held", Duration::from_secs(30), || {
            (database.run(held) == "1").then_some(())
        });
        holding
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
