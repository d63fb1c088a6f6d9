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
