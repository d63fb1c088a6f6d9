//! Renames of the database: followed where they are certain, asked about where they are not.

use std::fs;

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
