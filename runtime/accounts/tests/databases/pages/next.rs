//! Where somebody is led after signing in: never to another host.

use super::shop::{PASSWORD, Shop};
use crate::place::each;

/// What is sent, and where that leads.
const TABLE: &[(&str, &str)] = &[
    ("", "/"),
    ("/", "/"),
    ("/film", "/film"),
    ("/film/1", "/film/1"),
    ("/film/1/edit", "/film/1/edit"),
    ("/film?q=a", "/film?q=a"),
    ("/film?q=a&sort=b", "/film?q=a&sort=b"),
    ("/film?next=/x", "/film?next=/x"),
    ("/film?q=a b", "/film?q=a%20b"),
    ("/film?q=a%20b", "/film?q=a%20b"),
    ("/film#top", "/film#top"),
    ("/ä", "/%C3%A4"),
    ("/film/%2e%2e", "/film/%2e%2e"),
    ("/film/../x", "/film/../x"),
    (
        "/film?to=https://evil.example",
        "/film?to=https://evil.example",
    ),
    ("/film?to=//evil.example", "/film?to=//evil.example"),
    ("/https://evil.example", "/https://evil.example"),
    ("/a//b", "/a//b"),
    ("/a\\b", "/a\\b"),
    ("/@evil.example", "/@evil.example"),
    ("/.evil.example", "/.evil.example"),
    ("/%2f/evil.example", "/%2f/evil.example"),
    ("/%5cevil.example", "/%5cevil.example"),
    ("/%09/evil.example", "/%09/evil.example"),
    ("/\"<script>", "/%22%3Cscript%3E"),
    ("/ /evil.example", "/%20/evil.example"),
    // Other hosts, as browsers read them.
    ("//evil.example", "/"),
    ("///evil.example", "/"),
    ("////evil.example", "/"),
    ("//evil.example/film", "/"),
    ("//evil.example@localhost", "/"),
    ("//localhost", "/"),
    ("/\\evil.example", "/"),
    ("/\\/evil.example", "/"),
    ("\\\\evil.example", "/"),
    ("\\/evil.example", "/"),
    ("/\t/evil.example", "/"),
    ("/\n/evil.example", "/"),
    ("/\r/evil.example", "/"),
    ("/\r\n/evil.example", "/"),
    ("\t//evil.example", "/"),
    ("/film\r\nset-cookie: a=b", "/"),
    ("/film\0", "/"),
    ("/\u{85}/evil.example", "/"),
    ("/\u{7f}/evil.example", "/"),
    (" //evil.example", "/"),
    (" /film", "/"),
    ("\u{a0}/film", "/"),
    ("https://evil.example", "/"),
    ("http://evil.example", "/"),
    ("HTTPS://evil.example", "/"),
    ("https:evil.example", "/"),
    ("https:/evil.example", "/"),
    ("https:///evil.example", "/"),
    ("http://localhost/film", "/"),
    ("http://localhost@evil.example", "/"),
    ("javascript:alert(1)", "/"),
    ("JaVaScRiPt:alert(1)", "/"),
    ("java\nscript:alert(1)", "/"),
    ("data:text/html,x", "/"),
    ("vbscript:x", "/"),
    ("file:///etc/passwd", "/"),
    ("blob:https://evil.example/x", "/"),
    ("mailto:eve@evil.example", "/"),
    ("evil.example", "/"),
    ("film", "/"),
    ("./film", "/"),
    ("../film", "/"),
    ("?next=/film", "/"),
    ("#film", "/"),
    (":80/film", "/"),
    ("@evil.example", "/"),
    ("％2f％2fevil.example", "/"),
    ("／／evil.example", "/"),
    ("\u{200b}//evil.example", "/"),
    ("\u{feff}//evil.example", "/"),
    ("\u{202e}//evil.example", "/"),
];

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_in() {
    assert!(TABLE.len() >= 60);
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        for (next, expect) in TABLE {
            let mut browser = shop.browser();
            let pairs = [("login", "mary"), ("password", PASSWORD), ("next", *next)];
            let answer = browser.post("/login", &pairs).await;
            assert_eq!(
                (answer.status, answer.location()),
                (303, *expect),
                "{next:?}"
            );
            let pairs = [("password", PASSWORD), ("next", *next)];
            let answer = browser.post("/login/again", &pairs).await;
            assert_eq!(
                (answer.status, answer.location()),
                (303, *expect),
                "{next:?}"
            );
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_address_of_the_page() {
    each(async |place| {
        let shop = Shop::over(place);
        shop.user("mary").await;
        let mut browser = shop.signed_in("mary").await;
        for (next, expect) in TABLE {
            let query = umbel_web::form::encode(&[("next", next)]);
            let answer = browser.get(&format!("/login?{query}")).await;
            assert_eq!(
                (answer.status, answer.location()),
                (303, *expect),
                "{next:?}"
            );
        }
        for query in ["", "?", "?next", "?next=%FF", "?next=%", "?other=/film"] {
            let answer = browser.get(&format!("/login{query}")).await;
            assert_eq!((answer.status, answer.location()), (303, "/"), "{query}");
        }
        let long = format!("/login?next=/{}", "x".repeat(4_000));
        assert_eq!(browser.get(&long).await.location(), "/");
    })
    .await;
}
