//! An application whose database changed after it was emitted.

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::http::Client;
use umbel_tests::server::Server;

#[test]
fn said_at_the_start_and_the_rest_is_served() {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let program = App::emitted("pagila", &corpus.files(), &database).build();
    database.run(
        "DROP VIEW actor_info, film_list, nicer_but_slower_film_list CASCADE;
         ALTER TABLE film DROP COLUMN rental_rate;
         ALTER TABLE language ALTER COLUMN name TYPE bytea USING name::text::bytea;
         ALTER TABLE country ADD code integer NOT NULL DEFAULT 1;
         ALTER TABLE country ALTER code DROP DEFAULT",
    );
    let server = Server::start(&program, &database.url);
    let log = server.log();
    let said: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("schema differs"))
        .collect();
    let [said] = said.as_slice() else {
        panic!("one list: {log}")
    };
    for difference in [
        "schema differs from the one this app was emitted from: public.actor_info is gone",
        "public.film.rental_rate is gone",
        "public.language.name is bytea now",
        "public.country.code is new and must be given",
    ] {
        assert!(said.contains(difference), "{difference}: {said}");
    }
    let http = Client::new(&server.url);
    for path in ["/customer", "/actor", "/country/1"] {
        http.open(path);
    }
    for path in ["/film", "/film/1", "/actor_info"] {
        let page = http.get(path);
        assert_eq!(page.status, 503, "{page}");
        assert_eq!(page.text("h1"), "The database has changed");
    }
}

#[test]
fn nothing_is_said_where_nothing_changed() {
    let corpus = Corpus::own("pagila");
    let database = corpus.database();
    let program = App::emitted("pagila", &corpus.files(), &database).build();
    let server = Server::start(&program, &database.url);
    assert!(!server.log().contains("schema differs"), "{}", server.log());
}
