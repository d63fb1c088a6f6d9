//! Keys in URLs: of several columns, and malformed ones.

use crate::shop::Shop;

#[test]
fn composite_key() {
    let shop = Shop::open();
    let page = shop.http.open("/film_actor/1,23");
    let text = page.text("main");
    assert!(
        text.contains("PENELOPE") && text.contains("ANACONDA CONFESSIONS"),
        "labels: {text}"
    );
    assert!(
        page.links_to("/actor/1") && page.links_to("/film/23"),
        "{page}"
    );
    assert!(page.links_to("/film_actor/1,23/edit"), "{page}");
}

#[test]
fn row_of_a_composite_key_added() {
    let shop = Shop::open();
    let id = shop.add_film("NEW");
    let answer = shop
        .http
        .post("/film_actor", &[("actor_id", "1"), ("film_id", &id)]);
    assert_eq!(
        answer.location,
        Some(format!("/film_actor/1,{id}")),
        "{answer}"
    );
    assert!(shop.http.follow(&answer).text("main").contains("NEW"));
}

#[test]
fn row_of_a_composite_key_deleted() {
    let shop = Shop::open();
    let form = shop.http.open("/film_actor/1,23/delete").form();
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(shop.http.get("/film_actor/1,23").status, 404);
    assert_eq!(
        shop.database
            .run("SELECT count(*) FROM film_actor WHERE actor_id = 1"),
        "18"
    );
}

#[test]
fn malformed_keys() {
    let shop = Shop::open();
    let keys = [
        "/film/abc",
        "/film/1.5",
        "/film/1,2",
        "/film/99999999999999999999",
        "/film/%00",
        "/film/%FF",
        "/film/%20",
        "/film_actor/1",
        "/film_actor/1,",
        "/film_actor/,23",
        "/film_actor/1,23,4",
        "/film_actor/1,x",
        "/payment/yesterday,1",
        "/payment/2022-02-30T00:00:00Z,1",
        "/payment/infinity,1",
    ];
    for key in keys {
        for path in [
            key.to_owned(),
            format!("{key}/edit"),
            format!("{key}/delete"),
        ] {
            let page = shop.http.get(&path);
            assert_eq!(page.status, 404, "{page}");
            assert!(page.links_to("/"), "a page of the application: {page}");
        }
    }
}
