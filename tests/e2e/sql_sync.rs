//! Applications that follow SQL files.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use umbel_tests::database::Database;
use umbel_tests::postgres::dump_of_schema;
use umbel_tests::process::{self, Finished};
use umbel_tests::{tree, umbel};

const SCHEMA: &str = "CREATE TYPE rating AS ENUM ('G', 'R');
CREATE TABLE language (language_id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE film (
    film_id serial PRIMARY KEY,
    title text NOT NULL,
    description text,
    rating rating,
    language_id integer REFERENCES language
);
";

/// A folder with SQL files in `db`, and the application `shop` that was made from them or from a database.
struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    fn new(files: &[(&str, &str)], source: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("db")).unwrap();
        let shop = Self { folder };
        for (name, text) in files {
            shop.write(name, text);
        }
        let mut new = umbel::command();
        new.current_dir(shop.folder.path()).args(["new", "shop"]);
        process::succeed(new.args(source));
        shop
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("shop")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("db").join(name), text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A sync that ends with the exit code.
    #[track_caller]
    fn sync(&self, arguments: &[&str], code: i32) -> Finished {
        let mut sync = umbel::command();
        sync.arg("sync")
            .args(arguments)
            .current_dir(self.root())
            .env_remove("DATABASE_URL");
        let finished = process::finish(&mut sync);
        assert_eq!(finished.code, Some(code), "{finished}");
        finished
    }

    /// All files but those of this machine alone, and those that name the source.
    fn contents(&self) -> BTreeMap<String, Vec<u8>> {
        let mut contents = tree::contents(&self.root());
        contents.retain(|path, _| !path.starts_with(".umbel/local/"));
        contents.remove(".env");
        contents.remove("umbel.toml");
        contents
    }
}

/// The files are named in `umbel.toml`, and need not be named again.
#[test]
fn as_from_the_database() {
    let database = Database::with(SCHEMA);
    let live = Shop::new(&[], &["--database", &database.url]);
    let files = Shop::new(&[("schema.sql", SCHEMA)], &["--sql", "db/schema.sql"]);
    assert_eq!(live.contents(), files.contents());
    let settings = files.read("umbel.toml");
    assert!(
        settings.contains("sql = [\"../db/schema.sql\"]"),
        "{settings}"
    );

    // What did not change writes nothing, wherever the same schema comes from.
    let before = files.contents();
    let said = files.sync(&[], 0).stdout;
    assert!(said.contains("Nothing to do"), "{said}");
    files.sync(&["--check"], 0);
    live.write("dump.sql", &dump_of_schema(&database.url));
    live.sync(&["--sql", "../db/dump.sql"], 0);
    assert_eq!(files.contents(), before);
    assert_eq!(live.contents(), before);

    const CHANGE: &str = "ALTER TABLE film ADD COLUMN tagline text;
        CREATE TABLE genre (genre_id serial PRIMARY KEY, name text UNIQUE);
        ALTER TYPE rating ADD VALUE 'PG';";
    database.run(CHANGE);
    live.sync(&["--database", &database.url], 0);
    files.write("schema.sql", &format!("{SCHEMA}{CHANGE}"));
    files.sync(&["--check"], 2);
    let said = files.sync(&[], 0).stdout;
    assert!(said.contains("+ film.tagline text"), "{said}");
    assert_eq!(live.contents(), files.contents());
    assert_ne!(files.contents(), before);
}

#[test]
fn migrations_say_what_they_rename() {
    let shop = Shop::new(&[("1_schema.sql", SCHEMA)], &["--sql", "db"]);
    shop.write(
        "2_rename.sql",
        "ALTER TABLE film RENAME TO movie;
         ALTER TABLE movie RENAME COLUMN description TO summary;
         ALTER TABLE movie ADD COLUMN remark text;
         ALTER TYPE rating RENAME VALUE 'R' TO 'R18';",
    );
    shop.write("2_rename.down.sql", "ALTER TABLE movie RENAME TO film;");
    let model = shop.root().join("src/film/model.rs");
    let edited = fs::read_to_string(&model).unwrap()
        + "\npub fn mine(one: &Film) -> &str {\n    &one.title\n}\n";
    fs::write(&model, edited).unwrap();
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("movie"), "{said}");
    let model = shop.read("src/movie/model.rs");
    for text in [
        "pub summary: Option<String>",
        "pub remark",
        "pub fn mine(one: &Movie)",
    ] {
        assert!(model.contains(text), "{text} in {model}");
    }
    assert!(!shop.root().join("src/film").exists());
    assert!(shop.read("src/enums.rs").contains("R18"));
    let before = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), before);
}

