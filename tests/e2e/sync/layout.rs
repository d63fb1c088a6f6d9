//! Layouts of a project's own, other ends of lines, and other folders to stand in: none of them is an edit.

use std::fs;
use std::process::Command;

use umbel_tests::database::Database;
use umbel_tests::{process, umbel};

use super::{SCHEMA, Shop, command};

/// What `cargo fmt` says in the application.
fn cargo_fmt(shop: &Shop, arguments: &[&str]) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.arg("fmt").args(arguments).current_dir(shop.root());
    process::succeed(&mut cargo)
}

/// Edits and a change of the schema meet in an application that its project lays out.
#[track_caller]
fn check(file: &str, configuration: &str) {
    let shop = Shop::new();
    fs::write(shop.root().join(file), configuration).unwrap();
    cargo_fmt(&shop, &[]);
    let formatted = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), formatted, "{configuration}");
    assert_eq!(shop.umbel(&["diff"]).stdout, "", "{configuration}");

    let views = shop.read("src/film/views.rs");
    let mine = "\n// Mine.\npub fn mine(film: &Film) -> &str {\n    &film.title\n}\n";
    fs::write(shop.root().join("src/film/views.rs"), views + mine).unwrap();
    shop.edit("src/film/mod.rs", "mod form;", "// Mine, too.\nmod form;");
    cargo_fmt(&shop, &[]);
    shop.database.run(
        "ALTER TABLE film ADD COLUMN a_tagline_of_some_length text NOT NULL DEFAULT '';
         ALTER TABLE film DROP COLUMN description;
         CREATE TABLE genre (genre_id serial PRIMARY KEY, name text NOT NULL UNIQUE);
         ALTER TABLE film ADD COLUMN genre_id integer REFERENCES genre",
    );
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("updated  src/film/model.rs"), "{said}");
    assert!(said.contains("merged  src/film/views.rs"), "{said}");
    cargo_fmt(&shop, &["--check"]);
    let views = shop.read("src/film/views.rs");
    assert!(
        views.contains("// Mine.") && views.contains("TAGLINE"),
        "{views}"
    );
    // What was emitted is kept as it was.
    let base = shop.read(".umbel/base/src/film/model.rs");
    assert!(base.contains("\n    pub title: String,\n"), "{base}");
    let synced = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), synced, "{configuration}");
    let edited = shop.umbel(&["diff", "--name-only"]).stdout;
    assert_eq!(
        edited, "src/film/mod.rs\nsrc/film/views.rs\n",
        "{configuration}"
    );
}

#[test]
fn the_layout_of_the_project_is_no_edit() {
    check("rustfmt.toml", "max_width = 80\n");
    check(
        ".rustfmt.toml",
        "hard_tabs = true\nuse_small_heuristics = \"Max\"\nmax_width = 120\n",
    );
    check(
        "../rustfmt.toml",
        "newline_style = \"Windows\"\ntab_spaces = 2\nuse_small_heuristics = \"Off\"\nmatch_block_trailing_comma = true\n",
    );
}

#[test]
fn a_new_application_has_the_layout_above_it() {
    let database = Database::with(SCHEMA);
    let folder = tempfile::tempdir().unwrap();
    let configuration = "max_width = 80\nhard_tabs = true\nreorder_imports = false\n";
    fs::write(folder.path().join("rustfmt.toml"), configuration).unwrap();
    let shop = Shop { database, folder };
    let mut new = umbel::command();
    new.arg("new").arg(shop.root());
    process::succeed(new.args(["--database", &shop.database.url]));
    cargo_fmt(&shop, &["--check"]);
    let model = shop.read("src/film/model.rs");
    assert!(model.contains("\n\tpub title: String,\n"), "{model}");
    let made = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), made);
    assert_eq!(shop.umbel(&["diff"]).stdout, "");
}

