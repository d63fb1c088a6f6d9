//! The server of an application by the book of HTTP, and before clients that are slow, silent or too many.

use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use umbel_tests::{http, process, wait};

use crate::newsroom::{self, Newsroom};

/// The head and the body of an answer.
fn ask(newsroom: &Newsroom, line: &str, headers: &str) -> (String, String) {
    let request = format!(
        "{line}\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
        newsroom.host()
    );
    let answer = newsroom.http.exchange(request.as_bytes());
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_lowercase(), body.to_owned())
}

#[test]
fn hosts_by_the_book() {
    let newsroom = Newsroom::start(&[("UMBEL_SERVER_HOSTS", "shop.example")]);
    let check = |request: &str, status: &str, words: &str| {
        let answer = newsroom.http.exchange(request.as_bytes());
        assert_eq!(answer.get(9..12), Some(status), "{request:?}: {answer}");
        assert!(answer.contains(words), "{words:?} in {answer}");
    };
    let end = "Connection: close\r\n\r\n";
    let get = "GET /section HTTP/1.1\r\n";
    check(
        &format!("{get}Host: shop.example\r\n{end}"),
        "200",
        "Sections",
    );
    let two = format!("{get}Host: shop.example\r\nHost: localhost\r\n{end}");
    check(&two, "400", "names two hosts");
    check(&format!("{get}{end}"), "400", "does not say which host");
    check(&format!("{get}Host: a b\r\n{end}"), "400", "no name");
    check(
        &format!("{get}Host: other.example\r\n{end}"),
        "421",
        "umbel.toml",
    );
    check("GET /section HTTP/1.0\r\n\r\n", "200", "Sections");
    let other = "GET /section HTTP/1.0\r\nHost: other.example\r\n\r\n";
    check(other, "421", "umbel.toml");
}

#[test]
fn methods_by_the_book() {
    let newsroom = Newsroom::start(&[]);
    let (head, body) = ask(&newsroom, "OPTIONS /section HTTP/1.1", "");
    assert!(head.starts_with("http/1.1 204 "), "{head}");
    assert!(head.contains("\r\nallow: get,head,post,options"), "{head}");
    assert_eq!(body, "");
    let (head, _) = ask(&newsroom, "OPTIONS * HTTP/1.1", "");
    assert!(head.starts_with("http/1.1 204 "), "{head}");
    let (head, _) = ask(&newsroom, "OPTIONS /nowhere HTTP/1.1", "");
    assert!(head.starts_with("http/1.1 404 "), "{head}");
    let (head, body) = ask(&newsroom, "DELETE /section HTTP/1.1", "");
    assert!(head.starts_with("http/1.1 405 "), "{head}");
    assert!(head.contains("\r\nallow: get,head,post"), "{head}");
    assert!(body.contains("Not possible here"), "{body}");
    for path in ["/section", "/static/app.css", "/nowhere"] {
        let (head, body) = ask(&newsroom, &format!("HEAD {path} HTTP/1.1"), "");
        let (whole, page) = ask(&newsroom, &format!("GET {path} HTTP/1.1"), "");
        assert_eq!(body, "");
        let without_id = |head: &str| {
            let mut lines: Vec<_> = head.lines().map(str::to_owned).collect();
            lines.retain(|line| !line.starts_with("x-request-id") && !line.starts_with("date"));
            lines.sort();
            lines
        };
        assert_eq!(without_id(&head), without_id(&whole));
        assert!(
            head.contains(&format!("content-length: {}", page.len())),
            "{head}"
        );
    }
}

#[test]
fn files_that_are_known() {
    let newsroom = Newsroom::start(&[]);
    let line = "GET /static/app.css HTTP/1.1";
    let (head, body) = ask(&newsroom, line, "Accept-Encoding: gzip\r\n");
    assert!(head.contains("\r\nvary: accept-encoding"), "{head}");
    assert!(!body.is_empty());
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .unwrap();
    let (head, body) = ask(
        &newsroom,
        line,
        &format!("If-None-Match: {}\r\n", tag.to_uppercase()),
    );
    assert!(head.starts_with("http/1.1 200 "), "{head}");
    assert!(!body.is_empty());
    let known = format!("If-None-Match: \"x\", {}\r\n", tag.replace("w/", "W/"));
    let (head, body) = ask(&newsroom, line, &known);
    assert!(head.starts_with("http/1.1 304 "), "{head}");
    assert!(head.contains(&format!("\r\netag: {tag}")), "{head}");
    assert!(head.contains("\r\nvary: accept-encoding"), "{head}");
    assert_eq!(body, "");
}

