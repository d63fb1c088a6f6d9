//! A server that has not what it takes.

use std::thread;

use umbel_tests::database::run_as_admin;

use super::{Running, summary};

#[test]
fn what_takes_more_than_the_server_gives_is_said() {
    let little = "ALTER DATABASE {database} SET temp_file_limit = '100kB'; ALTER DATABASE {database} SET work_mem = '64kB'";
    let Running { http, .. } = &Running::set_up(little, "");
    let page = http.get("/bulky");
    assert_eq!(page.status, 503, "{page}");
    assert_eq!(page.text("h1"), "The database cannot do this now", "{page}");
    http.open("/parcel");
}

#[test]
fn a_statement_that_takes_too_long_leaves_the_form_as_it_is() {
    let short = "ALTER DATABASE {database} SET statement_timeout = '2s'";
    let Running { http, database, .. } = &Running::set_up(short, "");
    let page = http.post("/parcel", &[("weight", "26"), ("name", "Box")]);
    assert_eq!(page.status, 504, "{page}");
    assert!(summary(&page).contains("nothing was saved"), "{page}");
    assert_eq!(page.form().value("name"), Some("Box"), "{page}");
    assert_eq!(database.run("SELECT count(*) FROM parcel"), "0");
}

#[test]
fn a_role_that_may_have_few_connections_shares_them() {
    let mut running = Running::start();
    let role = format!("{}_few", running.database.name);
    running.database.run(&format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'pw' CONNECTION LIMIT 2; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}"
    ));
    let url = running.database.url.clone();
    let (scheme, rest) = url.split_once("://").unwrap();
    let (_, host) = rest.rsplit_once('@').unwrap();
    running.serve(&format!("{scheme}://{role}:pw@{host}"));
    let http = &running.http;
    let statuses: Vec<u16> = thread::scope(|scope| {
        let visitors: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| http.get("/parcel").status))
            .collect();
        visitors
            .into_iter()
            .map(|visitor| visitor.join().unwrap())
            .collect()
    });
    assert_eq!(statuses, [200; 8]);
    let Running {
        database, server, ..
    } = running;
    drop((server, database));
    run_as_admin(&format!("DROP ROLE {role}"));
}
