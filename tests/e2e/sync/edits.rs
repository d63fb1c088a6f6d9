//! Edits of people and changes of the schema that meet, in files and in lines.

use std::fs;

use umbel_tests::process;

use super::Shop;

#[test]
fn edits_stay_where_columns_come() {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "// Mine.\npub fn mine(film: &Film) -> &str {\n    &film.title\n}\n\n/// `GET /film/new`",
    );
    shop.edit(
        "templates/film/show.html",
        "{{ ui::facts([",
        "<p>Mine</p>\n{{ ui::facts([",
    );
    shop.database.run(
        "ALTER TABLE film ADD COLUMN tagline text; CREATE TABLE genre (genre_id serial PRIMARY KEY)",
    );
    let said = shop.sync(&[], 0).stdout;
    for line in [
        "+ film.tagline text",
        "+ genre table, one column",
        "src/film/views.rs",
    ] {
        assert!(said.contains(line), "{line:?} in {said}");
    }
    let views = shop.read("src/film/views.rs");
    assert!(
        views.contains("// Mine.\npub fn mine") && views.contains("TAGLINE"),
        "{views}"
    );
    let show = shop.read("templates/film/show.html");
    assert!(
        show.contains("<p>Mine</p>") && show.contains("film.tagline"),
        "{show}"
    );
    assert!(shop.exists("src/genre/model.rs"));

    let before = shop.contents();
    shop.sync(&[], 0);
    shop.sync(&["--check"], 0);
    assert_eq!(shop.contents(), before, "a second sync writes nothing");
}

#[test]
fn a_conflict_is_shown_and_settled() {
    let conflicting = || {
        let shop = Shop::new();
        let line = "pub const DESCRIPTION";
        shop.edit(
            "src/film/model.rs",
            line,
            &format!("#[doc(hidden)]\n    {line}"),
        );
        shop.database
            .run("ALTER TABLE film DROP COLUMN description");
        let finished = shop.sync(&[], 3);
        // What is in conflict stays as it was; all else in the file is as it is emitted now.
        let before = shop.read("src/film/model.rs");
        let line = before.lines().position(|line| line.contains("doc(hidden)"));
        let place = format!(
            "src/film/model.rs:{}: `impl Film`, `const DESCRIPTION`: you changed it, and it is no longer emitted",
            line.unwrap() + 1
        );
        assert!(finished.stderr.contains(&place), "{place}: {finished}");
        assert!(!before.contains("pub description"), "{before}");
        assert!(!shop.read("src/film/form.rs").contains("DESCRIPTION"));
        shop.sync(&["--check"], 3);
        shop.sync(&[], 3);
        (shop, before)
    };
    let resolve = |shop: &Shop, choice: &str| shop.umbel(&["resolve", "src/film/model.rs", choice]);
    let (shop, before) = conflicting();
    assert_eq!(resolve(&shop, "--ours").code, Some(0));
    assert_eq!(shop.read("src/film/model.rs"), before);
    shop.sync(&["--check"], 0);
    assert_eq!(resolve(&shop, "--ours").code, Some(1));

    let (shop, before) = conflicting();
    assert_eq!(resolve(&shop, "--theirs").code, Some(0));
    assert!(!shop.read("src/film/model.rs").contains("DESCRIPTION"));
    assert_eq!(shop.read(".umbel/local/orphans/src/film/model.rs"), before);
    shop.sync(&["--check"], 0);

    let (shop, _) = conflicting();
    let refused = resolve(&shop, "--merged");
    assert!(refused.stderr.contains("marker"), "{refused}");
    let merged = ".umbel/local/conflicts/src/film/model.rs/merged.rs";
    let text = shop.read(merged);
    let settled = text.lines().filter(|line| {
        !line.starts_with("<<<")
            && !line.starts_with("|||")
            && !line.starts_with("===")
            && !line.starts_with(">>>")
            && !line.contains("description")
            && !line.contains("DESCRIPTION")
            && !line.contains("hidden")
    });
    let settled: String = settled.map(|line| format!("{line}\n")).collect();
    fs::write(shop.root().join(merged), &settled).unwrap();
    // Another sync of the same conflict leaves the work on it alone.
    shop.sync(&[], 3);
    assert_eq!(resolve(&shop, "--merged").code, Some(0));
    assert_eq!(shop.read("src/film/model.rs"), settled);
    shop.sync(&["--check"], 0);
}

#[test]
fn a_conflict_in_the_file_itself() {
    let shop = Shop::new();
    process::succeed(&mut shop.git(&["init", "--quiet"]));
    let line = "pub description: Option<String>,";
    shop.edit(
        "src/film/model.rs",
        line,
        "pub description: Option<Box<str>>,",
    );
    shop.database
        .run("ALTER TABLE film ALTER COLUMN description SET NOT NULL");
    shop.sync(&["--inline"], 3);
    let marked = shop.read("src/film/model.rs");
    assert!(
        marked.contains("<<<<<<< ours\n    pub description: Option<Box<str>>,"),
        "{marked}"
    );
    let stages = process::succeed(&mut shop.git(&["ls-files", "--unmerged"]));
    assert_eq!(stages.lines().count(), 3, "{stages}");
    shop.sync(&[], 3);
    assert_eq!(shop.read("src/film/model.rs"), marked);
    let refused = shop.umbel(&["resolve", "src/film/model.rs", "--ours"]);
    assert!(refused.stderr.contains("marker"), "{refused}");
}

