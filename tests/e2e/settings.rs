//! `umbel.toml` and hooks: an application that is customised without an edit of what was emitted.

use std::fs;
use std::path::Path;

use umbel_tests::app::App;
use umbel_tests::database::Database;
use umbel_tests::http::Client;
use umbel_tests::process::{self, Finished};
use umbel_tests::server::Server;
use umbel_tests::umbel;

const SCHEMA: &str = "
    CREATE DOMAIN euros AS numeric(8,2);
    CREATE TABLE kind (kind_id serial PRIMARY KEY, name text NOT NULL);
    CREATE TABLE film (
        film_id serial PRIMARY KEY,
        title text NOT NULL,
        secret_note text,
        year integer NOT NULL,
        price euros NOT NULL DEFAULT 1,
        stock integer NOT NULL DEFAULT 7,
        synopsis text,
        kind_id integer REFERENCES kind
    );
    INSERT INTO kind (name) VALUES ('drama');
    INSERT INTO film (title, year, secret_note, kind_id)
    VALUES ('Alien', 1979, 'x', 1), ('Blade', 1998, 'y', 1), ('Cube', 1997, 'z', NULL), ('Old', 1900, 'o', NULL)";

const SETTINGS: &str = r#"
[type]
euros = "crate::money::Euros"

[table.film]
label = "movie"
plural = "movies & more"
help = "What we <show>."
model = "Movie"
url = "/movies"
sort = ["-year"]
list = ["year", "title", "kind_id"]
order = ["year"]
label_columns = ["title", "year"]
hooks = true
policy = true

[table.film.column.title]
name = "heading"
label = "Name"
widget = "textarea"

[table.film.column.secret_note]
hidden = true

[table.film.column.stock]
read_only = true

[table.film.column.kind_id]
widget = "number"

[table.kind]
read_only = true
"#;

const MONEY: &str = "//! Amounts.

use umbel::types::Decimal;

/// An amount in euros.
#[derive(Debug, Clone, PartialEq)]
pub struct Euros(pub Decimal);

umbel::newtype!(Euros(Decimal));
";

const HOOKS: &str = r#"
    async fn validate(_: &Transaction, new: &NewMovie) -> Result<()> {
        if new.heading == "Nobody" {
            return Err(FieldErrors::at("title", "Nobody has no films").into());
        }
        Ok(())
    }

    async fn before_insert(_: &Transaction, new: &mut NewMovie) -> Result<()> {
        new.heading = new.heading.to_uppercase();
        Ok(())
    }

    async fn after_insert(tx: &Transaction, movie: &Self) -> Result<()> {
        if movie.year > 3000 {
            return Err(FieldErrors::at("year", "is too far away").into());
        }
        Movie::query()
            .filter(Movie::HEADING.eq("Cube"))
            .delete(tx)
            .await?;
        Ok(())
    }

    async fn before_update(_: &Transaction, movie: &Self, patch: &mut MoviePatch) -> Result<()> {
        patch.synopsis = Some(Some(format!("was {}", movie.heading)));
        Ok(())
    }

    async fn before_delete(_: &Transaction, movie: &Self) -> Result<Deletion> {
        if movie.heading == "Blade" {
            return Err(Error::Conflict("Blade stays".to_owned()));
        }
        Ok(Deletion::Proceed)
    }
"#;

const POLICY: &str = "impl Policy for Movie {
    fn scope(_: &Actor, _: Action, movies: Query<Self>) -> Query<Self> {
        movies.filter(Movie::YEAR.ge(1950))
    }
}
";

fn sync(folder: &Path) -> Finished {
    process::finish(
        umbel::command()
            .arg("sync")
            .current_dir(folder)
            .env_remove("DATABASE_URL"),
    )
}

fn say(folder: &Path, settings: &str) {
    let path = folder.join("umbel.toml");
    let text = fs::read_to_string(&path).unwrap();
    let kept = text.split("\n[ty").next().unwrap_or_default();
    fs::write(path, format!("{}\n{settings}", kept.trim_end())).unwrap();
}

fn edit(folder: &Path, path: &str, old: &str, new: &str) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{old:?} in {text}");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

