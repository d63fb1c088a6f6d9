//! Adding a row: defaults, and every way in which a form can be wrong.

use std::thread;

use umbel_tests::form::Form;
use umbel_tests::html::Page;

use crate::shop::Shop;

/// The form of a film that only lacks a title.
fn film_form(shop: &Shop) -> Form {
    let mut form = shop.http.open("/film/new").form();
    form.set("language_id", "1");
    form
}

/// A film with one field typed so is refused with words that say why, at that field and at no other.
#[track_caller]
fn check_refused(field: &str, typed: &str, words: &str) {
    let shop = Shop::open();
    let mut form = film_form(&shop);
    form.set("title", "WRONG");
    form.set(field, typed);
    let page = shop.http.submit(&form);
    assert_refused(&page, field, words);
    let kept = page.form();
    assert_eq!(
        kept.value("title"),
        form.value("title"),
        "what was typed is kept"
    );
    assert_eq!(shop.database.run("SELECT count(*) FROM film"), "1000");
}

#[track_caller]
fn assert_refused(page: &Page, field: &str, words: &str) {
    assert_eq!(page.status, 422, "{page}");
    assert_eq!(page.invalid(), [field], "{page}");
    let error = page.error_at(field).unwrap_or_default();
    assert!(
        error.to_lowercase().contains(words),
        "{field}: {error:?} says {words:?}"
    );
    assert!(page.text("title").starts_with("Error"), "{page}");
}

#[test]
fn blank_form_has_the_defaults() {
    let shop = Shop::open();
    let form = shop.http.open("/film/new").form();
    for (field, value) in [
        ("rental_duration", "3"),
        ("rental_rate", "4.99"),
        ("replacement_cost", "19.99"),
        ("rating", "G"),
    ] {
        assert_eq!(form.value(field), Some(value), "{field}");
    }
    assert!(
        !form.has("film_id") && !form.has("fulltext"),
        "the database fills them in: {form:?}"
    );
}

#[test]
fn rules_stand_in_the_page() {
    let shop = Shop::open();
    let page = shop.http.open("/film/new");
    assert_eq!(page.attributes("[name=title]", "required").len(), 1);
    assert_eq!(page.attributes("[name=release_year]", "min"), ["1901"]);
    assert_eq!(page.attributes("[name=release_year]", "max"), ["2155"]);
    let labels = page.attributes("main form[method=post] label[for]", "for");
    for control in page.attributes("main form[method=post] input:not([type=hidden])", "id") {
        assert!(labels.contains(&control), "a label for {control}");
    }
}

#[test]
fn created() {
    let shop = Shop::open();
    let mut form = film_form(&shop);
    form.set("title", "BRAZIL");
    form.set("release_year", "1985");
    form.set("rental_rate", "0.50");
    form.set("rating", "NC-17");
    form.set_all("special_features", &["Trailers", "Comma, and \"quotes\""]);
    let answer = shop.http.submit(&form);
    assert_eq!(answer.status, 303, "{answer}");
    let page = shop.http.follow(&answer);
    assert!(page.text("h1").contains("BRAZIL"), "{page}");
    let row = shop.database.run(
        "SELECT release_year, rental_duration, rental_rate, length, rating, special_features[2], fulltext,
                last_update > now() - interval '1 minute'
         FROM film WHERE title = 'BRAZIL'",
    );
    assert_eq!(row, "1985|3|0.50||NC-17|Comma, and \"quotes\"|'brazil':1|t");
}

#[test]
fn required() {
    check_refused("title", "", "enter");
}

#[test]
fn required_choice() {
    check_refused("language_id", "", "choose");
}

#[test]
fn no_number() {
    check_refused("length", "long", "number");
}

#[test]
fn no_whole_number() {
    check_refused("length", "90.5", "whole number");
}

#[test]
fn number_out_of_range() {
    check_refused("rental_duration", "40000", "32767");
}

#[test]
fn too_many_digits() {
    check_refused("rental_rate", "100.00", "99.99");
}

#[test]
fn rule_of_a_domain() {
    check_refused("release_year", "1850", "1901");
}

#[test]
fn no_label_of_an_enum() {
    check_refused("rating", "X", "must");
}

#[test]
fn missing_target_of_a_foreign_key() {
    check_refused("language_id", "99", "does not exist");
}

#[test]
fn character_that_no_text_may_hold() {
    check_refused("description", "nul \0 byte", "character");
}

#[test]
fn all_errors_at_once() {
    let shop = Shop::open();
    let mut form = film_form(&shop);
    form.set("description", "Kept.");
    form.set("release_year", "soon");
    form.set("rental_rate", "cheap");
    let page = shop.http.submit(&form);
    assert_eq!(page.status, 422, "{page}");
    assert_eq!(page.invalid(), ["title", "release_year", "rental_rate"]);
    let kept = page.form();
    assert_eq!(kept.value("description"), Some("Kept."));
    assert_eq!(kept.value("release_year"), Some("soon"));
    for field in page.invalid() {
        let id = page.attributes(&format!("[name={field}]"), "id").remove(0);
        assert!(
            page.links_to(&format!("#{id}")),
            "the summary leads to {field}: {page}"
        );
    }
}

#[test]
fn date_that_does_not_exist() {
    let shop = Shop::open();
    for wrong in ["2023-02-29T10:00", "2023-04-31T10:00", "2023-01-01T24:30"] {
        let fields = [
            ("rental_date", "2023-01-01T10:00"),
            ("inventory_id", "1"),
            ("customer_id", "1"),
            ("return_date", wrong),
            ("staff_id", "1"),
        ];
        assert_refused(&shop.http.post("/rental", &fields), "return_date", "exist");
    }
}

#[test]
fn unique() {
    let shop = Shop::open();
    let page = shop
        .http
        .post("/store", &[("manager_staff_id", "1"), ("address_id", "1")]);
    assert_refused(&page, "manager_staff_id", "another store");
}

#[test]
fn unique_in_a_race() {
    let shop = Shop::open();
    let id = shop.add_film("RACE");
    let fields = [("actor_id", "1"), ("film_id", id.as_str())];
    let answers: Vec<Page> = thread::scope(|scope| {
        let requests: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| shop.http.post("/film_actor", &fields)))
            .collect();
        requests
            .into_iter()
            .map(|request| request.join().unwrap())
            .collect()
    });
    let (created, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == 303);
    assert_eq!(created.len(), 1, "one of them wins");
    for page in refused {
        assert_eq!(page.status, 422, "{page}");
        assert!(page.text("main").contains("another"), "{page}");
    }
    assert_eq!(
        shop.database.run(&format!(
            "SELECT count(*) FROM film_actor WHERE film_id = {id}"
        )),
        "1"
    );
}

#[test]
fn sent_from_another_site() {
    let shop = Shop::open();
    let page = shop
        .http
        .post_from_elsewhere("/category", &[("name", "Forged")]);
    assert_eq!(page.status, 403, "{page}");
    assert_eq!(
        shop.database
            .run("SELECT count(*) FROM category WHERE name = 'Forged'"),
        "0"
    );
}
