//! Applications over SQLite files: the same pages, the same rules.

use std::thread;

use umbel_tests::app::App;
use umbel_tests::corpus::Corpus;
use umbel_tests::http::Client;
use umbel_tests::process::{self, Finished};
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::umbel;

use crate::schemas::schemas;

/// An application over a file of its own, until it is dropped.
struct Shop {
    http: Client,
    server: Server,
    file: File,
}

impl Shop {
    /// The application over a schema of the corpus.
    fn open(name: &str) -> Self {
        let corpus = Corpus::own(name);
        let file = File::of(&corpus);
        let program = App::emitted(&format!("{name}_sqlite"), &corpus.files(), &file).build();
        let server = Server::start(&program, &file.url);
        Self {
            http: Client::new(&server.url),
            server,
            file,
        }
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        if !thread::panicking() {
            let log = self.server.log();
            assert!(!log.contains("panicked"), "the server panicked:\n{log}");
        }
    }
}

schemas! { check_promises:
    promises_of_chinook: "chinook",
    promises_of_cinema: "cinema",
    promises_of_northwind: "northwind",
}

#[track_caller]
fn check_promises(name: &str) {
    let Some(corpus) = Corpus::find(name) else {
        return;
    };
    let file = File::of(&corpus);
    let app = App::emitted(&format!("{name}_sqlite"), &corpus.files(), &file);
    let promises = [
        app.check_format(),
        app.check_warnings(),
        app.check_tests(&file),
    ];
    let broken: Vec<String> = promises
        .iter()
        .filter(|done| done.code != Some(0))
        .map(Finished::to_string)
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn lists() {
    let shop = Shop::open("chinook");
    let page = shop.http.open("/track");
    assert_eq!(page.rows().len(), 50);
    assert!(page.text("main").contains("3,503 tracks"), "{page}");
    let found = shop.http.open("/track?q=restless+wild");
    assert!(found.text("main").contains("Restless and Wild"), "{found}");
    let filtered = shop.http.open("/track?album_id.is=1&sort=-milliseconds");
    assert_eq!(filtered.rows().len(), 10, "{filtered}");
    assert!(
        filtered.rows()[0]
            .join(" ")
            .contains("For Those About To Rock")
    );
    let dear = shop
        .http
        .open("/invoice?total.min=20&invoice_date.max=2022-12-31");
    assert_eq!(
        dear.rows().len().to_string(),
        shop.file
            .run("SELECT count(*) FROM invoice WHERE total >= 20 AND invoice_date < '2023-01-01'")
    );
}

#[test]
fn every_row_is_on_one_page() {
    let shop = Shop::open("chinook");
    // Two composers in three are null: in either direction, all of them come once.
    for sort in ["composer", "-composer", "name"] {
        let mut path = format!("/track?sort={sort}");
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..71 {
            let page = shop.http.open(&path);
            let links = page.attributes("tbody th a", "href");
            assert!(
                links.iter().all(|link| seen.insert(link.clone())),
                "{sort}: {path}"
            );
            match page.attributes("a[rel=next]", "href").pop() {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(seen.len(), 3503, "{sort}");
    }
}

#[test]
fn created_edited_and_refused() {
    let shop = Shop::open("chinook");
    let mut form = shop.http.open("/album/new").form();
    form.set("title", "Umbels");
    form.set("artist_id", "99999");
    let refused = shop.http.submit(&form);
    assert_eq!(refused.status, 422, "{refused}");
    assert_eq!(refused.invalid(), ["artist_id"]);
    form.set("artist_id", "1");
    let page = shop.http.follow(&shop.http.submit(&form));
    assert!(page.text("h1").contains("Umbels"), "{page}");

    let first = shop.http.open("/album/1/edit").form();
    let mut mine = first.clone();
    mine.set("title", "Mine");
    shop.file
        .run("UPDATE album SET title = 'Theirs' WHERE album_id = 1");
    let conflict = shop.http.submit(&mine);
    assert_eq!(conflict.status, 409, "{conflict}");
    assert!(conflict.text("main").contains("Theirs"), "{conflict}");
    assert_eq!(
        shop.file.run("SELECT title FROM album WHERE album_id = 1"),
        "Theirs"
    );
    assert_eq!(shop.http.submit(&conflict.form()).status, 303);
    assert_eq!(
        shop.file.run("SELECT title FROM album WHERE album_id = 1"),
        "Mine"
    );
}

#[test]
fn deleted_or_kept() {
    let shop = Shop::open("chinook");
    let preview = shop.http.open("/artist/1/delete");
    assert!(preview.text("main").contains("2 albums"), "{preview}");
    let kept = shop.http.post("/artist/1/delete", &[]);
    assert_eq!(kept.status, 409, "{kept}");
    assert!(kept.text("main").contains("2 albums refer to it"), "{kept}");
    let free = shop.file.run(
        "SELECT min(artist_id) FROM artist WHERE artist_id NOT IN (SELECT artist_id FROM album)",
    );
    let gone = shop.http.post(&format!("/artist/{free}/delete"), &[]);
    assert_eq!(gone.status, 303, "{gone}");
    assert_eq!(shop.http.get(&format!("/artist/{free}")).status, 404);
}

#[test]
fn many_to_many() {
    let shop = Shop::open("chinook");
    let tracks = "SELECT group_concat(track_id, ' ') FROM
        (SELECT track_id FROM playlist_track WHERE playlist_id = 9 ORDER BY track_id)";
    assert_eq!(shop.file.run(tracks), "3402");
    let mut form = shop.http.open("/playlist/9/edit").form();
    form.set_all("tracks", &["1", "2", "3402"]);
    let saved = shop.http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(shop.file.run(tracks), "1 2 3402");
    // Of many, a page is shown.
    let page = shop.http.open("/playlist/1/edit");
    assert!(
        page.text("#f-tracks-linked").contains("3,290 tracks"),
        "{page}"
    );
    let mut form = page.form();
    let shown: Vec<String> = form
        .values("tracks")
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(shown.len(), 50);
    let others: Vec<&str> = shown[1..].iter().map(String::as_str).collect();
    form.set_all("tracks", &others);
    let mut next = form.sent();
    next.push(("_.next", "tracks"));
    let page = shop.http.post(&form.action, &next);
    assert!(
        page.text("#f-tracks-linked").contains("51 to 100"),
        "{page}"
    );
    assert_eq!(shop.http.submit(&page.form()).status, 303);
    let gone = "SELECT count(*), sum(track_id = {}) FROM playlist_track WHERE playlist_id = 1";
    assert_eq!(shop.file.run(&gone.replace("{}", &shown[0])), "3289|0");
}

#[test]
fn composite_keys() {
    let shop = Shop::open("cinema");
    let key =
        "SELECT film_id || ',' || person_id || ',' || job FROM credit WHERE part = 'Johnnie Gray'";
    let path = format!("/credit/{}", shop.file.run(key));
    let page = shop.http.open(&path);
    assert!(page.text("main").contains("Buster Keaton"), "{page}");
    let mut form = shop.http.open(&format!("{path}/edit")).form();
    form.set("part", "Johnnie");
    assert_eq!(shop.http.submit(&form).status, 303);
    let part = "SELECT part FROM credit JOIN person USING (person_id)
        WHERE film_id = 6 AND name = 'Buster Keaton' AND job = 'actor'";
    assert_eq!(shop.file.run(part), "Johnnie");
    let keaton = shop
        .file
        .run("SELECT person_id FROM person WHERE name = 'Buster Keaton'");
    let again = shop.http.post(
        "/credit",
        &[
            ("film_id", "6"),
            ("person_id", &keaton),
            ("job", "actor"),
            ("part", ""),
        ],
    );
    assert_eq!(again.status, 422, "{again}");
    assert!(again.text("main").contains("another credit"), "{again}");
}

/// SQLite keeps any value in any column of an ordinary table: it is shown, and can be put right.
#[test]
fn values_of_another_type() {
    let shop = Shop::open("chinook");
    shop.file.run(
        "UPDATE invoice SET invoice_date = 'last summer', total = 'a <lot>', customer_id = 2 WHERE invoice_id = 1",
    );
    shop.file
        .run("UPDATE track SET milliseconds = x'ff00', name = 12 WHERE track_id = 1");
    for path in [
        "/invoice",
        "/invoice/1",
        "/invoice?sort=-total",
        "/track",
        "/track/1",
        "/album/1",
    ] {
        shop.http.open(path);
    }
    let page = shop.http.open("/invoice/1");
    assert!(page.text("main").contains("last summer"), "{page}");
    assert!(page.text("main").contains("a <lot>"), "{page}");
    let mut form = shop.http.open("/invoice/1/edit").form();
    assert_eq!(form.value("total"), Some("a <lot>"));
    let cells = "SELECT invoice_date, total FROM invoice WHERE invoice_id = 1";
    let left_alone = shop.http.submit(&form);
    assert_eq!(left_alone.status, 303, "{left_alone}");
    assert_eq!(shop.file.run(cells), "last summer|a <lot>");
    form.set("total", "some");
    let refused = shop.http.submit(&form);
    assert_eq!(refused.status, 422, "{refused}");
    assert_eq!(refused.invalid(), ["total"]);
    form.set("total", "1.98");
    form.set("invoice_date", "2021-06-01T00:00");
    let saved = shop.http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(shop.file.run(cells), "2021-06-01 00:00:00|1.98");
}

#[test]
fn files_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "Buy milk.\n").unwrap();
    let shop = folder.path().join("shop");
    let check = |database: &str, words: &str| {
        let mut new = umbel::command();
        new.arg("new").arg(&shop).args(["--database", database]);
        let finished = process::finish(&mut new);
        assert_eq!(finished.code, Some(1), "{finished}");
        assert!(finished.stderr.contains(words), "{finished}");
        assert!(!shop.exists(), "{finished}");
    };
    check(text.to_str().unwrap(), "text file");
    check(&format!("sqlite:{}", folder.path().display()), "folder");
    check("sqlite:nowhere.db", "no file");
}
