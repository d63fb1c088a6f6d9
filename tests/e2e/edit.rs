//! Changing a row: only what was changed, never over what somebody else changed.

use crate::shop::Shop;

#[test]
fn edited() {
    let shop = Shop::open();
    let others =
        "SELECT md5(string_agg(f::text, '' ORDER BY film_id)) FROM film f WHERE film_id <> 1";
    let before = shop.database.run(others);
    let mut form = shop.http.open("/film/1/edit").form();
    form.set("title", "ACADEMY REBORN");
    form.set("description", "");
    form.set("special_features", "Trailers");
    let page = shop.http.follow(&shop.http.submit(&form));
    assert!(page.text("h1").contains("ACADEMY REBORN"), "{page}");
    let row = "SELECT title, description IS NULL, special_features, release_year, rental_rate FROM film WHERE film_id = 1";
    assert_eq!(
        shop.database.run(row),
        "ACADEMY REBORN|t|{Trailers}|2006|0.99"
    );
    assert_eq!(shop.database.run(others), before);
}

#[test]
fn saved_as_it_was() {
    let shop = Shop::open();
    // A trigger sets `last_update`: it tells whether anything was written.
    let row = "SELECT f FROM film f WHERE film_id = 1";
    let before = shop.database.run(row);
    let form = shop.http.open("/film/1/edit").form();
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(shop.database.run(row), before);
}

#[test]
fn wrong_value_then_right_one() {
    let shop = Shop::open();
    let mut form = shop.http.open("/film/1/edit").form();
    form.set("length", "minus one");
    form.set("title", "ACADEMY LONG");
    let refused = shop.http.submit(&form);
    assert_eq!(refused.status, 422, "{refused}");
    assert_eq!(refused.invalid(), ["length"]);
    let mut form = refused.form();
    assert_eq!(form.value("length"), Some("minus one"));
    assert_eq!(form.value("title"), Some("ACADEMY LONG"));
    form.set("length", "300");
    assert_eq!(shop.http.submit(&form).status, 303);
    assert_eq!(
        shop.database
            .run("SELECT title, length FROM film WHERE film_id = 1"),
        "ACADEMY LONG|300"
    );
}

#[test]
fn required_made_empty() {
    let shop = Shop::open();
    let mut form = shop.http.open("/film/1/edit").form();
    form.set("rental_duration", "");
    let page = shop.http.submit(&form);
    assert_eq!(
        (page.status, page.invalid()),
        (422, vec!["rental_duration".to_owned()]),
        "{page}"
    );
}

#[test]
fn changed_by_somebody_else() {
    let shop = Shop::open();
    let mut form = shop.http.open("/film/1/edit").form();
    form.set("title", "MINE");
    shop.database
        .run("UPDATE film SET title = 'THEIRS', length = 7 WHERE film_id = 1");
    let page = shop.http.submit(&form);
    assert_eq!(page.status, 409, "{page}");
    let text = page.text("main");
    assert!(
        text.contains("THEIRS") && text.contains("ACADEMY DINOSAUR"),
        "as it is and as it was: {text}"
    );
    assert_eq!(
        page.form().value("title"),
        Some("MINE"),
        "what was typed is kept"
    );
    assert_eq!(
        shop.database
            .run("SELECT title, length FROM film WHERE film_id = 1"),
        "THEIRS|7"
    );
}

#[test]
fn conflict_resolved() {
    let shop = Shop::open();
    let mut form = shop.http.open("/film/1/edit").form();
    form.set("title", "MINE");
    shop.database
        .run("UPDATE film SET title = 'THEIRS' WHERE film_id = 1");
    let conflict = shop.http.submit(&form);
    // Seen and sent again: it is meant.
    assert_eq!(shop.http.submit(&conflict.form()).status, 303);
    assert_eq!(
        shop.database
            .run("SELECT title FROM film WHERE film_id = 1"),
        "MINE"
    );
}

#[test]
fn deleted_by_somebody_else() {
    let shop = Shop::open();
    let id = shop.add_film("GONE");
    let form = shop.http.open(&format!("/film/{id}/edit")).form();
    shop.database
        .run(&format!("DELETE FROM film WHERE film_id = {id}"));
    assert_eq!(shop.http.submit(&form).status, 404);
}

#[test]
fn unique() {
    let shop = Shop::open();
    let mut form = shop.http.open("/store/1/edit").form();
    form.set("manager_staff_id", "2");
    let page = shop.http.submit(&form);
    assert_eq!(
        (page.status, page.invalid()),
        (422, vec!["manager_staff_id".to_owned()]),
        "unique: {page}"
    );
}
