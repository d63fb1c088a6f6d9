//! The first page and the navigation.

use crate::shop::Shop;

#[test]
fn links_to_every_table() {
    let shop = Shop::open();
    let home = shop.http.open("/");
    for path in [
        "/film",
        "/film_actor",
        "/payment",
        "/customer",
        "/film_list",
        "/rental_by_category",
    ] {
        assert!(home.links_to(path), "{path} in {home}");
    }
    assert!(
        !home.links_to("/payment_p2022_01"),
        "a partition is hidden behind its parent"
    );
}

#[test]
fn every_page_has_the_shell() {
    let shop = Shop::open();
    for path in [
        "/",
        "/film",
        "/film/new",
        "/film/1",
        "/film/1/edit",
        "/film/1/delete",
        "/film/0",
        "/nowhere",
    ] {
        let page = shop.http.get(path);
        assert_eq!(page.texts("h1").len(), 1, "one heading: {page}");
        assert_eq!(page.texts("main").len(), 1, "{page}");
        assert!(!page.text("title").is_empty(), "{page}");
        assert!(!page.attributes("html", "lang").is_empty(), "{page}");
        assert!(page.links_to("/film"), "the navigation: {page}");
    }
}

#[test]
fn stylesheet_is_served() {
    let shop = Shop::open();
    let sheets = shop
        .http
        .open("/")
        .attributes("link[rel=stylesheet]", "href");
    assert!(!sheets.is_empty(), "the page has a stylesheet");
    for sheet in sheets {
        let css = shop.http.open(&sheet).html;
        assert!(
            css.contains("prefers-color-scheme") || css.contains("color-scheme"),
            "light and dark: {css}"
        );
    }
}

#[test]
fn health() {
    let shop = Shop::open();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(shop.http.get(path).status, 200, "{path}");
    }
}
