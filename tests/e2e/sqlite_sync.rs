//! Regeneration from an SQLite file, whose tables are changed as SQLite lets one: columns added and renamed, a table
//! made anew in place of the old one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use umbel_tests::app::App;
use umbel_tests::http::Client;
use umbel_tests::process::{self, Finished};
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::{tree, umbel, workspace};

const SCHEMA: &str = "
    CREATE TABLE language (language_id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE film (
        film_id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        description TEXT,
        language_id INTEGER REFERENCES language
    );
    INSERT INTO language VALUES (1, 'German');
    INSERT INTO film VALUES (1, 'Metropolis', 'A city', 1)";

/// An application of the schema above, and its file.
struct Shop {
    file: File,
    folder: tempfile::TempDir,
}

impl Shop {
    fn new() -> Self {
        let shop = Self {
            file: File::with(SCHEMA),
            folder: tempfile::tempdir().unwrap(),
        };
        let mut new = umbel::command();
        new.arg("new").arg(shop.root()).arg("--database");
        process::succeed(new.arg(&shop.file.path));
        shop
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("sqlite_sync_shop")
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Puts a text in front of one that stands in the file.
    #[track_caller]
    fn insert(&self, path: &str, before: &str, text: &str) {
        let old = self.read(path);
        assert!(old.contains(before), "{before:?} in {path}: {old}");
        let new = old.replacen(before, &format!("{text}{before}"), 1);
        fs::write(self.root().join(path), new).unwrap();
    }

    /// A sync with the file that ends with the exit code.
    #[track_caller]
    fn sync(&self, arguments: &[&str], code: i32) -> Finished {
        let mut sync = umbel::command();
        sync.current_dir(self.root()).env_remove("DATABASE_URL");
        sync.args(["sync", "--database", &self.file.url]);
        let finished = process::finish(sync.args(arguments));
        assert_eq!(finished.code, Some(code), "{finished}");
        finished
    }

    fn say_renamed(&self, line: &str) {
        let settings = self.read("umbel.toml");
        let settings = settings.split("\n[rename]").next().unwrap_or_default();
        let text = format!("{settings}\n[rename]\n{line}\n");
        fs::write(self.root().join("umbel.toml"), text).unwrap();
    }

    /// All files but those of this machine alone.
    fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        let mut contents = tree::contents(&self.root());
        contents.retain(|path, _| !path.starts_with(".umbel/local/"));
        contents
    }
}

#[test]
fn a_file_that_changes() {
    let shop = Shop::new();
    shop.insert(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "// Mine.\npub fn mine(film: &Film) -> Option<&String> {\n    film.description.as_ref()\n}\n\n",
    );
    shop.insert(
        "templates/film/show.html",
        "{{ ui::facts([",
        "<p>Mine</p>\n",
    );

    shop.file.run("ALTER TABLE film ADD COLUMN tagline TEXT");
    shop.sync(&["--check"], 2);
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("+ film.tagline text"), "{said}");
    assert!(shop.read("src/film/model.rs").contains("TAGLINE"));
    shop.sync(&["--check"], 0);
    let before = shop.contents();
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), before, "a second sync writes nothing");

    // A file has nothing that outlasts a rename: it is asked, or said.
    shop.file
        .run("ALTER TABLE film RENAME COLUMN description TO summary");
    let asked = shop.sync(&[], 4).stderr;
    assert!(
        asked.contains("\"main.film.description\" = \"summary\""),
        "{asked}"
    );
    shop.sync(&["--check"], 4);
    assert_eq!(shop.contents(), before, "what is in doubt is not guessed");
    shop.say_renamed("\"film.description\" = \"summary\"");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("> film.description → film.summary"), "{said}");
    let views = shop.read("src/film/views.rs");
    assert!(
        views.contains("// Mine.") && views.contains("film.summary.as_ref()"),
        "{views}"
    );

    // What ALTER TABLE cannot do: a new table with the rows and the name of the old one.
    shop.file.run_all(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE new_film (
             film_id INTEGER PRIMARY KEY,
             title TEXT NOT NULL UNIQUE,
             summary TEXT,
             length INTEGER NOT NULL DEFAULT 90 CHECK (length > 0),
             language_id INTEGER NOT NULL REFERENCES language
         ) STRICT;
         INSERT INTO new_film (film_id, title, summary, language_id)
             SELECT film_id, title, summary, language_id FROM film;
         DROP TABLE film;
         ALTER TABLE new_film RENAME TO film",
    );
    let said = shop.sync(&[], 0).stdout;
    for line in ["+ film.length", "- film.tagline", "film.language_id"] {
        assert!(said.contains(line), "{line:?} in {said}");
    }

    shop.file.run("ALTER TABLE language RENAME TO tongue");
    shop.sync(&[], 4);
    shop.say_renamed("\"language\" = \"tongue\"");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("> language → tongue"), "{said}");
    assert!(!shop.root().join("src/language").exists());
    shop.sync(&["--check"], 0);
    let show = shop.read("templates/film/show.html");
    assert!(show.contains("<p>Mine</p>"), "{show}");

    works(&shop);
}

/// A path in `.env` begins in the application's folder, wherever the command is run.
#[test]
fn the_file_that_env_names() {
    let shop = Shop::new();
    fs::copy(&shop.file.path, shop.root().join("film.db")).unwrap();
    fs::write(shop.root().join(".env"), "DATABASE_URL=sqlite:film.db\n").unwrap();
    let sync = |folder: &Path, arguments: &[&str]| {
        let mut sync = umbel::command();
        sync.current_dir(folder).env_remove("DATABASE_URL");
        process::succeed(sync.arg("sync").args(arguments));
    };
    sync(&shop.root(), &[]);
    sync(shop.folder.path(), &["-C", "sqlite_sync_shop"]);
}

/// The application builds, and serves the file as it is now.
fn works(shop: &Shop) {
    let app = App {
        name: "sqlite_sync_shop".to_owned(),
        folder: shop.root(),
    };
    let locked = workspace::root().join("Cargo.lock");
    fs::copy(locked, app.folder.join("Cargo.lock")).unwrap();
    let server = Server::start(&app.build(), &shop.file.url);
    let http = Client::new(&server.url);
    let page = http.open("/film/1");
    assert!(page.text("main").contains("Mine"), "{page}");
    assert!(page.text("main").contains("A city"), "{page}");
    let mut form = http.open("/film/new").form();
    form.set("title", "M");
    form.set("length", "0");
    form.set("language_id", "1");
    let refused = http.submit(&form);
    assert_eq!(refused.invalid(), ["length"], "{refused}");
    form.set("length", "117");
    assert_eq!(http.submit(&form).status, 303);
    assert_eq!(
        shop.file
            .run("SELECT title, length FROM film ORDER BY film_id"),
        "Metropolis|90\nM|117"
    );
    assert!(
        !server.log().contains("schema differs"),
        "the database is as the application knows it: {}",
        server.log()
    );
}
