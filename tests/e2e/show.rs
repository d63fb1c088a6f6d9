//! The page of one row.

use crate::shop::Shop;

#[test]
fn values_and_labels() {
    let shop = Shop::open();
    let page = shop.http.open("/film/1");
    assert!(page.text("h1").contains("ACADEMY DINOSAUR"), "{page}");
    let text = page.text("main");
    for value in [
        "2006",
        "PG",
        "0.99",
        "20.99",
        "Deleted Scenes",
        "Behind the Scenes",
        "English",
    ] {
        assert!(text.contains(value), "{value} in {text}");
    }
    assert_eq!(page.link("English"), "/language/1");
    assert!(
        page.links_to("/film/1/edit") && page.links_to("/film/1/delete"),
        "{page}"
    );
}

#[test]
fn related_rows() {
    let shop = Shop::open();
    let page = shop.http.open("/film/1");
    for actor in [1, 10, 20, 30, 40, 53, 108, 162, 188, 198] {
        assert!(
            page.links_to(&format!("/actor/{actor}")),
            "actor {actor} in {page}"
        );
    }
    assert!(
        page.link("PENELOPE").starts_with("/actor/"),
        "by label, not by number"
    );
    assert!(page.links_to("/category/6"), "{page}");
}

#[test]
fn more_related_rows_than_are_shown() {
    let shop = Shop::open();
    let page = shop.http.open("/customer/1");
    let rentals = shop
        .database
        .run("SELECT count(*) FROM rental WHERE customer_id = 1");
    assert!(
        page.links_to("/rental?customer_id.is=1"),
        "the filtered list: {page}"
    );
    assert!(
        page.text("main").contains(&rentals),
        "{rentals} rentals: {page}"
    );
    let shown = page.attributes("main a[href^='/rental/']", "href");
    assert_eq!(shown.len(), 10, "{shown:?}");
}

#[test]
fn null_and_boolean_and_bytes() {
    let shop = Shop::open();
    let film = shop.http.open("/film/1");
    assert!(
        film.text("main").contains("null"),
        "original_language_id is null: {film}"
    );
    let staff = shop.http.open("/staff/1");
    let text = staff.text("main");
    assert!(text.contains("Yes"), "active: {text}");
    assert!(text.contains("8 bytes"), "the size of the picture: {text}");
}

#[test]
fn text_is_escaped() {
    let shop = Shop::open();
    let id = shop.add_film("<script>alert(1)</script> & \"co\"");
    for path in [
        format!("/film/{id}"),
        format!("/film/{id}/edit"),
        format!("/film/{id}/delete"),
        "/film?title.has=alert".into(),
    ] {
        let page = shop.http.open(&path);
        assert!(!page.html.contains("<script>alert"), "{page}");
        assert!(
            page.html.contains("&lt;script&gt;") || page.html.contains("&#60;script&#62;"),
            "{page}"
        );
    }
}

#[test]
fn missing_row() {
    let shop = Shop::open();
    for path in [
        "/film/4711",
        "/film/4711/edit",
        "/film/4711/delete",
        "/film/-1",
        "/payment/2022-01-01T00:00:00Z,1",
    ] {
        assert_eq!(shop.http.get(path).status, 404, "{path}");
    }
}
