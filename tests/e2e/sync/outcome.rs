//! What a sync leaves, drops and says.

use std::fs;

use super::Shop;

#[test]
fn what_is_dropped() {
    let shop = Shop::new();
    shop.edit("src/film/form.rs", "//! ", "// Mine.\n//! ");
    fs::remove_file(shop.root().join("templates/language/_fields.html")).unwrap();
    shop.database.run("DROP TABLE film");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("orphaned  src/film/form.rs"), "{said}");
    assert!(!shop.exists("src/film") && !shop.exists("templates/film"));
    assert!(
        shop.read(".umbel/local/orphans/src/film/form.rs")
            .contains("// Mine.")
    );
    assert!(
        !shop.exists("templates/language/_fields.html"),
        "what a person deleted stays so"
    );
}

#[test]
fn nothing_that_was_set_aside_is_overwritten() {
    let shop = Shop::new();
    let film = "CREATE TABLE film (film_id serial PRIMARY KEY, title text NOT NULL)";
    for time in 1..=3 {
        shop.edit(
            "src/film/form.rs",
            "//! ",
            &format!("// Mine, {time}.\n//! "),
        );
        shop.database.run("DROP TABLE film");
        let said = shop.sync(&[], 0).stdout;
        let name = ["form.rs", "form.2.rs", "form.3.rs"][time - 1];
        let place = format!(".umbel/local/orphans/src/film/{name}");
        assert!(
            said.contains(&format!(
                "`{place}` keeps what you wrote in `src/film/form.rs`"
            )),
            "{said}"
        );
        assert!(shop.read(&place).contains(&format!("// Mine, {time}.")));
        shop.database.run(film);
        let said = shop.sync(&[], 0).stdout;
        assert!(
            said.contains(&format!(
                "`src/film/form.rs` is back, as it is emitted; what you wrote in it before lies in `{place}`"
            )),
            "{said}"
        );
    }
    // What is the same is kept once.
    shop.edit("src/film/form.rs", "//! ", "// Mine, 3.\n//! ");
    shop.database.run("DROP TABLE film");
    shop.sync(&[], 0);
    assert!(!shop.exists(".umbel/local/orphans/src/film/form.4.rs"));
}

