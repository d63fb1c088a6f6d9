//! An application over the files of programs that have collations and functions of their own: what they need is missing
//! here, and no page says less for it, or fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::thread;

use umbel_tests::app::App;
use umbel_tests::crawl::crawl;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::sqlite::File;
use umbel_tests::{umbel, workspace};

fn source() -> PathBuf {
    workspace::root().join("tests/e2e/strangers.sql")
}

/// A file as those programs make it.
fn file() -> File {
    File::of_program(&fs::read_to_string(source()).unwrap())
}

/// The application over a file of its own.
struct Strangers {
    http: Client,
    server: Server,
    file: File,
}

impl Strangers {
    fn open() -> Self {
        let file = file();
        let program = App::emitted("strangers", &[source()], &file).build();
        let server = Server::start(&program, &file.url);
        Self {
            http: Client::new(&server.url),
            server,
            file,
        }
    }

    fn column(&self, path: &str) -> Vec<String> {
        self.http.open(path).texts("tbody tr th")
    }
}

impl Drop for Strangers {
    fn drop(&mut self) {
        if !thread::panicking() {
            let log = self.server.log();
            assert!(!log.contains("panicked"), "the server panicked:\n{log}");
        }
    }
}

#[test]
fn every_page_of_a_strangers_file() {
    let strangers = Strangers::open();
    let crawl = crawl(&strangers.http);
    assert!(crawl.problems.is_empty(), "{crawl}");
    assert!(crawl.refused.is_empty(), "{crawl}");
    assert!(crawl.lists.len() >= 36, "{crawl}");
    for list in &crawl.lists {
        let page = strangers.http.open(&list.path);
        assert!(!page.text("main").contains("is not shown"), "{page}");
    }
    let empty: Vec<_> = crawl.lists.iter().filter(|list| list.rows == 0).collect();
    assert!(empty.is_empty(), "{empty:?}");
}

