//! `umbel demo`: the newsroom in a browser, and what is said where it cannot be served.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use umbel_tests::browser::Browser;
use umbel_tests::http::Client;
use umbel_tests::server::Server;
use umbel_tests::{process, umbel, wait, workspace};

use crate::browser::{assert_heading, choose, click, fill_in, find, press};

/// On a slow machine everything that the example depends upon is built first.
const PATIENCE: Duration = Duration::from_secs(900);

#[tokio::test]
async fn newsroom() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("newsroom");
    let server = Server::run_within(PATIENCE, demo(&dir, "127.0.0.1:0"));
    let browser = Browser::start().await;
    let page = &browser.client;

    page.goto(&link(&server, "ada")).await.unwrap();
    press(page, "Sign in").await;
    page.goto(&format!("{}/article", server.url)).await.unwrap();
    click(page, "Add an article").await;
    choose(page, "Section", "Science").await;
    fill_in(page, "Title", "Umbel in bloom").await;
    fill_in(page, "Slug", "umbel-in-bloom").await;
    choose(page, "State", "published").await;
    fill_in(page, "Body", "It grows from one stem.").await;
    press(page, "Add the article").await;
    let summary = find(page, "[role=alert], .errors").await;
    let words = summary.text().await.unwrap();
    assert!(
        words.contains("published at is required when state is published"),
        "{words}"
    );

    choose(page, "State", "draft").await;
    press(page, "Add the article").await;
    assert_heading(page, "Umbel in bloom").await;
    click(page, "Edit").await;
    fill_in(page, "Title", "Umbel in full bloom").await;
    press(page, "Save").await;
    assert_heading(page, "Umbel in full bloom").await;
    click(page, "Delete").await;
    press(page, "Delete the article").await;
    assert_heading(page, "Articles").await;

    // Each of its people sees something else.
    let [stranger, editor, reader] = [(); 3].map(|()| Client::new(&server.url));
    assert_eq!(stranger.get("/article").status, 303);
    for (client, name) in [(&editor, "eddie"), (&reader, "rhea")] {
        let path = link(&server, name).replace(&server.url, "");
        let page = client.open(&path);
        assert_eq!(client.submit(&page.form()).status, 303, "{name}");
        assert!(client.get(&path).status >= 400, "a link works once");
    }
    assert!(editor.open("/article").links_to("/article/new"));
    assert!(!reader.open("/article").links_to("/article/new"));
    assert_eq!(reader.get("/article/new").status, 403);
    assert_eq!(reader.get("/subscriber").status, 403);
    assert_eq!(editor.get("/subscriber").status, 403);

    // What a person changes is there the next time.
    std::fs::write(dir.join("note.txt"), "mine").unwrap();
    drop(server);
    let again = Server::run_within(PATIENCE, demo(&dir, "127.0.0.1:0"));
    assert_eq!(editor.at(&again.url).get("/edition").status, 200);
    assert!(dir.join("note.txt").exists());
}

/// The link by which somebody signs in.
fn link(server: &Server, name: &str) -> String {
    let start = format!("Sign in as {name}, once: ");
    wait::until("the link is printed", Duration::from_secs(10), || {
        let log = server.log();
        let line = log.lines().find_map(|line| line.strip_prefix(&start));
        line.map(str::to_owned)
    })
}

#[test]
fn port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let finished = process::finish(&mut demo(&folder.path().join("newsroom"), &address));
    assert_eq!(finished.code, Some(1));
    assert!(finished.stderr.contains(&address), "{}", finished.stderr);
    assert!(finished.stderr.contains("--addr"), "{}", finished.stderr);
    assert!(!folder.path().join("newsroom").exists());
}

fn demo(dir: &Path, address: &str) -> Command {
    let mut command = Command::new(umbel::program());
    command
        .args(["demo", "--addr", address, "--dir"])
        .arg(dir)
        .env(
            "CARGO_TARGET_DIR",
            workspace::scratch("apps").join("target"),
        );
    command
}