/// A typing error is no reason to take a table out of the application.
#[test]
fn what_a_failing_statement_speaks_of_is_not_taken_away() {
    let shop = Shop::new(&[("schema.sql", SCHEMA)], &["--sql", "db/schema.sql"]);
    let before = shop.contents();
    shop.write(
        "schema.sql",
        &SCHEMA.replace("title text NOT NULL", "title tekst NOT NULL"),
    );
    let refused = shop.sync(&[], 1);
    assert!(refused.stderr.contains("would lose film"), "{refused}");
    assert_eq!(shop.contents(), before);
    // What fails for another reason, as it always did, stops nothing.
    shop.write("schema.sql", &format!("{SCHEMA}ALTER TABLE gone ADD COLUMN a int;\nALTER TABLE film DROP COLUMN description;\n"));
    let said = shop.sync(&[], 0);
    assert!(said.stdout.contains("- film.description"), "{said}");
}

/// What takes a migration back renames nothing, whether it stands in a file of its own or beside the way forward.
#[test]
fn the_way_back_renames_nothing() {
    let up = format!("-- +goose Up\n{SCHEMA}-- +goose Down\nDROP TABLE film;\n");
    let shop = Shop::new(&[("00001_schema.sql", &up)], &["--sql", "db"]);
    shop.write(
        "00002_rename.sql",
        "-- +goose Up
         ALTER TABLE film RENAME COLUMN description TO summary;
         -- +goose Down
         ALTER TABLE film RENAME COLUMN summary TO description;
         ALTER TABLE film RENAME TO movie;",
    );
    let said = shop.sync(&[], 0);
    assert!(
        said.stderr.contains("migrations of goose, 2 files read"),
        "{said}"
    );
    assert!(
        shop.read("src/film/model.rs")
            .contains("pub summary: Option<String>")
    );
    assert!(!shop.root().join("src/movie").exists());
    shop.sync(&["--check"], 0);
}

#[test]
fn migrations_of_sqlite() {
    let film = "CREATE TABLE film (film_id INTEGER PRIMARY KEY, title TEXT, description TEXT);";
    let arguments = ["--sql", "db/*.sql", "--dialect", "sqlite"];
    let shop = Shop::new(&[("1.sql", film)], &arguments);
    // The application remembers the dialect, which these statements do not tell.
    shop.sync(&["--check"], 0);
    let rename =
        "ALTER TABLE film RENAME description TO summary;\nALTER TABLE film RENAME TO movie;";
    shop.write("2.sql", rename);
    shop.sync(&[], 0);
    let model = shop.read("src/movie/model.rs");
    assert!(model.contains("pub summary: Option<String>"), "{model}");
}

/// A schema that was written anew says nothing of former names: then it is asked, or refused.
#[test]
fn a_new_dump_renames_nothing() {
    let shop = Shop::new(&[("schema.sql", SCHEMA)], &["--sql", "db/schema.sql"]);
    shop.write("schema.sql", &SCHEMA.replace("description", "summary"));
    let before = shop.contents();
    let refused = shop.sync(&[], 4);
    assert!(
        refused.stderr.contains("film.description\" = \"summary\""),
        "{refused}"
    );
    assert_eq!(shop.contents(), before);
}

#[test]
fn what_is_wrong_in_the_files() {
    let shop = Shop::new(&[("schema.sql", SCHEMA)], &["--sql", "db/schema.sql"]);
    shop.write("schema.sql", "CREATE TABLE film (\n    title tekst\n);");
    let refused = shop.sync(&[], 1);
    assert!(refused.stderr.contains("../db/schema.sql:2:"), "{refused}");
    fs::remove_file(shop.folder.path().join("db/schema.sql")).unwrap();
    let refused = shop.sync(&["--check"], 1);
    assert!(refused.stderr.contains("../db/schema.sql"), "{refused}");

    let live = Shop::new(
        &[("schema.sql", SCHEMA)],
        &["--database", &Database::with(SCHEMA).url],
    );
    let refused = live.sync(&["--dialect", "sqlite"], 1);
    assert!(refused.stderr.contains("none are named"), "{refused}");
}