#[test]
fn an_application_to_measure() {
    let database = Database::with(SCHEMA);
    let app = App::fresh("customised", &database.url);
    // A person's own code knows the names as they were.
    edit(
        &app.folder,
        "src/film/model.rs",
        "impl Model for Film {",
        "impl Film {\n    pub fn shout(&self) -> String {\n        self.title.to_uppercase()\n    }\n}\n\nimpl Model for Film {",
    );
    say(&app.folder, SETTINGS);
    let synced = sync(&app.folder);
    assert_eq!(synced.code, Some(0), "{synced}");
    let again = sync(&app.folder);
    assert!(again.stdout.contains("Nothing to do"), "{again}");
    let model = fs::read_to_string(app.folder.join("src/film/model.rs")).unwrap();
    assert!(model.contains("self.heading.to_uppercase()"), "{model}");

    fs::write(app.folder.join("src/money.rs"), MONEY).unwrap();
    edit(
        &app.folder,
        "src/lib.rs",
        "pub mod layout;",
        "pub mod layout;\npub mod money;",
    );
    edit(
        &app.folder,
        "src/film/hooks.rs",
        "    type Patch = MoviePatch;\n",
        &format!("    type Patch = MoviePatch;\n{HOOKS}"),
    );
    edit(
        &app.folder,
        "src/film/hooks.rs",
        "use umbel::hooks::Hooks;",
        "use umbel::db::Transaction;\nuse umbel::hooks::{Deletion, Hooks};\nuse umbel::model::Model;\nuse umbel::{Error, FieldErrors, Result};",
    );
    let policy = "src/film/policy.rs";
    edit(&app.folder, policy, "impl Policy for Movie {}\n", POLICY);
    edit(
        &app.folder,
        policy,
        "use umbel::policy::Policy;",
        "use umbel::policy::{Action, Actor, Policy};\nuse umbel::query::Query;",
    );
    let checked = app.check_warnings();
    assert_eq!(checked.code, Some(0), "{checked}");
    assert!(app.check_format().code == Some(0), "{}", app.check_format());

    let server = Server::start(&app.build(), &database.url);
    let http = Client::new(&server.url);
    // Labels, the list's columns and order, and the hook that leaves out a row.
    let list = http.open("/movies");
    assert_eq!(list.text("h1"), "Movies & more");
    assert_eq!(list.texts("thead th"), ["Year", "Name", "Kind"]);
    assert_eq!(list.row_heads(), ["1998", "1997", "1979"]);
    assert!(
        http.open("/")
            .texts("li p")
            .contains(&"What we <show>.".to_owned())
    );
    assert_eq!(http.get("/movies/4").status, 404, "not within the scope");
    // What is hidden cannot be asked about either.
    assert_eq!(http.get("/movies?secret_note.is=x").status, 400);
    assert_eq!(http.get("/movies?sort=secret_note").status, 400);
    // The order, the widgets, and what is left alone.
    let form = http.open("/movies/new");
    let sent: Vec<String> = form
        .attributes("form.sheet [name]", "name")
        .into_iter()
        .filter(|name| !name.starts_with('_'))
        .collect();
    assert_eq!(sent, ["year", "title", "price", "synopsis", "kind_id"]);
    assert_eq!(form.texts("textarea[name=title]").len(), 1);
    assert_eq!(form.attributes("[name=kind_id]", "type"), ["number"]);
    assert_eq!(http.get("/kind/new").status, 404, "kinds are read-only");

    // The hooks.
    let refused = http.post(
        "/movies",
        &[("title", "Nobody"), ("year", "2000"), ("price", "1")],
    );
    assert_eq!(refused.status, 422);
    assert_eq!(
        refused.error_at("title").as_deref(),
        Some("Nobody has no films")
    );
    let too_far = http.post(
        "/movies",
        &[("title", "Far"), ("year", "3001"), ("price", "2.50")],
    );
    assert_eq!(too_far.status, 422, "{too_far}");
    assert_eq!(database.run("SELECT count(*) FROM film"), "4", "undone");
    let created = http.post(
        "/movies",
        &[("title", "Dune"), ("year", "2021"), ("price", "2.50")],
    );
    assert_eq!(created.status, 303, "{created}");
    assert_eq!(
        database.run("SELECT title, price, stock FROM film WHERE year = 2021"),
        "DUNE|2.50|7"
    );
    assert_eq!(
        database.run("SELECT count(*) FROM film WHERE title = 'Cube'"),
        "0"
    );
    let mut form = http.open("/movies/1/edit").form();
    form.set("price", "3.00");
    assert_eq!(http.submit(&form).status, 303);
    assert_eq!(
        database.run("SELECT price, synopsis, secret_note FROM film WHERE film_id = 1"),
        "3.00|was Alien|x"
    );
    let kept = http.post("/movies/2/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert_eq!(http.post("/movies/1/delete", &[]).status, 303);
    assert_eq!(http.open("/movies/2").text("h1"), "Blade 1998");
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let database = Database::with(SCHEMA);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("shop");
    let mut new = umbel::command();
    new.arg("new").arg(&root);
    process::succeed(new.args(["--database", &database.url]));
    let before = umbel_tests::tree::contents(&root.join("src"));
    let start = fs::read_to_string(root.join("umbel.toml")).unwrap();
    let line = start.trim_end().lines().count() + 1;
    let settings = r#"[type]
euros = "Euros"
[table.flim]
label = "{movie}"
[table.film]
list = ["titel", "secret_note"]
sort = ["-yaer"]
hooks = "yes"
[table.film.column.title]
hidden = true
[table.film.column.secret_note]
hidden = true
[table.film.column.year]
widget = "colour"
name = "Year"
[table.kind]
model = "kind"
url = "/film"
"#;
    say(&root, settings);
    let refused = sync(&root);
    assert_eq!(refused.code, Some(1), "{refused}");
    for (offset, message) in [
        (3, "`label` must be a text in a line, without braces"),
        (7, "`hooks` must be true or false"),
    ] {
        let expect = format!("umbel.toml:{}:1: {message}", line + offset);
        assert!(refused.stderr.contains(&expect), "{expect}: {refused}");
    }
    say(
        &root,
        &settings
            .replace("label = \"{movie}\"", "")
            .replace("hooks = \"yes\"", ""),
    );
    let refused = sync(&root);
    assert_eq!(refused.code, Some(1), "{refused}");
    for (offset, column, message) in [
        (
            1,
            1,
            "`Euros` is no path of a type, such as `crate::money::Money`",
        ),
        (
            2,
            8,
            "there is no table or view `flim`; did you mean `film`?",
        ),
        (
            5,
            9,
            "the table has no column `titel`; did you mean `title`?",
        ),
        (5, 18, "`secret_note` is hidden"),
        (6, 9, "the table has no column `yaer`; did you mean `year`?"),
        (
            9,
            1,
            "`title` cannot be hidden: it has no default, so that a new row needs a value",
        ),
        (
            13,
            1,
            "`colour` is no widget for `year`; there are `number`, `text`",
        ),
        (14, 1, "`Year` is no name of a field, such as `year`"),
        (16, 1, "`kind` is no name of a type, such as `Kind`"),
        (17, 1, "`/film` is also a path of another table"),
    ] {
        let expect = format!("umbel.toml:{}:{column}: {message}", line + offset);
        assert!(refused.stderr.contains(&expect), "{expect}: {refused}");
    }
    assert_eq!(umbel_tests::tree::contents(&root.join("src")), before);
}

#[test]
fn renames_travel_into_the_settings() {
    let database = Database::with(SCHEMA);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("shop");
    let mut new = umbel::command();
    new.arg("new").arg(&root);
    process::succeed(new.args(["--database", &database.url]));
    say(
        &root,
        "[table.film] # ours\nlist = [\"title\", \"year\"]\n[table.film.column.title]\nlabel = \"Name\"\n",
    );
    assert_eq!(sync(&root).code, Some(0));
    database.run("ALTER TABLE film RENAME TO movie; ALTER TABLE movie RENAME title TO heading");
    let synced = sync(&root);
    assert_eq!(synced.code, Some(0), "{synced}");
    let settings = fs::read_to_string(root.join("umbel.toml")).unwrap();
    let expect = "[table.movie] # ours\nlist = [\"heading\", \"year\"]\n[table.movie.column.heading]\nlabel = \"Name\"\n";
    assert!(settings.ends_with(expect), "{settings}");
    let form = fs::read_to_string(root.join("src/movie/form.rs")).unwrap();
    assert!(
        form.contains(r#"Field::new("heading", "Name", Widget::Text)"#),
        "{form}"
    );
    let again = sync(&root);
    assert!(again.stdout.contains("Nothing to do"), "{again}");
}
