//! Modes of TLS, authorities, names and certificates of clients.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use umbel_tests::tls_server::Server;

use crate::{Table, drive, open_in, outcome, value};

const MODES: [&str; 6] = [
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
];

#[tokio::test]
async fn every_mode_with_every_server() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut table = Table::default();
    let file = |name: &str| server.path(name).display().to_string();
    let (authority, stranger, own) = (file("authority.crt"), file("stranger.crt"), file("own.crt"));
    let unknown = "not signed by an authority that is known";

    let url = |server: &Server, host: &str, mode: &str, more: &str| {
        let port = server.port;
        format!(
            "host={host} hostaddr=127.0.0.1 port={port} user=me password=secret dbname=postgres sslmode={mode} {more}"
        )
    };
    // Without a file of authorities, the system's are asked: none of them signed this.
    let expected = ["plain", "plain", "tls", "tls", unknown, unknown];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "localhost", mode, ""), expect)
            .await;
    }
    let roots = format!("sslrootcert={authority}");
    let expected = ["plain", "plain", "tls", "tls", "tls", "tls"];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "localhost", mode, &roots), expect)
            .await;
    }
    let other = format!("sslrootcert={stranger}");
    let expected = ["plain", "plain", "tls", unknown, unknown, unknown];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "localhost", mode, &other), expect)
            .await;
    }
    let names = "is for other names: localhost, *.db.example, 127.0.0.1";
    let expected = ["plain", "plain", "tls", "tls", "tls", names];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "example", mode, &roots), expect)
            .await;
    }
    for (host, expect) in [
        ("127.0.0.1", "tls"),
        ("one.db.example", "tls"),
        ("ONE.DB.EXAMPLE", "tls"),
        ("a.one.db.example", names),
        ("127.0.0.2", names),
        ("under_score", names),
    ] {
        table
            .check(&url(&server, host, "verify-full", &roots), expect)
            .await;
    }
    for (more, expect) in [
        (format!("{roots} ssl_max_protocol_version=TLSv1.2"), "tls"),
        (format!("{roots} ssl_min_protocol_version=TLSv1.3"), "tls"),
        (format!("{roots} sslsni=0"), "tls"),
        ("sslrootcert=system".to_owned(), unknown),
        (
            "sslrootcert=/none.crt".to_owned(),
            "`sslrootcert` names /none.crt, which does not exist",
        ),
        (
            format!("sslrootcert={}", file("good.key")),
            "holds no certificate",
        ),
    ] {
        table
            .check(&url(&server, "localhost", "verify-full", &more), expect)
            .await;
    }

    server.serve("expired", &[]);
    let expected = [
        "plain",
        "plain",
        "tls",
        "has expired",
        "has expired",
        "has expired",
    ];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "localhost", mode, &roots), expect)
            .await;
    }
    // Before there were lists of names, a certificate had one.
    server.serve("unnamed", &[]);
    table
        .check(&url(&server, "localhost", "verify-full", &roots), "tls")
        .await;
    table
        .check(
            &url(&server, "example", "verify-full", &roots),
            "is for another name: localhost",
        )
        .await;
    // As PostgreSQL's own documentation makes it.
    server.serve("old", &[]);
    table
        .check(&url(&server, "localhost", "require", ""), "tls")
        .await;
    table
        .check(&url(&server, "localhost", "verify-full", &roots), "tls")
        .await;
    table
        .check(&url(&server, "localhost", "verify-full", &other), unknown)
        .await;
    // Signed by itself.
    server.serve("own", &[]);
    let roots = format!("sslrootcert={own}");
    table
        .check(&url(&server, "localhost", "verify-full", &roots), "tls")
        .await;
    table
        .check(&url(&server, "localhost", "verify-full", &other), unknown)
        .await;
    table
        .check(
            &url(&server, "example", "verify-full", &roots),
            "is for another name",
        )
        .await;

    server.serve("good", &["ssl=off"]);
    let none = "does not take TLS, and `sslmode=";
    let expected = ["plain", "plain", "plain", none, none, none];
    for (mode, expect) in MODES.into_iter().zip(expected) {
        table
            .check(&url(&server, "localhost", mode, &roots), expect)
            .await;
    }
    // What the server says before it is known is not repeated; a socket needs no TLS.
    let socket = server.path("").display().to_string();
    let local = format!(
        "host={socket} port={} user=me dbname=postgres sslmode=verify-full",
        server.port
    );
    table.check(&local, "plain").await;
    table.finish();
}

