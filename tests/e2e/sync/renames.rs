//! Renames of the database: followed where they are certain, asked about where they are not.

use std::fs;

use umbel_tests::process;

use super::Shop;

#[test]
fn renames_travel_and_travel_back() {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "pub fn mine(film: &Film) -> Option<&String> {\n    film.description.as_ref()\n}\n\n/// `GET /film/new`",
    );
    fs::write(shop.root().join("src/film/own.rs"), "//! Mine.\n").unwrap();
    let before = shop.contents();
    shop.database.run(
        "ALTER TABLE film RENAME TO movie; ALTER TABLE movie RENAME COLUMN description TO summary",
    );
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("> film.description → movie.summary"),
        "{said}"
    );
    assert!(!shop.exists("src/film") && !shop.exists("templates/film"));
    assert_eq!(shop.read("src/movie/own.rs"), "//! Mine.\n");
    let views = shop.read("src/movie/views.rs");
    assert!(
        views.contains("mine(movie: &Movie)") && views.contains("movie.summary.as_ref()"),
        "{views}"
    );

    shop.database.run(
        "ALTER TABLE movie RENAME TO film; ALTER TABLE film RENAME COLUMN summary TO description",
    );
    shop.sync(&[], 0);
    let mut after = shop.contents();
    // PostgreSQL keeps the names of constraints; nothing else tells that there was a rename.
    assert_eq!(
        after.remove(".umbel/schema.lock").is_some(),
        before.contains_key(".umbel/schema.lock")
    );
    for (path, bytes) in &before {
        if path != ".umbel/schema.lock" {
            assert_eq!(
                after.remove(path).map(String::from_utf8),
                Some(String::from_utf8(bytes.clone())),
                "{path}"
            );
        }
    }
    assert!(after.is_empty(), "{:?}", after.keys());
}

#[test]
fn a_rename_in_doubt_is_not_guessed() {
    let shop = Shop::new();
    // As in the clone of a colleague: the identifiers are not there.
    fs::remove_file(shop.root().join(".umbel/local/identity.json")).unwrap();
    shop.database
        .run("ALTER TABLE film RENAME COLUMN description TO summary");
    let before = shop.contents();
    let finished = shop.sync(&[], 4);
    assert!(
        finished
            .stderr
            .contains("\"public.film.description\" = \"summary\""),
        "{finished}"
    );
    assert_eq!(shop.contents(), before);
    let settings = shop.read("umbel.toml");
    let say = |line: &str| {
        let text = format!("{settings}\n[rename]\n{line}\n");
        fs::write(shop.root().join("umbel.toml"), text).unwrap();
    };
    say("\"film.descripton\" = \"summary\"");
    assert!(shop.sync(&[], 1).stderr.contains("film.descripton"));
    say("\"film.description\" = \"summary\"");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("> film.description → film.summary"), "{said}");
    shop.sync(&[], 0);
}

/// The identifiers tell that it went, whatever came that is like it.
#[test]
fn what_a_live_database_dropped_is_not_asked_about() {
    let shop = Shop::new();
    shop.database
        .run("CREATE TABLE genre (genre_id serial PRIMARY KEY, name text NOT NULL)");
    shop.sync(&[], 0);
    edit_everywhere(&shop, "genre", "Genre");
    shop.database.run(
        "DROP TABLE genre; CREATE TYPE verdict AS ENUM ('G', 'R');
         CREATE TABLE kind (genre_id serial PRIMARY KEY, name text NOT NULL);
         ALTER TABLE kind RENAME TO sort; CREATE VIEW kind AS SELECT * FROM sort;
         ALTER TABLE film ALTER rating TYPE verdict USING rating::text::verdict; DROP TYPE rating",
    );
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("- genre table") && said.contains("+ sort table"),
        "{said}"
    );
    assert_eq!(mine(&shop, "src/sort/views.rs"), [""; 0]);
    assert!(
        shop.read(".umbel/local/orphans/src/genre/model.rs")
            .contains("\"mine of genre\"")
    );
    shop.sync(&["--check"], 0);
}

