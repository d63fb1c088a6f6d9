//! The command and what it emits, with a server that takes TLS alone.

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server;
use umbel_tests::tls_server::Server;
use umbel_tests::{process, umbel};

const FILM: &str = "CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL)";
const ENCRYPTED: &str = "SELECT count(*) > 0 AND bool_and(s.ssl) FROM pg_stat_ssl AS s
    JOIN pg_stat_activity AS a USING (pid) WHERE a.usename = 'tls_only'";

fn with_film() -> Option<Server> {
    let server = Server::start()?;
    server.psql(FILM);
    server.psql("INSERT INTO film VALUES (1, 'ACADEMY DINOSAUR')");
    server.psql("GRANT ALL ON film TO tls_only");
    Some(server)
}

#[test]
fn command_trusts_whom_the_system_trusts() {
    let Some(server) = with_film() else { return };
    let url = format!(
        "postgres://tls_only:secret@localhost:{}/postgres?hostaddr=127.0.0.1&sslmode=verify-full",
        server.port
    );
    let inspect = |authority: &str| {
        process::finish(
            umbel::command()
                .args(["inspect", "--database", &url])
                .env("SSL_CERT_FILE", server.path(authority))
                .env("HOME", server.path("")),
        )
    };
    let read = inspect("authority.crt");
    assert_eq!(read.code, Some(0), "{read}");
    assert!(read.stdout.contains("film"), "{read}");
    let refused = inspect("stranger.crt");
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(refused.stderr.contains("sslrootcert=FILE"), "{refused}");
    assert!(!refused.stderr.contains("secret"), "{refused}");
}

#[test]
fn application_speaks_tls() {
    let Some(server) = with_film() else { return };
    let url = format!(
        "postgres://tls_only:secret@127.0.0.1:{}/postgres?sslmode=verify-full&channel_binding=require&sslrootcert={}",
        server.port,
        server.path("authority.crt").display()
    );
    let program = App::fresh("tls", &url).build();
    let app = server::Server::start(&program, &url);
    let page = Client::new(&app.url).open("/film");
    assert!(page.html.contains("ACADEMY DINOSAUR"), "{page}");
    assert_eq!(server.psql(ENCRYPTED), "t");
}