#[tokio::test]
async fn rules_of_the_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut table = Table::default();
    let url = |role: &str, more: &str| {
        let port = server.port;
        format!("postgres://{role}:secret@localhost:{port}/postgres?hostaddr=127.0.0.1&{more}")
    };
    for (role, mode, expect) in [
        ("tls_only", "disable", "say `sslmode=require`"),
        ("tls_only", "allow", "tls"),
        ("tls_only", "prefer", "tls"),
        ("tls_only", "require", "tls"),
        ("plain_only", "disable", "plain"),
        ("plain_only", "allow", "plain"),
        ("plain_only", "prefer", "plain"),
        ("plain_only", "require", "pg_hba.conf"),
        ("with_cert", "disable", "say `sslmode=require`"),
        ("with_cert", "prefer", "`sslcert=FILE`"),
        ("with_cert", "require", "`sslcert=FILE`"),
        ("nobody", "prefer", "does not accept the password"),
    ] {
        table
            .check(&url(role, &format!("sslmode={mode}")), expect)
            .await;
    }
    table.check(&url("me", "ssl=true"), "tls").await;

    // Certificates of clients, with keys of every kind.
    let file = |name: &str| server.path(name).display().to_string();
    let open = PermissionsExt::from_mode(0o644);
    std::fs::copy(server.path("client.key"), server.path("open.key")).unwrap();
    std::fs::set_permissions(server.path("open.key"), open).unwrap();
    std::fs::write(server.path("empty.key"), "").unwrap();
    let closed = PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(server.path("empty.key"), closed).unwrap();
    for (certificate, key, expect) in [
        ("client.crt", "client.key", "tls"),
        ("client.crt", "client.sec1.key", "tls"),
        ("other.crt", "other.key", "does not take the certificate"),
        (
            "other.crt",
            "other.pkcs1.key",
            "does not take the certificate",
        ),
        ("client.crt", "other.key", "is not the key of"),
        ("client.crt", "none.key", "does not exist"),
        ("client.crt", "open.key", "which others may read"),
        ("client.crt", "empty.key", "holds no private key"),
    ] {
        let more = format!(
            "sslmode=require&sslcert={}&sslkey={}",
            file(certificate),
            file(key)
        );
        table.check(&url("with_cert", &more), expect).await;
    }
    table.finish();
}

#[tokio::test]
async fn what_does_not_go_together() {
    for (options, expect) in [
        (
            "sslmode=require&sslrootcert=system",
            "say `sslmode=verify-full`",
        ),
        (
            "sslmode=prefer&sslnegotiation=direct",
            "say `sslmode=require`",
        ),
        (
            "ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.2",
            "older",
        ),
        ("sslcrl=/x", "called back"),
        ("sslpassword=x", "without one"),
        ("gssencmode=require", "TLS"),
        ("sslmode=verify", "`verify-full`"),
    ] {
        let said = outcome(&format!("postgres://me:secret@127.0.0.1:1/x?{options}")).await;
        assert!(said.contains(expect), "{options}: {said}");
    }
}

#[tokio::test]
async fn what_runs_is_cancelled_over_tls() {
    let Some(server) = Server::start() else {
        return;
    };
    let url = format!(
        "host=127.0.0.1 port={} user=tls_only password=secret dbname=postgres sslmode=require",
        server.port
    );
    let connected = open_in(&url, &server.path(""), &[])
        .await
        .expect("a connection");
    let canceller = connected.canceller.clone();
    let client = drive(connected);
    let token = client.cancel_token();
    let sleeping = client.batch_execute("SELECT pg_sleep(60)");
    let cancelling = async {
        let running = "SELECT count(*) FROM pg_stat_activity WHERE query ~ '^SELECT pg_sleep'";
        while server.psql(running) == "0" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        canceller.cancel(&token).await.expect("a way");
    };
    let (slept, ()) = tokio::join!(sleeping, cancelling);
    let error = slept.expect_err("it was cancelled");
    assert_eq!(error.code().map(|code| code.code()), Some("57014"));
    assert_eq!(value(&client, "SELECT 1").await, "1");
}
