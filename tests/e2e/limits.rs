//! How much a request may hold, limit by limit: each is told on a page, and none costs the server much.

use std::io::Write;
use std::time::Duration;

use umbel_tests::html::Page;
use umbel_tests::{http, wait};

use crate::newsroom::Newsroom;

const FORM: &str = "application/x-www-form-urlencoded";

/// The page of the application that says why.
#[track_caller]
fn check(page: &Page, status: u16, words: &str) {
    assert_eq!(page.status, status, "{page}");
    assert!(page.text("main").contains(words), "{words:?} in {page}");
    assert_eq!(
        page.texts("nav").len(),
        1,
        "a page of the application: {page}"
    );
}

fn filters(count: usize) -> String {
    let filters: Vec<_> = (0..count).map(|at| format!("name.has={at}")).collect();
    format!("/section?{}", filters.join("&"))
}

#[test]
fn filters_of_a_list() {
    let newsroom = Newsroom::start(&[]);
    assert_eq!(newsroom.http.get(&filters(50)).status, 200);
    let words = "at most 50 filters";
    check(&newsroom.http.get(&filters(51)), 414, words);
    check(&newsroom.http.get(&filters(2_000)), 414, words);
    let fewer = Newsroom::start(&[("UMBEL_LIMITS_FILTERS", "2")]);
    assert_eq!(fewer.http.get(&filters(2)).status, 200);
    check(&fewer.http.get(&filters(3)), 414, "at most 2 filters");
}

#[test]
fn address_and_headers() {
    let newsroom = Newsroom::start(&[("UMBEL_LIMITS_HEADERS", "4 KiB")]);
    let get =
        |path: &str, length: usize| newsroom.http.get(&format!("{path}{}", "a".repeat(length)));
    assert_eq!(get("/section?q=", 8_000).status, 200);
    check(&get("/section?q=", 9_000), 414, "may say at most 8.2 kB");
    check(&get("/section/", 33_000), 414, "may have at most 32.8 kB");
    let cookie = |length: usize| {
        let head = format!(
            "GET /section HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\n\r\n",
            newsroom.host(),
            "a".repeat(length)
        );
        newsroom.http.exchange(head.as_bytes())
    };
    assert!(cookie(3_000).starts_with("HTTP/1.1 200 "));
    let refused = cookie(4_200);
    assert!(refused.starts_with("HTTP/1.1 431 "), "{refused}");
    assert!(refused.contains("Too many headers"), "{refused}");
}

#[test]
fn parts_of_a_form() {
    let newsroom = Newsroom::start(&[
        ("UMBEL_LIMITS_FIELDS", "20"),
        ("UMBEL_LIMITS_FIELD", "1000"),
        ("UMBEL_LIMITS_TEXTS", "1500"),
        ("UMBEL_LIMITS_CARRIED", "500"),
    ]);
    let post = |body: &str| newsroom.http.post_bytes("/section", FORM, body.as_bytes());
    let name = |length: usize| format!("name={}", "a".repeat(length));
    assert_eq!(post(&name(900)).status, 422, "what is missing is said");
    check(
        &post(&name(1_001)),
        413,
        "One text of a form may have at most 1 kB",
    );
    let both = format!("{}&{}", name(900), name(900));
    check(
        &post(&both),
        413,
        "The texts of a form may have at most 1.5 kB",
    );
    check(&post(&"a&".repeat(21)), 413, "more than 20 fields");
    let carried = format!("_.version=1&_.original={}", "a".repeat(501));
    check(
        &post(&carried),
        413,
        "carries along may have at most 500 bytes",
    );
    let pairs = format!("_.version=1&_.original={}", "a%26".repeat(20));
    check(&post(&pairs), 413, "more than 20 fields");
    assert_eq!(newsroom.file.run("SELECT count(*) FROM section"), "0");
}

#[test]
fn parts_of_a_form_with_files() {
    let newsroom = Newsroom::start(&[("UMBEL_LIMITS_FIELDS", "5"), ("UMBEL_LIMITS_FIELD", "1000")]);
    let part = |text: &str| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n{text}\r\n")
    };
    let post = |parts: &str| {
        let kind = "multipart/form-data; boundary=XX";
        newsroom
            .http
            .post_bytes("/section", kind, format!("{parts}--XX--\r\n").as_bytes())
    };
    assert_eq!(post(&part("a")).status, 422);
    check(&post(&part("a").repeat(6)), 413, "more than 5 fields");
    check(&post(&part(&"a".repeat(1_001))), 413, "One text of a form");
}

#[test]
fn body_that_is_sent_although_it_is_refused() {
    let newsroom = Newsroom::start(&[("UMBEL_LIMITS_BODY", "1 MiB")]);
    let body = vec![b'a'; 20 << 20];
    for length in ["Content-Length: 20971520", "Transfer-Encoding: chunked"] {
        let mut request = format!(
            "POST /section HTTP/1.1\r\nHost: {}\r\nContent-Type: {FORM}\r\n{length}\r\n\r\n",
            newsroom.host()
        )
        .into_bytes();
        if length.contains("chunked") {
            request.extend_from_slice(b"1400000\r\n");
        }
        request.extend_from_slice(&body);
        let answer = newsroom.http.exchange(&request);
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(
            answer.contains("A request may hold at most 1 MB"),
            "{answer}"
        );
    }
}

#[test]
fn bodies_that_are_read_at_once() {
    let newsroom = Newsroom::start(&[("UMBEL_LIMITS_BODIES", "100 KiB")]);
    let head = format!(
        "POST /section HTTP/1.1\r\nHost: {}\r\nContent-Type: {FORM}\r\nContent-Length: 90000\r\nConnection: close\r\n\r\n",
        newsroom.host()
    );
    let body = [b'a'; 60_000];
    let post = || newsroom.http.post_bytes("/section", FORM, &body);
    // Which of the two is there first is not known.
    let (mut slow, refused) = wait::until("one is refused", Duration::from_secs(20), || {
        let mut slow = newsroom.http.connect();
        slow.write_all(head.as_bytes()).ok()?;
        slow.write_all(&[b'a'; 80_000]).ok()?;
        let page = post();
        (page.status == 503).then_some((slow, page))
    });
    check(&refused, 503, "as much as it can hold");
    assert_eq!(newsroom.http.get("/section").status, 200);
    slow.write_all(&[b'a'; 10_000]).unwrap();
    let answer = http::rest(slow);
    assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
    assert_eq!(post().status, 422);
}

#[test]
fn bytes_of_a_page() {
    let newsroom = Newsroom::start(&[("UMBEL_LIMITS_PAGE", "2500")]);
    check(
        &newsroom.http.get("/section"),
        413,
        "This page would have more than 2.5 kB",
    );
}

#[test]
fn memory_of_the_process() {
    let newsroom = Newsroom::start(&[]);
    newsroom.http.get("/section");
    let before = newsroom.memory();
    let full = |start: &str, part: &str| {
        let count = ((16 << 20) - 100 - start.len()) / part.len();
        format!("{start}{}", part.repeat(count))
    };
    newsroom.http.get(&filters(2_000));
    for body in [
        full("name=", "x"),
        full("name=", "\""),
        full("", "a&"),
        full("_.version=1&_.original=", "x%3D1%26"),
    ] {
        let page = newsroom.http.post_bytes("/section", FORM, body.as_bytes());
        assert_eq!(page.status, 413, "{page}");
    }
    let grown = newsroom.memory() - before;
    assert!(grown < 64, "{grown} MB");
}
