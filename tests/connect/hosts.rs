//! Several servers: one that is down, one that follows another.

use std::time::{Duration, Instant};

use tokio::net::TcpListener;

use umbel_tests::tls_server::Server;

use crate::{Table, drive, open_in, outcome, value};

#[tokio::test]
async fn the_first_that_fits_is_taken() {
    let Some(primary) = Server::start() else {
        return;
    };
    let standby = primary.standby();
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let down = closed.local_addr().unwrap().port();
    drop(closed);
    let (one, two) = (primary.port, standby.port);
    let home = tempfile::tempdir().unwrap();
    for (ports, kind, expect) in [
        ([down, one], "any", Ok(one)),
        ([two, one], "any", Ok(two)),
        ([two, one], "primary", Ok(one)),
        ([two, one], "read-write", Ok(one)),
        ([one, two], "standby", Ok(two)),
        ([one, two], "read-only", Ok(two)),
        ([one, two], "prefer-standby", Ok(two)),
        ([one, down], "prefer-standby", Ok(one)),
        (
            [two, down],
            "read-write",
            Err("is a standby, and `target_session_attrs=read-write`"),
        ),
        ([one, down], "standby", Err("is no standby")),
        ([down, down], "any", Err("connection refused")),
    ] {
        let [first, second] = ports;
        let url = format!(
            "postgres://me:secret@localhost:{first},127.0.0.1:{second}/postgres?target_session_attrs={kind}"
        );
        match (open_in(&url, home.path(), &[]).await, expect) {
            (Ok(connected), Ok(port)) => {
                assert_eq!(connected.host.port, port, "{url}");
                let client = drive(connected);
                assert_eq!(value(&client, "SHOW port").await, port.to_string(), "{url}");
            }
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{url}: {error}"),
            (Ok(connected), Err(_)) => panic!("{url}: {connected:?}"),
            (Err(error), Ok(_)) => panic!("{url}: {error}"),
        }
    }
    // A role that takes no writes looks like a server that takes none.
    primary.psql("ALTER ROLE me SET default_transaction_read_only = on");
    let url =
        format!("postgres://me:secret@127.0.0.1:{one}/postgres?target_session_attrs=read-write");
    let said = outcome(&url).await;
    assert!(said.contains("takes no writes"), "{said}");
    primary.psql("ALTER ROLE me RESET default_transaction_read_only");

    let mut table = Table::default();
    let servers = format!("127.0.0.1:{one},127.0.0.1:{two}");
    // A password that is wrong is wrong everywhere: it is not sent to all of them.
    let said = outcome(&format!("postgres://me:wrong@{servers}/postgres")).await;
    table.note("wrong", &said, "does not accept the password");
    assert_eq!(said.matches("does not accept").count(), 1, "{said}");
    let mut reached = [false; 2];
    for _ in 0..60 {
        let url = format!("postgres://me:secret@{servers}/postgres?load_balance_hosts=random");
        let connected = open_in(&url, home.path(), &[]).await.unwrap();
        reached[usize::from(connected.host.port == two)] = true;
        if reached == [true; 2] {
            break;
        }
    }
    assert_eq!(reached, [true; 2]);
    for (url, expect) in [
        ("host=a,b port=1,2,3", "another number of ports"),
        ("host=a,b hostaddr=127.0.0.1", "different numbers"),
        ("hostaddr=x", "`hostaddr`"),
    ] {
        table.check(url, expect).await;
    }
    table.finish();
}

#[tokio::test]
async fn each_server_has_its_own_time() {
    let Some(server) = Server::start() else {
        return;
    };
    // It lets everybody in and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let url = format!(
        "postgres://me:secret@127.0.0.1:{port},127.0.0.1:{}/postgres?connect_timeout=1",
        server.port
    );
    let start = Instant::now();
    assert_eq!(outcome(&url).await, "tls");
    assert!(start.elapsed() >= Duration::from_secs(1));
    let url = format!("postgres://me:secret@127.0.0.1:{port}/postgres?connect_timeout=1");
    let said = outcome(&url).await;
    assert!(said.contains("did not answer within 1 s"), "{said}");
}
