//! Emitted files that a person put elsewhere: found again, and kept up to date there.

use std::fs;

use super::Shop;

impl Shop {
    fn move_file(&self, from: &str, to: &str) {
        let to = self.root().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.root().join(from), to).unwrap();
    }
}

#[test]
fn a_module_that_was_moved_is_updated_where_it_lies() {
    let shop = Shop::new();
    shop.move_file("src/film/views.rs", "src/film/pages.rs");
    shop.edit(
        "src/film/mod.rs",
        "mod views;",
        "#[path = \"pages.rs\"]\nmod views;",
    );
    shop.edit(
        "src/film/pages.rs",
        "/// `GET /film/new`",
        "// Mine.\npub fn mine() {}\n\n/// `GET /film/new`",
    );
    shop.move_file("src/language/model.rs", "src/language/model/mod.rs");
    shop.move_file("templates/film/show.html", "templates/shown/film.html");
    shop.edit("src/film/pages.rs", "film/show.html", "shown/film.html");
    shop.sync(&["--check"], 0);
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text; ALTER TABLE language ADD COLUMN note text");
    let said = shop.sync(&[], 0).stdout;
    for line in [
        "merged  src/film/pages.rs",
        "updated  src/language/model/mod.rs",
        "updated  templates/shown/film.html",
    ] {
        assert!(said.contains(line), "{line} in {said}");
    }
    for gone in [
        "src/film/views.rs",
        "src/language/model.rs",
        "templates/film/show.html",
    ] {
        assert!(!shop.exists(gone), "{gone}");
    }
    let pages = shop.read("src/film/pages.rs");
    assert!(
        pages.contains("// Mine.") && pages.contains("TAGLINE"),
        "{pages}"
    );
    assert!(
        shop.read("src/language/model/mod.rs")
            .contains("pub note: Option<String>")
    );
    assert!(
        shop.read("templates/shown/film.html")
            .contains("film.tagline.show()")
    );
    let synced = shop.contents();
    shop.sync(&["--check"], 0);
    shop.sync(&[], 0);
    assert_eq!(shop.contents(), synced);

    // It goes with its table, and is found after that.
    shop.database
        .run("ALTER TABLE film RENAME TO movie; ALTER TABLE movie ADD COLUMN price integer");
    shop.sync(&[], 0);
    let pages = shop.read("src/movie/pages.rs");
    assert!(
        pages.contains("// Mine.") && pages.contains("PRICE"),
        "{pages}"
    );
    assert!(!shop.exists("src/movie/views.rs") && !shop.exists("src/film"));
    assert!(
        shop.read("templates/shown/film.html")
            .contains("movie.price.show()")
    );
    shop.sync(&["--check"], 0);
}

#[test]
fn a_conflict_in_a_file_that_was_moved() {
    let shop = Shop::new();
    shop.move_file("src/film/model.rs", "src/film/row.rs");
    let line = "pub const DESCRIPTION";
    shop.edit(
        "src/film/row.rs",
        line,
        &format!("#[doc(hidden)]\n    {line}"),
    );
    shop.database
        .run("ALTER TABLE film DROP COLUMN description");
    let said = shop.sync(&[], 3);
    assert!(said.stderr.contains("src/film/row.rs"), "{said}");
    let settled = shop.umbel(&["resolve", "src/film/row.rs", "--theirs"]);
    assert_eq!(settled.code, Some(0), "{settled}");
    assert!(!shop.read("src/film/row.rs").contains("DESCRIPTION"));
    shop.sync(&["--check"], 0);
    assert!(!shop.exists(".umbel/base/src/film/row.rs") && !shop.exists("src/film/model.rs"));
}

#[test]
fn what_is_no_longer_updated_is_said() {
    let shop = Shop::new();
    fs::remove_file(shop.root().join("src/film/views.rs")).unwrap();
    // A copy of another table's is not it.
    let other = shop.read("src/language/views.rs");
    fs::write(shop.root().join("src/film/own.rs"), other).unwrap();
    let said = shop.sync(&[], 0).stdout;
    assert!(!said.contains("src/film/views.rs"), "{said}");
    shop.database
        .run("ALTER TABLE film ADD COLUMN tagline text");
    let said = shop.sync(&[], 0).stdout;
    assert!(
        said.contains("missing  src/film/views.rs")
            && said.contains("`src/film/views.rs` is emitted otherwise now, but it is not there"),
        "{said}"
    );
    assert!(!shop.exists("src/film/views.rs"));
    assert!(!shop.read("src/film/own.rs").contains("TAGLINE"));
    let said = shop.sync(&[], 0).stdout;
    assert!(!said.contains("views.rs"), "{said}");
}
