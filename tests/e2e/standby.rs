//! An application whose database is a standby: everything can be read, and what cannot be saved is said to be so.

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::server;
use umbel_tests::tls_server::Server;

#[test]
fn standby_is_read_and_says_why_nothing_is_saved() {
    let Some(primary) = Server::start() else {
        return;
    };
    primary.psql("CREATE TABLE film (film_id integer PRIMARY KEY, title text NOT NULL)");
    primary.psql("INSERT INTO film VALUES (1, 'ACADEMY DINOSAUR')");
    primary.psql("GRANT ALL ON film TO me");
    let standby = primary.standby();
    let url = |server: &Server| format!("postgres://me:secret@127.0.0.1:{}/postgres", server.port);
    let program = App::fresh("standby", &url(&primary)).build();
    let app = server::Server::start(&program, &url(&standby));
    let http = Client::new(&app.url);
    let list = http.open("/film");
    assert!(list.html.contains("ACADEMY DINOSAUR"), "{list}");
    let mut form = http.open("/film/1/edit").form();
    form.set("title", "ACE GOLDFINGER");
    let refused = http.submit(&form);
    assert_eq!(refused.status, 403, "{refused}");
    let words = "the database takes no changes now: it is a standby";
    assert!(refused.html.contains(words), "{refused}");
    // Of two servers, the one that takes writes is found.
    let both = format!(
        "postgres://me:secret@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write",
        standby.port, primary.port
    );
    let app = server::Server::start(&program, &both);
    let http = Client::new(&app.url);
    let mut form = http.open("/film/1/edit").form();
    form.set("title", "ACE GOLDFINGER");
    assert_eq!(http.submit(&form).status, 303);
    assert_eq!(primary.psql("SELECT title FROM film"), "ACE GOLDFINGER");
}