#[test]
fn limited_to_some_tables() {
    let shop = Shop::new();
    shop.database.run(
        "ALTER TABLE film ADD COLUMN tagline text; DROP TABLE language CASCADE; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    let said = shop.sync(&["--only", "film"], 0).stdout;
    assert!(
        said.contains("film.tagline") && !said.contains("genre") && !said.contains("- language"),
        "{said}"
    );
    assert!(shop.exists("src/language/model.rs") && !shop.exists("src/genre"));
    assert!(shop.read("src/lib.rs").contains("pub mod language;"));
    shop.sync(&["--check"], 0);
}

#[test]
fn exit_codes_of_a_check() {
    let shop = Shop::new();
    shop.sync(&["--check"], 0);
    let url = shop.database.url.clone();
    shop.sync(&["--check", "--database", &url], 0);
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let before = shop.contents();
    shop.sync(&["--check"], 0);
    let finished = shop.sync(&["--check", "--database", &url, "--format", "json"], 2);
    let report: serde_json::Value = serde_json::from_str(&finished.stdout).unwrap();
    assert_eq!(report["schema"][0]["subject"], "film.tagline");
    assert_eq!(report["code"], 2);
    shop.sync(&["--dry-run"], 0);
    assert_eq!(shop.contents(), before, "nothing is written");
    // What umbel.toml says is enough to differ.
    shop.edit("umbel.toml", "except = []", "except = [\"language\"]");
    shop.sync(&["--check"], 2);
    shop.edit("umbel.toml", "except", "exept");
    let finished = shop.sync(&["--check"], 1);
    assert!(
        finished
            .stderr
            .contains("umbel.toml:11:1: unknown key `exept`; did you mean `except`?"),
        "{finished}"
    );
}

#[test]
fn what_people_changed() {
    let shop = Shop::new();
    assert_eq!(shop.umbel(&["diff"]).stdout, "");
    shop.edit("src/film/mod.rs", "//! ", "// Mine.\n//! ");
    // To format is not to edit.
    shop.edit(
        "src/film/model.rs",
        "pub title: String,",
        "pub  title :  String,",
    );
    let names = shop.umbel(&["diff", "--name-only"]).stdout;
    assert_eq!(names, "src/film/mod.rs\n");
    let patch = shop.umbel(&["diff", "src/film"]).stdout;
    assert!(patch.contains("+// Mine.\n"), "{patch}");
}

#[test]
fn a_lock_that_git_left_in_conflict() {
    let shop = Shop::new();
    let lock = shop.read(".umbel/schema.lock");
    let line = lock
        .lines()
        .find(|line| line.contains("\"title\""))
        .unwrap();
    let conflict = format!("<<<<<<< HEAD\n{line}\n=======\n{line}\n>>>>>>> branch");
    shop.edit(".umbel/schema.lock", line, &conflict);
    shop.edit(
        ".umbel/base/src/film/mod.rs",
        "//! ",
        "<<<<<<< HEAD\n=======\n>>>>>>> branch\n//! ",
    );
    shop.sync(&[], 0);
    assert_eq!(shop.read(".umbel/schema.lock"), lock);
    assert!(!shop.read(".umbel/base/src/film/mod.rs").contains("<<<<"));
}

#[test]
fn what_umbel_toml_says_about_what_was_dropped_is_told_and_no_error() {
    let shop = Shop::new();
    let settings = shop
        .read("umbel.toml")
        .replace("except = []", "except = [\"note*\"]");
    let line = settings.lines().count();
    let said = "[table.film]
list = [\"title\", \"description\"]
sort = [\"-description\"]
label_columns = [\"description\"]
order = [\"description\", \"title\"]
[table.film.column.description]
label = \"Text\"
[table.language]
label = \"tongue\"
";
    shop.database
        .run("CREATE TABLE notes (id serial PRIMARY KEY)");
    fs::write(shop.root().join("umbel.toml"), settings + said).unwrap();
    let synced = shop.sync(&[], 0);
    assert_eq!(synced.stderr, "");

    shop.database.run(
        "ALTER TABLE film DROP COLUMN description; DROP TABLE language CASCADE; DROP TABLE notes",
    );
    let places = [
        (2, "18", "column `film.description`"),
        (3, "9", "column `film.description`"),
        (4, "18", "column `film.description`"),
        (5, "10", "column `film.description`"),
        (6, "20", "column `film.description`"),
        (8, "8", "table `language`"),
    ];
    let expect = places.map(|(offset, column, what)| {
        let line = line + offset;
        format!(
            "umbel.toml:{line}:{column}: the {what} is gone, so that this says nothing any more"
        )
    });
    let check = |arguments: &[&str]| {
        let synced = shop.sync(arguments, 0);
        for place in &expect {
            assert!(synced.stderr.contains(place), "{place}: {synced}");
        }
        assert!(
            synced
                .stderr
                .contains("umbel.toml: the table `note*` is gone"),
            "{synced}"
        );
    };
    check(&[]);
    // The lock remembers it, for every clone.
    check(&[]);
    check(&["--check"]);
    assert!(shop.read("templates/film/list.html").contains("Title"));

    let text = shop.read("umbel.toml");
    let path = shop.root().join("umbel.toml");
    fs::write(&path, text.replace("\"-description\"", "\"-descriptoin\"")).unwrap();
    let refused = shop.sync(&[], 1);
    assert!(
        refused
            .stderr
            .contains("the table has no column `descriptoin`"),
        "{refused}"
    );
    fs::write(&path, &text).unwrap();
    shop.database
        .run("ALTER TABLE film ADD COLUMN description text");
    let back = shop.sync(&[], 0);
    assert!(!back.stderr.contains("description"), "{back}");
    // What nobody speaks of is forgotten.
    let text = text.replace("[table.language]\nlabel = \"tongue\"\n", "");
    fs::write(&path, text.replace("\"note*\"", "")).unwrap();
    assert_eq!(shop.sync(&[], 0).stderr, "");
    assert!(!shop.read(".umbel/schema.lock").contains("\"gone\""));
}