#[test]
fn missing_collations_and_functions_are_said() {
    let file = file();
    let inspected = umbel::command()
        .args(["inspect", "--database", &file.url])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&inspected.stdout).into_owned();
    for words in [
        "main.decks.name",
        "only the program that made the file has the collation `unicase`",
        "main.tags",
        "only read, because a change needs the collation `unicase`",
        "main.books",
        "needs the function `title_sort`",
        "left out, because it needs the function `sortconcat`",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn texts_of_a_missing_collation_are_compared_byte_by_byte() {
    let strangers = Strangers::open();
    let http = &strangers.http;
    let names = strangers.column("/notetypes?sort=name");
    assert_eq!(names, ["Basic", "cloze", "Ähnlich"]);
    assert_eq!(
        strangers.column("/notetypes?sort=-name"),
        ["Ähnlich", "cloze", "Basic"]
    );
    assert_eq!(strangers.column("/notetypes?name.is=cloze"), ["cloze"]);
    assert_eq!(strangers.column("/notetypes?name.is=Cloze").len(), 0);
    assert_eq!(strangers.column("/notetypes?q=clo"), ["cloze"]);
    assert_eq!(
        strangers.column("/tags?sort=tag"),
        ["Noun", "adverb", "verb"]
    );
    http.open("/tags/adverb");
    assert_eq!(http.get("/tags/Adverb").status, 404);
}

#[test]
fn what_can_be_changed_without_the_collation_is_changed() {
    let strangers = Strangers::open();
    let http = &strangers.http;
    let mut form = http.open("/decks/1/edit").form();
    assert_eq!(form.value("name"), None);
    form.set("usn", "7");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    assert_eq!(
        strangers.file.run("SELECT usn FROM decks WHERE id = 1"),
        "7"
    );
    for path in [
        "/decks/new",
        "/tags/verb/edit",
        "/books/1/edit",
        "/decks/1/delete",
    ] {
        assert_eq!(http.get(path).status, 404, "{path}");
    }
    let mut form = http.open("/comments/1/edit").form();
    form.set("text", "A dog!");
    assert_eq!(http.submit(&form).status, 303);
    // What comes to need a function later is refused in words.
    strangers.file.run_all(
        "CREATE TRIGGER late AFTER UPDATE ON comments BEGIN SELECT title_sort(NEW.text); END",
    );
    let mut form = http.open("/comments/1/edit").form();
    form.set("text", "A cat!");
    let refused = http.submit(&form);
    assert_eq!(refused.status, 403, "{refused}");
    assert!(
        refused
            .text("main")
            .contains("needs the function `title_sort`"),
        "{refused}"
    );
}

/// The number 1, the text `1` and the byte `x'31'` are three keys of a column without a type.
#[test]
fn rows_with_keys_of_any_storage_class_are_told_apart() {
    let strangers = Strangers::open();
    let http = &strangers.http;
    let page = http.open("/mixed");
    let links = page.attributes("tbody th a", "href");
    let all = [
        "1",
        "~1",
        "1.5",
        "x%2731%27",
        "abc",
        "x%27ff00%27",
        "%00",
        "~~1",
    ];
    let expect: BTreeSet<String> = all.iter().map(|key| format!("/mixed/{key}")).collect();
    assert_eq!(links.iter().cloned().collect::<BTreeSet<_>>(), expect);
    for (at, link) in links.iter().enumerate() {
        let note = http.open(&format!("{link}/edit")).form();
        let note = note.value("note").unwrap().to_owned();
        assert!(http.open(link).text("main").contains(&note), "{link}");
        let mut form = http.open(&format!("{link}/edit")).form();
        form.set("note", &format!("{note}, row {at}"));
        let saved = http.submit(&form);
        assert_eq!(saved.status, 303, "{saved}");
        assert_eq!(saved.location.as_ref(), Some(link));
    }
    let notes = "SELECT note FROM mixed WHERE typeof(k) = 'text' AND k = '1'";
    assert!(strangers.file.run(notes).starts_with("text, row"));
    let classes = "SELECT group_concat(typeof(k) || ' ' || quote(k), ', ') FROM (SELECT k FROM mixed ORDER BY k)";
    assert_eq!(
        strangers.file.run(classes),
        "integer 1, real 1.5, text '', text '1', text 'abc', text '~1', blob X'31', blob X'FF00'"
    );
    for link in links
        .iter()
        .filter(|link| *link != "/mixed/1" && *link != "/mixed/abc")
    {
        let deleted = http.post(&format!("{link}/delete"), &[]);
        assert_eq!(deleted.status, 303, "{link}: {deleted}");
        assert_eq!(http.get(link).status, 404);
    }
    assert_eq!(strangers.file.run("SELECT count(*) FROM mixed"), "2");
    // A key of several columns.
    for (link, note) in [
        ("/pairs/1,~1", "whole, text"),
        ("/pairs/~1,1", "text, whole"),
    ] {
        assert!(http.open(link).text("main").contains(note), "{link}");
    }
}

/// A reference leads where SQLite's own affinities take it.
#[test]
fn references_across_storage_classes() {
    let strangers = Strangers::open();
    let http = &strangers.http;
    // Texts and numbers that refer to the number 5.
    let page = http.open("/parents/5");
    for child in ["/children/1", "/children/2"] {
        assert!(page.links_to(child), "{child}: {page}");
        assert!(http.open(child).links_to("/parents/5"), "{child}");
    }
    let mut form = http.open("/children/new").form();
    form.set("parent_id", "5");
    form.set("text_id", "5");
    let saved = http.submit(&form);
    assert_eq!(saved.status, 303, "{saved}");
    let written =
        "SELECT typeof(parent_id), typeof(text_id) FROM children ORDER BY id DESC LIMIT 1";
    assert_eq!(strangers.file.run(written), "integer|text");
    assert_eq!(strangers.file.run("PRAGMA foreign_key_check(children)"), "");
    // Untyped references to untyped keys are those of their class alone.
    assert!(http.open("/mixed/1").links_to("/mixed_refs/1"));
    assert!(!http.open("/mixed/~1").links_to("/mixed_refs/1"));
    assert!(http.open("/mixed_refs/1").links_to("/mixed/1"));
}