#[test]
fn slow_clients() {
    let newsroom = Newsroom::start(&[
        ("UMBEL_SERVER_HEADER_TIMEOUT", "300ms"),
        ("UMBEL_SERVER_BODY_TIMEOUT", "300ms"),
    ]);
    let answer = newsroom.http.exchange(b"GET /section HTTP/1.1\r\nHo");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    let head = format!(
        "POST /section HTTP/1.1\r\nHost: {}\r\nContent-Length: 100\r\n\r\nname=",
        newsroom.host()
    );
    let answer = newsroom.http.exchange(head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("Nothing was changed"), "{answer}");
    assert!(
        answer.contains("<nav"),
        "a page of the application: {answer}"
    );
    assert_eq!(
        newsroom.http.exchange(b""),
        "",
        "who says nothing is told nothing"
    );
}

/// A hundred idle connections made a server with few descriptors deaf, without a word in its log.
#[test]
fn few_descriptors_and_many_idle_connections() {
    let (newsroom, idle) = crowded(64);
    let log = newsroom.server.log();
    assert!(log.contains("lets this process open 64 files"), "{log}");
    drop(idle);
    newsroom.http.open("/section");
}

/// So few that those of the database leave less than the connections are given.
#[test]
fn no_descriptors_left() {
    let (newsroom, idle) = crowded(24);
    let said = "a connection cannot be taken in";
    wait::until(said, Duration::from_secs(20), || {
        newsroom.server.log().contains(said).then_some(())
    });
    drop(idle);
    newsroom.http.open("/section");
}

/// The newsroom with so many descriptors, and more connections than that on which nothing is asked: it answers all the
/// same.
#[track_caller]
fn crowded(descriptors: usize) -> (Newsroom, Vec<TcpStream>) {
    let (command, file) = newsroom::command();
    let mut shell = Command::new("sh");
    shell
        .args([
            "-c",
            &format!("ulimit -n {descriptors}; exec \"$0\" serve --addr 127.0.0.1:0"),
        ])
        .arg(command.get_program())
        .env("DATABASE_URL", &file.url)
        .current_dir(file.path.parent().unwrap());
    let newsroom = Newsroom::run(&mut shell, file);
    let idle = (0..100).map(|_| newsroom.http.connect()).collect();
    for path in ["/healthz", "/section"] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            newsroom.host()
        );
        wait::until("it answers", Duration::from_secs(20), || {
            let mut stream = newsroom.http.connect();
            stream.write_all(request.as_bytes()).ok()?;
            http::rest(stream)
                .starts_with("HTTP/1.1 200 ")
                .then_some(())
        });
    }
    (newsroom, idle)
}

#[test]
fn several_addresses() {
    let (mut command, file) = newsroom::command();
    command.args(["serve", "--addr", "127.0.0.1:0", "--addr", "127.0.0.1:0"]);
    let newsroom = Newsroom::run(&mut command, file);
    let log = newsroom.server.log();
    let second = log
        .split("http://127.0.0.1:")
        .nth(2)
        .expect("both are printed");
    let port = second.split('/').next().unwrap();
    let other = http::Client::new(&format!("http://127.0.0.1:{port}"));
    assert_ne!(newsroom.host(), format!("127.0.0.1:{port}"));
    for client in [&newsroom.http, &other] {
        client.open("/section");
    }
}

#[test]
fn settings_of_a_file() {
    let (mut command, file) = newsroom::command();
    let settings = "[app]\nname = \"newsroom\"\n\n[server]\naddresses = [\"127.0.0.1:0\"]\n\n[limits]\nfilters = 1\n";
    std::fs::write(file.path.with_file_name("umbel.toml"), settings).unwrap();
    let newsroom = Newsroom::run(&mut command, file);
    assert_eq!(newsroom.http.get("/section?name.has=a").status, 200);
    let two = newsroom.http.get("/section?name.has=a&name.has=b");
    assert_eq!(two.status, 414, "{two}");
}

#[test]
fn settings_that_cannot_be_read() {
    let (mut command, file) = newsroom::command();
    let settings = "[server]\nport = 80\nidle_timeout = \"soon\"\n";
    std::fs::write(file.path.with_file_name("umbel.toml"), settings).unwrap();
    command.env("UMBEL_LIMITS_BODY", "much");
    let finished = process::finish(&mut command);
    assert_eq!(finished.code, Some(1), "{finished}");
    for words in [
        "`port` in [server]: no such setting",
        "`idle_timeout` in [server]: `soon` is no time",
        "UMBEL_LIMITS_BODY: `much` is no number of bytes",
    ] {
        assert!(finished.stderr.contains(words), "{words}: {finished}");
    }
}
