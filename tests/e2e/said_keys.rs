//! Rows that are told apart by what `umbel.toml` says, or by the table behind a view, and triggers that write them.

use std::fs;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::process;
use umbel_tests::server::Server;
use umbel_tests::umbel;

const SCHEMA: &str = "
    CREATE TABLE language (language_id serial PRIMARY KEY, name text NOT NULL UNIQUE);
    CREATE TABLE film (
        film_id serial PRIMARY KEY,
        title text NOT NULL CHECK (title <> 'nothing'),
        language_id integer NOT NULL REFERENCES language
    );
    CREATE TABLE reading (station text, at date, celsius numeric(4, 1));
    INSERT INTO language (name) VALUES ('English'), ('French');
    INSERT INTO film (title, language_id) VALUES ('Alien', 1), ('Amélie', 2);
    INSERT INTO reading VALUES ('Ny-Ålesund', '2026-01-01', -20.5), ('Ny-Ålesund', '2026-01-02', -18);

    -- Of two tables: PostgreSQL writes to it by a trigger, and does not say what tells its rows apart.
    CREATE VIEW film_in_words AS
        SELECT f.film_id, f.title, l.name AS language FROM film f JOIN language l USING (language_id);
    CREATE FUNCTION write_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                DELETE FROM film WHERE film_id = OLD.film_id;
                RETURN OLD;
            ELSIF TG_OP = 'UPDATE' THEN
                UPDATE film SET title = NEW.title, language_id = (SELECT language_id FROM language WHERE name = NEW.language)
                WHERE film_id = OLD.film_id;
            ELSE
                INSERT INTO film
                SELECT NEW.film_id, NEW.title, language_id FROM language WHERE name = NEW.language;
            END IF;
            RETURN NEW;
        END $$;
    CREATE TRIGGER write_words INSTEAD OF INSERT OR UPDATE OR DELETE ON film_in_words
        FOR EACH ROW EXECUTE FUNCTION write_words();

    -- Of one table, whose key it shows.
    CREATE VIEW loud_film AS SELECT film_id, title FROM film;
    CREATE FUNCTION write_loud() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.title := upper(NEW.title);
            UPDATE film SET title = NEW.title WHERE film_id = OLD.film_id;
            RETURN NEW;
        END $$;
    CREATE TRIGGER write_loud INSTEAD OF UPDATE ON loud_film FOR EACH ROW EXECUTE FUNCTION write_loud();
    CREATE TRIGGER no_loud INSTEAD OF INSERT ON loud_film FOR EACH ROW EXECUTE FUNCTION write_loud();
";

const KEYS: &str = r#"
[table.film_in_words]
key = ["film_id"]

[table.reading]
key = ["station", "at"]
"#;

fn say(app: &App, keys: &str) -> process::Finished {
    let path = app.folder.join("umbel.toml");
    let text = fs::read_to_string(&path).unwrap();
    let kept = text.split("\n[table").next().unwrap_or_default();
    fs::write(path, format!("{}\n{keys}", kept.trim_end())).unwrap();
    process::finish(umbel::command().arg("sync").current_dir(&app.folder))
}

#[test]
fn written_by_triggers_and_by_keys_that_are_said() {
    let database = Database::with(SCHEMA);
    let app = App::fresh("said_keys", &database.url);
    let views = fs::read_to_string(app.folder.join("src/film_in_words/views.rs")).unwrap();
    assert!(!views.contains("fn show"), "{views}");

    for (said, message) in [
        (
            "[table.film]\nkey = [\"title\"]",
            "`public.film` has a key: `film_id`",
        ),
        (
            "[table.reading]\nkey = [\"station\", \"time\"]",
            "`public.reading` has no column `time`",
        ),
    ] {
        let refused = say(&app, said);
        assert_eq!(refused.code, Some(1), "{refused}");
        assert!(refused.stderr.contains(message), "{refused}");
    }
    let synced = say(&app, KEYS);
    assert_eq!(synced.code, Some(0), "{synced}");
    for promise in [
        app.check_warnings(),
        app.check_format(),
        app.check_tests(&database),
    ] {
        assert_eq!(promise.code, Some(0), "{promise}");
    }
    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);

    let mut form = http.open("/film_in_words/2/edit").form();
    form.set("language", "English");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let added = [
        ("film_id", "7"),
        ("title", "Alphaville"),
        ("language", "French"),
    ];
    let added = http.post("/film_in_words", &added);
    assert_eq!(added.status, 303, "{added}");
    assert!(http.follow(&added).text("main").contains("Alphaville"));
    let refused = [
        ("film_id", "8"),
        ("title", "nothing"),
        ("language", "French"),
    ];
    let refused = http.post("/film_in_words", &refused);
    assert_eq!(refused.status, 422, "{refused}");
    let gone = http.submit(&http.open("/film_in_words/1/delete").form());
    assert_eq!(gone.status, 303, "{gone}");
    let films =
        "SELECT string_agg(concat(film_id, title, language_id), ' ' ORDER BY film_id) FROM film";
    assert_eq!(database.run(films), "2Amélie1 7Alphaville2");

    let mut form = http.open("/loud_film/2/edit").form();
    form.set("title", "Amelie");
    assert_eq!(http.submit(&form).status, 303);
    assert!(http.open("/loud_film/2").text("h1").contains("AMELIE"));
    // What the trigger makes of a row without a number is not known.
    assert_eq!(http.get("/loud_film/new").status, 404);

    let mut form = http.open("/reading/Ny-%C3%85lesund,2026-01-01/edit").form();
    form.set("celsius", "-21");
    assert_eq!(http.submit(&form).status, 303);
    let celsius = "SELECT string_agg(celsius::text, ' ' ORDER BY at) FROM reading";
    assert_eq!(database.run(celsius), "-21.0 -18.0");

    let started = server.log();
    assert!(!started.contains("differs"), "{started}");
}
