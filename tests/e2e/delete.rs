//! Deleting a row: what it would do, and what the database refuses.

use crate::shop::Shop;

#[test]
fn preview_counts_what_refers_to_it() {
    let shop = Shop::open();
    let page = shop.http.open("/film/1/delete");
    let text = page.text("main");
    assert!(text.contains("ACADEMY DINOSAUR"), "{text}");
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).collect();
    assert!(
        numbers.contains(&"10") && numbers.contains(&"8"),
        "10 actors, 8 copies: {text}"
    );
    assert!(page.links_to("/inventory?film_id.is=1"), "{page}");
}

#[test]
fn refused_while_referred_to() {
    let shop = Shop::open();
    let page = shop.http.post("/film/1/delete", &[]);
    assert_eq!(page.status, 409, "{page}");
    let text = page.text("main");
    assert!(text.contains("cannot be deleted"), "{text}");
    assert_eq!(
        shop.database
            .run("SELECT count(*) FROM film WHERE film_id = 1"),
        "1"
    );
}

#[test]
fn deleted() {
    let shop = Shop::open();
    let id = shop.add_film("DOOMED");
    let form = shop.http.open(&format!("/film/{id}/delete")).form();
    let answer = shop.http.submit(&form);
    assert_eq!(
        (answer.status, answer.location.as_deref()),
        (303, Some("/film")),
        "{answer}"
    );
    assert_eq!(shop.http.get(&format!("/film/{id}")).status, 404);
    assert_eq!(
        shop.http.submit(&form).status,
        404,
        "a second time there is nothing to delete"
    );
}

#[test]
fn not_by_following_a_link() {
    let shop = Shop::open();
    let id = shop.add_film("KEPT");
    shop.http.open(&format!("/film/{id}/delete"));
    shop.http.open(&format!("/film/{id}"));
}