#[test]
fn a_rename_that_is_none() {
    let shop = Shop::new();
    fs::remove_file(shop.root().join(".umbel/local/identity.json")).unwrap();
    shop.database
        .run("ALTER TABLE film DROP COLUMN description; ALTER TABLE film ADD COLUMN summary text");
    let text = shop.read("umbel.toml") + "\n[rename]\n\"film.description\" = false\n";
    fs::write(shop.root().join("umbel.toml"), text).unwrap();
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("- film.description text") && said.contains("+ film.summary text"),
        "{said}"
    );
}

/// The lines of a file that hold a word of a person's.
fn mine(shop: &Shop, path: &str) -> Vec<String> {
    let text = shop.read(path);
    let lines = text.lines().filter(|line| line.contains("mine"));
    lines.map(str::to_owned).collect()
}

/// An edit in every kind of file of a table.
fn edit_everywhere(shop: &Shop, table: &str, model: &str) {
    shop.edit(
        &format!("src/{table}/views.rs"),
        "/// `GET ",
        &format!("pub fn mine(_: &{model}) {{}}\n\n/// `GET "),
    );
    shop.edit(
        &format!("src/{table}/model.rs"),
        &format!("impl {model} {{\n"),
        &format!("impl {model} {{\n    pub const MINE: &str = \"mine of {table}\";\n\n"),
    );
    shop.edit(
        &format!("templates/{table}/show.html"),
        "{{ ui::facts([",
        "<p>mine</p>\n{{ ui::facts([",
    );
}

#[test]
fn a_view_takes_the_old_name() {
    let shop = Shop::new();
    edit_everywhere(&shop, "film", "Film");
    shop.database
        .run("ALTER TABLE film RENAME TO movie; CREATE VIEW film AS SELECT * FROM movie");
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("> film → movie") && said.contains("+ film view"),
        "{said}"
    );
    assert_eq!(
        mine(&shop, "src/movie/views.rs"),
        ["pub fn mine(_: &Movie) {}"]
    );
    assert_eq!(mine(&shop, "src/movie/model.rs").len(), 1);
    assert_eq!(mine(&shop, "templates/movie/show.html"), ["<p>mine</p>"]);
    assert!(shop.read("src/film/model.rs").contains("pub struct Film {"));
    assert_eq!(mine(&shop, "src/film/views.rs"), [""; 0]);
    shop.sync(&["--check"], 0);

    // The end of it: the view goes.
    shop.database.run("DROP VIEW film");
    shop.sync(&[], 0);
    assert!(!shop.exists("src/film") && !shop.exists("templates/film"));
    assert_eq!(
        mine(&shop, "src/movie/views.rs"),
        ["pub fn mine(_: &Movie) {}"]
    );
}

#[test]
fn tables_columns_and_labels_change_places() {
    let shop = Shop::new();
    shop.database
        .run("CREATE TABLE actor (actor_id serial PRIMARY KEY, title text, description text)");
    shop.sync(&[], 0);
    edit_everywhere(&shop, "film", "Film");
    edit_everywhere(&shop, "actor", "Actor");
    shop.edit(
        "src/film/views.rs",
        "pub fn mine(_: &Film) {}",
        "pub fn mine(film: &Film) -> (&str, Option<&String>) {\n    (&film.title, film.description.as_ref()) // mine\n}",
    );
    shop.database.run(
        "ALTER TABLE film RENAME TO a; ALTER TABLE actor RENAME TO film; ALTER TABLE a RENAME TO actor;
         ALTER TABLE actor RENAME title TO a; ALTER TABLE actor RENAME description TO title;
         ALTER TABLE actor RENAME a TO description;
         ALTER TYPE rating RENAME VALUE 'G' TO 'a'; ALTER TYPE rating RENAME VALUE 'R' TO 'G';
         ALTER TYPE rating RENAME VALUE 'a' TO 'R'",
    );
    shop.sync(&[], 0);
    assert_eq!(
        mine(&shop, "src/actor/views.rs"),
        [
            "pub fn mine(actor: &Actor) -> (&str, Option<&String>) {",
            "    (&actor.description, actor.title.as_ref()) // mine"
        ]
    );
    assert!(shop.read("src/actor/model.rs").contains("\"mine of film\""));
    assert!(shop.read("src/film/model.rs").contains("\"mine of actor\""));
    assert_eq!(
        mine(&shop, "src/film/views.rs"),
        ["pub fn mine(_: &Film) {}"]
    );
    shop.sync(&["--check"], 0);
}

