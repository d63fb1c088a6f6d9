//! What nobody's browser sends by itself: every answer says what is wrong, none is the server's fault.

use umbel_tests::html::Page;

use crate::shop::Shop;

/// The request is refused as the client's fault, by a page of the application.
#[track_caller]
fn assert_refused(page: &Page, allowed: &[u16]) {
    assert!(allowed.contains(&page.status), "one of {allowed:?}: {page}");
    assert!(!page.text("h1").is_empty(), "{page}");
}

#[test]
fn query_of_a_list() {
    let shop = Shop::open();
    let queries = [
        "nope.is=1",
        "title.like=x",
        "title.=x",
        ".is=x",
        "sort=nope",
        "sort=--title",
        "sort=title%3B+DROP+TABLE+film",
        "length.min=abc",
        "length.is=99999999999999999999",
        "rating.is=X",
        "last_update.min=2022-02-30T00:00:00Z",
        "description.null=maybe",
        "after=garbage",
        "before=%FF",
        "title.has=%FF%FE",
        "q=%FF",
        "title.is=nul%00byte",
    ];
    for query in queries {
        assert_refused(&shop.http.get(&format!("/film?{query}")), &[400]);
    }
}

#[test]
fn message_names_the_column() {
    let shop = Shop::open();
    let page = shop.http.get("/film?nope.is=1");
    assert!(page.text("main").contains("nope"), "{page}");
    let page = shop.http.get("/film?length.min=abc");
    assert!(page.text("main").contains("abc"), "{page}");
}

#[test]
fn hostile_text_in_a_search() {
    let shop = Shop::open();
    for text in [
        "'",
        "%25%25%25",
        "%5C",
        "%22%3E%3Cscript%3E",
        "%F0%9F%8E%AC",
        "a%00b",
        "((((",
        "%26%7C%21",
    ] {
        let page = shop.http.get(&format!("/film?q={text}"));
        assert!([200, 400].contains(&page.status), "{page}");
        assert!(!page.html.contains("\"><script>"), "{page}");
    }
}

#[test]
fn body_that_is_no_form() {
    let shop = Shop::open();
    let form = "application/x-www-form-urlencoded";
    let post = |content_type, body: &[u8]| shop.http.post_bytes("/category", content_type, body);
    assert_refused(&post(form, b"name=%FF%FE"), &[400, 422]);
    assert_refused(&post(form, b"name=\xff\xfe"), &[400, 422]);
    assert_refused(&post(form, b"name=nul%00byte"), &[400, 422]);
    assert_refused(
        &post("application/json", b"{\"name\": \"x\"}"),
        &[400, 415, 422],
    );
    assert_refused(&post("text/plain", b"name=x"), &[400, 415, 422]);
    assert_eq!(shop.database.run("SELECT count(*) FROM category"), "16");
}

#[test]
fn oversized_body() {
    let shop = Shop::open();
    let mut body = b"name=".to_vec();
    body.resize(64 << 20, b'x');
    let head = format!(
        "POST /category HTTP/1.1\r\nHost: {0}\r\nOrigin: {1}\r\nContent-Length: {2}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        shop.server.url.trim_start_matches("http://"),
        shop.server.url,
        body.len(),
    );
    assert_eq!(
        shop.http.send_raw(head.as_bytes()),
        Some(413),
        "refused before it is read"
    );
}

#[test]
fn thousands_of_fields() {
    let shop = Shop::open();
    let body = "special_features=x&".repeat(20_000);
    let page = shop.http.post_bytes(
        "/film",
        "application/x-www-form-urlencoded",
        body.as_bytes(),
    );
    assert_refused(&page, &[400, 413, 422]);
}

#[test]
fn edit_without_a_version() {
    let shop = Shop::open();
    for version in [None, Some("")] {
        let mut form = shop.http.open("/film/1/edit").form();
        assert!(
            form.has("_.version"),
            "the form carries the version of the row: {form:?}"
        );
        form.set_all("_.version", version.as_slice());
        form.set("title", "UNSEEN");
        assert_refused(&shop.http.submit(&form), &[400, 409, 422]);
    }
    assert_eq!(
        shop.database
            .run("SELECT title FROM film WHERE film_id = 1"),
        "ACADEMY DINOSAUR"
    );
}

#[test]
fn anything_in_any_field() {
    let shop = Shop::open();
    let long = "9".repeat(400);
    let values = [
        "",
        " ",
        "0",
        "-1",
        "1e400",
        "NaN",
        "infinity",
        "-0",
        "0x10",
        "1_000",
        "+5",
        "٣",
        "2022-02-30",
        "2022-01-01T25:00:00Z",
        "294277-01-01",
        "{",
        "{\"a\":1}",
        "[]",
        "true",
        "'",
        "\"",
        "\\",
        "\u{202e}",
        "🎬",
        "\r\n",
        &long,
    ];
    for table in [
        "film",
        "customer",
        "payment",
        "rental",
        "staff",
        "film_actor",
    ] {
        let form = shop.http.open(&format!("/{table}/new")).form();
        let mut names: Vec<&str> = form.fields.iter().map(|(name, _)| name.as_str()).collect();
        names.dedup();
        // The search boxes of choices: sending them is a search, not a row.
        names.retain(|name| !name.contains('.'));
        for name in names {
            for value in values {
                let mut typed = form.clone();
                typed.set(name, value);
                let page = shop.http.submit(&typed);
                assert!(
                    [303, 400, 409, 413, 422].contains(&page.status),
                    "{table}.{name} = {value:?}: {page}"
                );
            }
        }
    }
}

#[test]
fn unknown_page_and_method() {
    let shop = Shop::open();
    for path in [
        "/nowhere",
        "/film/1/nowhere",
        "/film/1/2/3",
        "/static/../Cargo.toml",
        "/static/none.css",
    ] {
        assert_eq!(shop.http.get(path).status, 404, "{path}");
    }
    assert_eq!(shop.http.post("/film/1", &[]).status, 405);
}

#[test]
fn raw_requests() {
    let shop = Shop::open();
    let host = shop.server.url.trim_start_matches("http://");
    let get = |path: &str, host: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    };
    assert_eq!(
        shop.http.send_raw(get("/film/1", host).as_bytes()),
        Some(200)
    );
    assert_eq!(
        shop.http
            .send_raw(get("/film/1", "evil.example").as_bytes()),
        Some(421),
        "a name that is not ours"
    );
    let deep = format!("/film?{}", "title.has=a&".repeat(10_000));
    let statuses = [
        shop.http.send_raw(b"GET /film\xff HTTP/1.1\r\n\r\n"),
        shop.http.send_raw(get("/film/%zz", host).as_bytes()),
        shop.http.send_raw(get("/film?%zz", host).as_bytes()),
        shop.http.send_raw(get(&deep, host).as_bytes()),
    ];
    for status in statuses {
        assert!(
            status.is_none_or(|status| (400..500).contains(&status)),
            "{statuses:?}"
        );
    }
    shop.http.open("/film/1");
}
