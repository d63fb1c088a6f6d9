//! `pages` in `umbel.toml`: the tables that have pages; all have models.

use std::fs;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::process;
use umbel_tests::server::Server;
use umbel_tests::umbel;

const SCHEMA: &str = "
    CREATE TABLE language (language_id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE film (film_id serial PRIMARY KEY, title text NOT NULL, language_id integer NOT NULL REFERENCES language);
    CREATE TABLE rental (rental_id serial PRIMARY KEY, name text NOT NULL, film_id integer NOT NULL REFERENCES film);
    INSERT INTO language (name) VALUES ('Danish');
    INSERT INTO film (title, language_id) VALUES ('Babette', 1);
    INSERT INTO rental (name, film_id) VALUES ('late again', 1)";

#[test]
fn tables_without_pages_have_models_and_are_no_links() {
    for (name, arguments) in [("some_pages", &[][..]), ("some_pages_split", &["--split"])] {
        let database = Database::with(SCHEMA);
        let app = App::fresh_with(name, &database.url, arguments);
        let sync = |pages: &str| {
            let settings = app.folder.join("umbel.toml");
            let text = fs::read_to_string(&settings).unwrap();
            let without = text.lines().filter(|line| !line.starts_with("pages = "));
            let text: Vec<&str> = without.collect();
            let said = format!("[app]\n{pages}");
            fs::write(
                &settings,
                text.join("\n").replacen("[app]", &said, 1) + "\n",
            )
            .unwrap();
            let mut sync = umbel::command();
            sync.args(["sync", "-C"]).arg(&app.folder);
            process::finish(sync.args(["--database", &database.url]))
        };
        let wrong = sync("pages = [\"film\", \"rentl\"]");
        assert_eq!(wrong.code, Some(1), "{wrong}");
        assert!(
            wrong
                .stderr
                .contains("no table is called `rentl`; did you mean `rental`?"),
            "{wrong}"
        );
        let synced = sync("pages = [\"f*\"]");
        assert_eq!(synced.code, Some(0), "{synced}");
        for promise in [
            app.check_warnings(),
            app.check_format(),
            app.check_tests(&database.url),
        ] {
            assert_eq!(promise.code, Some(0), "{name}: {promise}");
        }
        assert_eq!(app.tables().len(), 3, "every table has a model");
        {
            let server = Server::start(&app.build(), &database.url);
            let http = Client::new(&server.url);
            let page = http.open("/film/1").html;
            assert!(
                page.contains("Danish") && page.contains("late again"),
                "{page}"
            );
            assert!(
                !page.contains("/language") && !page.contains("/rental"),
                "{page}"
            );
            let form = http.open("/film/1/edit").html;
            assert!(form.contains("Danish"), "{form}");
            let refused = http.open("/film/1/delete").html;
            assert!(
                refused.contains("rental") && !refused.contains("/rental"),
                "{refused}"
            );
            let home = http.open("/").html;
            assert!(
                home.contains("/film") && !home.contains("/rental"),
                "{home}"
            );
            assert_eq!(http.get("/rental").status, 404);
        }
        let all = sync("");
        assert_eq!(all.code, Some(0), "{all}");
        let promise = app.check_warnings();
        assert_eq!(promise.code, Some(0), "{name}: {promise}");
    }
}
