//! An application behind a proxy: its public URL, a path in front of every other, and what the proxy says of a request.

use std::time::Duration;

use umbel_tests::html::Page;
use umbel_tests::wait;

use crate::newsroom::Newsroom;

#[test]
fn what_a_proxy_says_is_believed_if_it_is_trusted() {
    let trusting = Newsroom::start(&[
        ("UMBEL_SERVER_PROXIES", "127.0.0.1"),
        ("UMBEL_SERVER_HOSTS", "news.example"),
    ]);
    let wary = Newsroom::start(&[("UMBEL_SERVER_HOSTS", "news.example")]);
    let ask = |newsroom: &Newsroom, headers: &str| {
        let head = format!(
            "GET /section HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n\r\n",
            newsroom.host()
        );
        let answer = newsroom.http.exchange(head.as_bytes());
        answer[9..12].to_owned()
    };
    let from = "Forwarded: for=192.0.2.43;host=news.example;proto=https";
    assert_eq!(ask(&trusting, from), "200");
    assert_eq!(
        ask(&trusting, "Forwarded: for=192.0.2.44;host=other.example"),
        "421"
    );
    assert_eq!(
        ask(
            &trusting,
            "X-Forwarded-For: 192.0.2.45\r\nX-Forwarded-Host: other.example"
        ),
        "421"
    );
    for address in ["192.0.2.43", "192.0.2.44", "192.0.2.45"] {
        wait_for(&trusting, &format!("client={address}"));
    }
    assert_eq!(
        ask(&wary, "Forwarded: for=192.0.2.44;host=other.example"),
        "200"
    );
    wait_for(&wary, "client=127.0.0.1");
    let log = wary.server.log();
    assert!(!log.contains("192.0.2.44"), "{log}");
}

/// The log is written beside the answers.
#[track_caller]
fn wait_for(newsroom: &Newsroom, words: &str) {
    wait::until(words, Duration::from_secs(20), || {
        newsroom.server.log().contains(words).then_some(())
    });
}

/// Every address of a page begins with the path in front.
#[track_caller]
fn check_addresses(page: &Page) {
    for (selector, attribute) in [
        ("a", "href"),
        ("link[rel=stylesheet]", "href"),
        ("form", "action"),
        ("button", "formaction"),
    ] {
        for address in page.attributes(selector, attribute) {
            let is_own = address.starts_with("/orders/") || address == "/orders";
            assert!(is_own || address.starts_with('#'), "{address} in {page}");
        }
    }
}

#[test]
fn path_in_front_of_every_other() {
    let newsroom = Newsroom::start(&[("UMBEL_SERVER_URL", "https://news.example/orders/")]);
    let http = &newsroom.http;
    assert!(newsroom.server.log().contains("/orders/ (stop"));
    for path in [
        "/orders",
        "/orders/",
        "/orders/section",
        "/orders/section/new",
        "/orders/section?q=a&sort=name",
    ] {
        let page = http.open(path);
        check_addresses(&page);
        for stylesheet in page.attributes("link[rel=stylesheet]", "href") {
            assert_eq!(http.get(&stylesheet).status, 200, "{stylesheet}");
        }
    }
    let mut form = http.open("/orders/section/new").form();
    form.set("name", "Science");
    let saved = http.submit(&form);
    let row = http.follow(&saved);
    check_addresses(&row);
    assert!(row.path.starts_with("/orders/section/"), "{row}");
    let mut edit = http.open(&format!("{}/edit", row.path)).form();
    edit.set("name", "Sciences");
    let saved = http.submit(&edit);
    assert_eq!(
        saved.location.as_deref(),
        Some(row.path.as_str()),
        "{saved}"
    );
    check_addresses(&http.get("/orders/nowhere"));
    assert_eq!(
        http.get("/orders/section/").location.as_deref(),
        Some("/orders/section")
    );
    for path in ["/section", "/", "/ordersection"] {
        let page = http.get(path);
        assert_eq!(page.status, 404, "{page}");
        check_addresses(&page);
    }
    for path in ["/healthz", "/orders/healthz", "/readyz", "/orders/readyz"] {
        assert_eq!(http.get(path).status, 200, "{path}");
    }
}

#[test]
fn forms_come_from_the_public_url() {
    let newsroom = Newsroom::start(&[("UMBEL_SERVER_URL", "https://news.example")]);
    let post = |origin: &str| {
        let head = format!(
            "POST /section HTTP/1.1\r\nHost: {}\r\nOrigin: {origin}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            newsroom.host()
        );
        newsroom.http.exchange(head.as_bytes())[9..12].to_owned()
    };
    assert_eq!(post("https://news.example"), "422");
    assert_eq!(post("https://other.example"), "403");
}
