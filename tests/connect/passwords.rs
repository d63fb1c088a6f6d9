//! How a password is asked for, and bound to its connection.

use umbel_tests::tls_server::Server;

use crate::Table;

#[tokio::test]
async fn passwords_and_what_protects_them() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut table = Table::default();
    let url = |server: &Server, role: &str, more: &str| {
        let port = server.port;
        format!("postgres://{role}@127.0.0.1:{port}/postgres?{more}")
    };
    let clear = "never sent without TLS; say `sslmode=require`";
    let unbound = "did not bind the password";
    for (role, more, expect) in [
        ("clear:secret", "sslmode=require", "tls"),
        ("clear:secret", "sslmode=disable", clear),
        ("clear:secret", "sslmode=prefer", "tls"),
        ("clear:secret", "sslmode=allow", "tls"),
        ("hashed:secret", "sslmode=disable", "plain"),
        ("hashed:secret", "sslmode=require", "tls"),
        (
            "me:secret",
            "sslmode=require&channel_binding=require",
            "tls",
        ),
        (
            "me:secret",
            "sslmode=require&channel_binding=disable",
            "tls",
        ),
        (
            "me:secret",
            "sslmode=disable&channel_binding=require",
            unbound,
        ),
        (
            "hashed:secret",
            "sslmode=require&channel_binding=require",
            unbound,
        ),
        (
            "clear:secret",
            "sslmode=require&channel_binding=require",
            unbound,
        ),
        ("me:wrong", "", "does not accept the password"),
        (
            "me",
            "",
            "asks the role `me` for a password, and there is none",
        ),
    ] {
        table.check(&url(&server, role, more), expect).await;
    }
    // Bound also to certificates that were signed otherwise, and to those that nobody looks at.
    for certificate in ["own", "old", "other"] {
        server.serve(certificate, &[]);
        let more = "sslmode=require&channel_binding=require";
        table.check(&url(&server, "me:secret", more), "tls").await;
    }
    server.serve("good", &["ssl=off"]);
    table
        .check(&url(&server, "clear:secret", ""), "never sent without TLS")
        .await;
    table.finish();
}