#[test]
fn three_tables_change_places_and_an_enum_its_name() {
    let shop = Shop::new();
    shop.database.run(
        "CREATE TABLE actor (actor_id serial PRIMARY KEY, title text);
         CREATE TABLE genre (genre_id serial PRIMARY KEY, label text)",
    );
    shop.sync(&[], 0);
    for (table, model) in [("film", "Film"), ("actor", "Actor"), ("genre", "Genre")] {
        edit_everywhere(&shop, table, model);
    }
    shop.edit(
        "src/film/views.rs",
        "pub fn mine(_: &Film) {}",
        "pub fn mine(film: &Film) -> bool {\n    film.rating == Some(crate::enums::Rating::R) // mine\n}",
    );
    shop.database.run(
        "ALTER TABLE film RENAME TO a; ALTER TABLE actor RENAME TO film;
         ALTER TABLE genre RENAME TO actor; ALTER TABLE a RENAME TO genre;
         ALTER TYPE rating RENAME TO verdict; ALTER TYPE verdict RENAME VALUE 'R' TO 'Restricted'",
    );
    let said = shop.sync(&[], 0).stdout;
    for line in [
        "> film → genre",
        "> actor → film",
        "> genre → actor",
        "> rating → verdict",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    assert_eq!(
        mine(&shop, "src/genre/views.rs"),
        [
            "pub fn mine(genre: &Genre) -> bool {",
            "    genre.rating == Some(crate::enums::Verdict::Restricted) // mine"
        ]
    );
    for (now, before) in [("genre", "film"), ("film", "actor"), ("actor", "genre")] {
        let model = shop.read(&format!("src/{now}/model.rs"));
        assert!(model.contains(&format!("\"mine of {before}\"")), "{model}");
        let show = format!("templates/{now}/show.html");
        assert_eq!(mine(&shop, &show), ["<p>mine</p>"]);
    }
    shop.sync(&["--check"], 0);
}

#[test]
fn the_name_of_what_went_is_taken() {
    let shop = Shop::new();
    edit_everywhere(&shop, "film", "Film");
    edit_everywhere(&shop, "language", "Language");
    shop.database.run(
        "ALTER TABLE film DROP COLUMN language_id; DROP TABLE language;
         ALTER TABLE film RENAME TO language; ALTER TABLE language DROP COLUMN title;
         ALTER TABLE language RENAME description TO title",
    );
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("> film → language") && said.contains("- language table"),
        "{said}"
    );
    assert!(
        shop.read("src/language/model.rs")
            .contains("\"mine of film\"")
    );
    assert!(
        shop.read(".umbel/local/orphans/src/language/model.rs")
            .contains("\"mine of language\"")
    );
    assert!(!shop.exists("src/film"));
    shop.sync(&["--check"], 0);
}

#[test]
fn a_rename_is_certain_on_every_branch() {
    let shop = Shop::new();
    let git = |arguments: &[&str]| process::succeed(&mut shop.git(arguments));
    git(&["init", "--quiet", "--initial-branch", "main"]);
    let commit = |message: &str| {
        git(&["add", "--all"]);
        let person = ["-c", "user.name=mine", "-c", "user.email=mine@example.org"];
        git(&[&person[..], &["commit", "--quiet", "--message", message]].concat());
    };
    commit("as it was emitted");
    shop.database
        .run("ALTER TABLE film RENAME COLUMN description TO summary");
    let renamed = "> film.description → film.summary";
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains(renamed), "{said}");
    // Thrown away, and done again.
    git(&["checkout", "--quiet", "."]);
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains(renamed), "{said}");
    git(&["checkout", "--quiet", "-b", "other"]);
    commit("with the rename");
    shop.database
        .run("ALTER TABLE film RENAME COLUMN summary TO synopsis");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("> film.summary → film.synopsis"), "{said}");
    commit("with the next one");
    git(&["checkout", "--quiet", "main"]);
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("> film.description → film.synopsis"),
        "{said}"
    );
}