#[test]
fn one_item_in_conflict_holds_back_itself_alone() {
    let shop = Shop::new();
    shop.edit(
        "src/film/views.rs",
        "LANGUAGE_ID.one_of::<Language>(&form.language_id)",
        "LANGUAGE_ID.one_of::<Language>(&form.language_id) /* mine */",
    );
    shop.edit(
        "src/film/views.rs",
        "/// `GET /film/new`",
        "pub fn mine() {}\n\n/// `GET /film/new`",
    );
    shop.edit(
        "src/routes.rs",
        "/// The tables as they were",
        "/// My tables as they were",
    );
    shop.database.run(
        "CREATE TABLE genre (genre_id serial PRIMARY KEY, name text NOT NULL);
         ALTER TABLE film DROP COLUMN language_id, ADD COLUMN tagline text, ADD COLUMN genre_id integer REFERENCES genre",
    );
    let finished = shop.sync(&[], 3);
    assert!(
        finished
            .stderr
            .contains("`impl Fields`, `fn load`: you changed it, and it is emitted otherwise now"),
        "{finished}"
    );
    let views = shop.read("src/film/views.rs");
    for text in [
        "/* mine */",
        "pub fn mine() {}",
        "TAGLINE",
        "GENRE_ID",
        "use crate::language::Language;",
    ] {
        assert!(views.contains(text), "{text}: {views}");
    }
    let routes = shop.read("src/routes.rs");
    assert!(
        routes.contains("/// My tables") && routes.contains("Genre::ANY"),
        "{routes}"
    );
    let synced = shop.contents();
    shop.sync(&[], 3);
    shop.sync(&["--check"], 3);
    assert_eq!(shop.contents(), synced);

    // More of the schema arrives while it is open, and the person's other work stays.
    shop.database
        .run("ALTER TABLE film ADD COLUMN minutes integer");
    shop.sync(&[], 3);
    let views = shop.read("src/film/views.rs");
    for text in ["/* mine */", "pub fn mine() {}", "MINUTES"] {
        assert!(views.contains(text), "{text}: {views}");
    }
    let merged = ".umbel/local/conflicts/src/film/views.rs/merged.rs";
    let settled = shop.read(merged).replace("\r", "");
    let (before, rest) = settled.split_once("<<<<<<< ours\n").unwrap();
    let (_, rest) = rest.split_once("=======\n").unwrap();
    let (theirs, after) = rest.split_once(">>>>>>> theirs\n").unwrap();
    let settled = format!("{before}{theirs}{after}");
    assert!(!settled.contains("<<<<<<<"), "{settled}");
    fs::write(shop.root().join(merged), &settled).unwrap();
    let resolved = shop.umbel(&["resolve", "src/film/views.rs", "--merged"]);
    assert_eq!(resolved.code, Some(0), "{resolved}");
    assert_eq!(shop.read("src/film/views.rs"), settled);
    assert!(settled.contains("pub fn mine() {}"), "{settled}");
    shop.sync(&["--check"], 0);
}

#[test]
fn a_half_settled_conflict_is_kept() {
    let shop = Shop::new();
    let path = "src/film/model.rs";
    let line = "pub description: Option<String>,";
    shop.edit(path, line, "pub description: Option<Box<str>>, // mine");
    shop.database
        .run("ALTER TABLE film ALTER COLUMN description SET NOT NULL");
    shop.sync(&[], 3);
    let merged = ".umbel/local/conflicts/src/film/model.rs/merged.rs";
    shop.edit(merged, "<<<<<<<", "// half settled, mine\n<<<<<<<");
    // Another conflict in the same file, before the first is settled.
    shop.database
        .run("ALTER TABLE film ALTER COLUMN description TYPE varchar(20)");
    shop.edit(
        path,
        "pub title: String,",
        "pub title: Box<str>, // mine, too",
    );
    shop.database
        .run("ALTER TABLE film ALTER COLUMN title DROP NOT NULL");
    let said = shop.sync(&[], 3).stdout;
    let place = ".umbel/local/orphans/src/film/model.rs";
    assert!(said.contains(place), "{said}");
    assert!(shop.read(place).contains("// half settled, mine"));
    let theirs = shop.umbel(&["resolve", path, "--theirs"]);
    let second = ".umbel/local/orphans/src/film/model.2.rs";
    assert!(theirs.stdout.contains(second), "{theirs}");
    assert!(shop.read(place).contains("// half settled, mine"));
    // Of the merge, the formatter put the comments of both lines below each other.
    let kept = shop.read(second);
    let is_mine =
        |line: &str| line.contains("pub title: Box<str>,") && line.contains("// mine, too");
    assert!(kept.lines().any(is_mine), "{kept}");
}
