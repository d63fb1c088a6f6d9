//! An application of several crates: it keeps its promises, and a sync moves what belongs elsewhere.

use std::fs;
use std::path::Path;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::process::{self, Finished};
use umbel_tests::server::Server;
use umbel_tests::umbel;

const SCHEMA: &str = "
    CREATE TYPE rating AS ENUM ('G', 'R');
    CREATE SCHEMA sales;
    CREATE TABLE actor (actor_id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE film (film_id serial PRIMARY KEY, title text NOT NULL, rating rating);
    CREATE TABLE film_actor (
        film_id integer REFERENCES film, actor_id integer REFERENCES actor, PRIMARY KEY (film_id, actor_id)
    );
    CREATE TABLE sales.film (film_id integer PRIMARY KEY REFERENCES public.film, price numeric(5,2) NOT NULL);
    CREATE TABLE sales.rental (rental_id serial PRIMARY KEY, film_id integer NOT NULL REFERENCES sales.film);
    CREATE VIEW sales.earnings AS SELECT sum(price) AS total FROM sales.film";

fn promised(app: &App, database: &Database) {
    for promise in [
        app.check_warnings(),
        app.check_format(),
        app.check_tests(&database.url),
    ] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
}

#[track_caller]
fn sync(root: &Path, code: i32) -> Finished {
    let mut command = umbel::command();
    command
        .arg("sync")
        .current_dir(root)
        .env_remove("DATABASE_URL");
    let finished = process::finish(&mut command);
    assert_eq!(finished.code, Some(code), "{finished}");
    finished
}

#[test]
fn promises_pages_and_renames() {
    let database = Database::with(SCHEMA);
    let arguments = ["--split", "--schema=public", "--schema=sales"];
    let app = App::fresh_with("split", &database.url, &arguments);
    let root = &app.folder;
    promised(&app, &database);
    {
        let server = Server::start(&app.build(), &database.url);
        let http = Client::new(&server.url);
        let added = http.post("/public/film", &[("title", "Alien"), ("rating", "R")]);
        assert_eq!(added.status, 303, "{}", added.html);
        let priced = http.post("/sales/film", &[("film_id", "1"), ("price", "9.50")]);
        assert_eq!(priced.status, 303, "{}", priced.html);
        let page = http.get("/sales/film/1");
        assert!(
            page.html.contains("href=\"/public/film/1\""),
            "{}",
            page.html
        );
        assert_eq!(http.get("/sales/earnings").status, 200);
        assert_eq!(http.get("/static/app.css").status, 200);
    }

    // The name begins with another letter now, and so the pages lie in another crate, with what was written there.
    let edit = |path: &str, old: &str, new: &str| {
        let text = fs::read_to_string(root.join(path)).unwrap();
        assert!(text.contains(old), "{old:?} in {path}: {text}");
        fs::write(root.join(path), text.replacen(old, new, 1)).unwrap();
    };
    edit(
        "pages/r/src/sales/rental/views.rs",
        "/// `GET /sales/rental/new`",
        "// Mine.\n/// `GET /sales/rental/new`",
    );
    edit(
        "models/src/sales/rental/model.rs",
        "impl Model for Rental",
        "impl Rental {\n    /// Mine.\n    pub fn own(&self) -> bool {\n        self.film_id > 0\n    }\n}\n\nimpl Model for Rental",
    );
    edit(
        "umbel.toml",
        "[source]",
        "[table.actor]\nhooks = true\n\n[source]",
    );
    database.run(
        "ALTER TABLE sales.rental RENAME TO hire;
         CREATE TABLE fee (fee_id serial PRIMARY KEY);
         CREATE TABLE zone (zone_id serial PRIMARY KEY)",
    );
    sync(root, 0);
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    let views = read("pages/h/src/sales/hire/views.rs");
    assert!(
        views.contains("// Mine.\n/// `GET /sales/hire/new`"),
        "{views}"
    );
    let model = read("models/src/sales/hire/model.rs");
    assert!(model.contains("pub fn own(&self)"), "{model}");
    for gone in ["pages/r", "models/src/sales/rental"] {
        assert!(!root.join(gone).exists(), "{gone} is left");
    }
    for come in [
        "models/src/public/actor/hooks.rs",
        "pages/f/src/public/fee/views.rs",
        "pages/z/src/public/zone/views.rs",
    ] {
        assert!(root.join(come).exists(), "{come} is missing");
    }
    promised(&app, &database);
}

#[test]
fn an_application_stays_as_it_is_made() {
    let database = Database::with("CREATE TABLE film (film_id serial PRIMARY KEY)");
    let folder = tempfile::tempdir().unwrap();
    for (name, arguments, old, new, says) in [
        (
            "one",
            &[][..],
            "[source]",
            "split = true\n[source]",
            "made of one crate",
        ),
        (
            "several",
            &["--split"],
            "split = true",
            "",
            "add `split = true`",
        ),
    ] {
        let root = folder.path().join(name);
        let mut command = umbel::command();
        command
            .arg("new")
            .arg(&root)
            .args(["--database", &database.url]);
        process::succeed(command.args(arguments));
        let settings = fs::read_to_string(root.join("umbel.toml")).unwrap();
        let changed = settings.replacen(old, new, 1);
        assert_ne!(changed, settings);
        fs::write(root.join("umbel.toml"), changed).unwrap();
        let said = sync(&root, 1).stderr;
        assert!(said.contains(says), "{name}: {said}");
    }
}