#[test]
fn ends_of_lines_are_those_that_the_project_asks_for() {
    let shop = Shop::new();
    for path in [
        "src/film/views.rs",
        "src/film/model.rs",
        "templates/film/show.html",
    ] {
        let text = shop.read(path).replace('\n', "\r\n");
        fs::write(shop.root().join(path), text).unwrap();
    }
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "// Mine.\r\n\r\n/// `GET /film/new`",
    );
    fs::write(
        shop.root().join("rustfmt.toml"),
        "newline_style = \"Unix\"\n",
    )
    .unwrap();
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("merged  src/film/views.rs"), "{said}");
    assert!(!shop.read("src/film/views.rs").contains('\r'));
    assert!(!shop.read("src/film/model.rs").contains('\r'));
    let show = shop.read("templates/film/show.html");
    assert_eq!(show.matches('\n').count(), show.matches("\r\n").count());
    cargo_fmt(&shop, &["--check"]);
}

#[test]
fn a_configuration_that_rustfmt_refuses() {
    let shop = Shop::new();
    fs::write(shop.root().join("rustfmt.toml"), "max_width = \"wide\"\n").unwrap();
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let before = shop.contents();
    let refused = shop.sync(&[], 1);
    assert!(refused.stderr.contains("rustfmt.toml"), "{refused}");
    assert_eq!(shop.contents(), before);
    fs::write(shop.root().join("rustfmt.toml"), "max_width = 90\n").unwrap();
    let mut sync = shop.command(&["sync"]);
    sync.env("PATH", "/nowhere");
    let refused = process::finish(&mut sync);
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused
            .stderr
            .contains("`rustfmt`, which reads it, cannot be run"),
        "{refused}"
    );
}

#[test]
fn a_checkout_with_other_ends_of_lines_is_no_edit() {
    let shop = Shop::new();
    let windows = |path: &str| {
        let text = shop.read(path).replace('\n', "\r\n");
        fs::write(shop.root().join(path), text).unwrap();
    };
    shop.contents().keys().for_each(|path| windows(path));
    let checked_out = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), checked_out);
    assert_eq!(shop.umbel(&["diff"]).stdout, "");

    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "// Mine.\r\n\r\n/// `GET /film/new`",
    );
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let said = shop.sync(&[], 0).stdout;
    assert!(said.contains("merged  src/film/views.rs"), "{said}");
    for (path, text) in shop.contents() {
        let text = String::from_utf8(text).unwrap();
        assert_eq!(
            text,
            text.replace("\r\n", "\n").replace('\n', "\r\n"),
            "{path}"
        );
    }
    assert!(shop.read("src/film/views.rs").contains("// Mine."));
    assert!(shop.read("src/film/model.rs").contains("tagline"));
    let synced = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), synced);
    assert!(shop.read(".gitattributes").contains("* text=auto eol=lf"));
}

#[test]
fn the_application_is_found_upward() {
    let shop = Shop::new();
    shop.edit("src/film/mod.rs", "//! ", "// Mine.\n//! ");
    shop.edit("src/language/mod.rs", "//! ", "// Mine.\n//! ");
    let folder = shop.root().join("src/film");
    let diff = |arguments: &[&str]| process::succeed(&mut command(&folder, arguments));
    assert_eq!(
        diff(&["diff", "--name-only"]),
        "mod.rs\n../language/mod.rs\n"
    );
    assert_eq!(diff(&["diff", "--name-only", "."]), "mod.rs\n");
    assert_eq!(
        diff(&["diff", "--name-only", "../language"]),
        "../language/mod.rs\n"
    );
    assert_eq!(
        diff(&["diff", "--name-only", "src/language"]),
        "../language/mod.rs\n"
    );
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let said = diff(&["sync"]);
    assert!(said.contains("updated  model.rs"), "{said}");
    assert!(
        said.contains("updated  ../../templates/film/show.html"),
        "{said}"
    );
    let nowhere = process::finish(umbel::command().arg("sync").current_dir(shop.folder.path()));
    assert_eq!(nowhere.code, Some(1));
    assert!(
        nowhere.stderr.contains("lies in no application"),
        "{nowhere}"
    );
}
